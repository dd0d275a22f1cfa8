"""Canonical JSON and the codes made of it: one form for each content, and another for any other."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.ledger.chain import canonical, chain_value, decimal, digest, instant, sealed
from tracking.models.ledger import GENESIS

WRITTEN = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WRITTEN,
    lambda inner: st.lists(inner) | st.dictionaries(WRITTEN, inner),
)
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=6)
INSTANTS = st.datetimes(timezones=st.just(dt.UTC))


@given(VALUES)
def test_it_is_json_that_says_the_same(value: Any) -> None:
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(WRITTEN, st.integers()))
def test_the_order_of_keys_is_the_same_however_they_came(value: dict[str, Any]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical(backwards) == canonical(value)


@given(VALUES)
def test_it_is_one_line_and_its_digest_that_of_its_bytes(value: Any) -> None:
    text = canonical(value)
    assert "\n" not in text
    assert digest(value) == hashlib.sha256(text.encode("utf-8")).hexdigest()


@given(FIGURES)
def test_a_figure_keeps_its_value_and_loses_idle_zeros(value: Decimal) -> None:
    text = decimal(value)
    assert Decimal(text) == value
    assert decimal(Decimal(f"{value:f}000")) == text


@given(INSTANTS, st.integers(-12, 12))
def test_an_instant_is_the_same_from_anywhere(value: dt.datetime, hours: int) -> None:
    if dt.datetime(2, 1, 1, tzinfo=dt.UTC) < value < dt.datetime(9998, 1, 1, tzinfo=dt.UTC):
        there = value.astimezone(dt.timezone(dt.timedelta(hours=hours)))
        assert instant(there) == instant(value)
        assert dt.datetime.fromisoformat(instant(value)) == value


def test_what_it_looks_like() -> None:
    content = {
        "valor": Decimal("62.5000"),
        "año": 2019,
        "al_dia": dt.date(2019, 6, 30),
        "enviado": dt.datetime(2019, 7, 20, 12, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
        "partes": ["Posta de «Coata»"],
        "paso": None,
        "segunda": True,
    }
    assert canonical(content) == (
        '{"al_dia":"2019-06-30","año":2019,"enviado":"2019-07-20T17:00:00.000000Z",'
        '"partes":["Posta de «Coata»"],"paso":null,"segunda":true,"valor":"62.5"}'
    )
    assert [decimal(Decimal(each)) for each in ("0.00", "-0.0", "1E+3", "1200", "0.10")] == [
        *("0", "0", "1000", "1200", "0.1")
    ]


@pytest.mark.parametrize("value", [1.5, {1, 2}, b"x", {"a": [object()]}])
def test_what_has_no_one_form_is_refused(value: Any) -> None:
    with pytest.raises(TypeError, match="has no canonical form"):
        canonical(value)


def entry(**columns: Any) -> Any:
    at = dt.datetime(2019, 7, 20, 17, tzinfo=dt.UTC)
    whole = {
        "inei": "210101",
        "number": 1,
        "act": "informe",
        "subject_id": 7,
        "term": "2019-2022",
        "ref": "S.1.1.1",
        "semester": "2019-I",
        "revision": 1,
        "unit": "Obras",
        "simulated": False,
        "happened_at": at,
        "at": at,
        "digest": "a" * 64,
        "previous": GENESIS,
    }
    return SimpleNamespace(**whole | columns)


def test_a_code_is_the_digest_of_all_columns_of_its_entry() -> None:
    """Worked out by another program: ``printf %s '…' | sha256sum``."""
    text = (
        '{"acto":"informe","anterior":"' + "0" * 64 + '","contenido":"' + "a" * 64 + '",'
        '"fecha":"2019-07-20T17:00:00.000000Z","fila":7,"municipalidad":"210101","numero":1,'
        '"oficina":"Obras","periodo":"2019-2022","promesa":"S.1.1.1",'
        '"registrado":"2019-07-20T17:00:00.000000Z","revision":1,"semestre":"2019-I",'
        '"simulado":false}'
    )
    assert canonical(sealed(entry())) == text
    assert (
        chain_value(entry()) == "9a4825ddaead72f69ebb4ec8d145dca179c862821d88407b501d6a6a50b1977e"
    )


@given(st.sampled_from(sorted(vars(entry()))), WRITTEN)
def test_no_column_changes_without_changing_the_code(name: str, value: str) -> None:
    changed = chain_value(entry(**{name: value}))
    assert (changed == chain_value(entry())) == (vars(entry())[name] == value)
