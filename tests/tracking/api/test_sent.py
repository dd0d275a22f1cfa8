"""What a system sends of a report has its shape, or each member that has not is named."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plans.semester import Semester
from tracking.api.problems import Unfit
from tracking.api.writing.sent import NewDraft, OldDraft, read

BROKEN = ("1,5", "NaN", "1e400", "1e1", "1_0", "٣", " 5")
NO_FIGURES: tuple[object, ...] = (*BROKEN, "0.00001", "123456789012345", True, [])
NAMED = {"semester": "2019-I", "ref": "S.1.1.1"}


def pointers(said: dict[str, Any]) -> list[str]:
    """The members that are refused, each with a word of what it is to be."""
    with pytest.raises(Unfit) as refused:
        read(NewDraft, NAMED | said)
    assert all(each["detail"] for each in refused.value.errors)
    return [each["pointer"] for each in refused.value.errors]


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"step": 5}, "#/step"),
        ({"step": "mucho"}, "#/step"),
        ({"parts_done": "Una"}, "#/parts_done"),
        ({"parts_done": {"a": 1}}, "#/parts_done"),
        ({"parts_done": ["Una", "Una"]}, "#/parts_done"),
        ({"parts_done": ["Un\x0ba"]}, "#/parts_done"),
        ({"done": -1}, "#/done"),
        ({"as_of": "30/06/2019"}, "#/as_of"),
        ({"as_of": "2019-06-31"}, "#/as_of"),
        ({"as_of": 20190630}, "#/as_of"),
        ({"as_of": "2019-W20-2"}, "#/as_of"),
        ({"as_of": "20190630"}, "#/as_of"),
        ({"narrative": None}, "#/narrative"),
        ({"narrative": ["a"]}, "#/narrative"),
        ({"narrative": 5}, "#/narrative"),
        ({"narrative": {"a": "b"}}, "#/narrative"),
        ({"narrative": "a\u0000b"}, "#/narrative"),
        ({"narrative": "de \u202e05 a 001"}, "#/narrative"),
        ({"halted_since": "2019-03-01", "halted_cause": "Lluvias\x1f"}, "#/halted_cause"),
        ({"accept": ["todo"]}, "#/accept"),
        ({"sabor": "vainilla"}, "#/sabor"),
        ({"edit": 1}, "#/edit"),
        ({"a/b~": 1}, "#/a~1b~0"),
        ({"semester": "2019-III"}, "#/semester"),
        ({"semester": 2019}, "#/semester"),
        ({"ref": "'; DROP"}, "#/ref"),
        ({"ref": None}, "#/ref"),
        *(({"value": value}, "#/value") for value in NO_FIGURES),
    ],
)
def test_what_has_not_its_shape_is_named(said: dict[str, Any], where: str) -> None:
    assert where in pointers(said)


@pytest.mark.parametrize(
    ("value", "stored"), [("0", "0"), (99.5, "99.5"), ("62.5", "62.5"), ("-0", "0")]
)
def test_a_figure_is_decimal_text_or_a_number(value: object, stored: str) -> None:
    figure = read(NewDraft, NAMED | {"value": value})["value"]
    assert (figure, figure.is_signed()) == (Decimal(stored), False)


def test_what_was_sent_is_read_as_it_is_stored() -> None:
    told = read(NewDraft, NAMED | {"narrative": " Uno.\r\nDos.\r", "as_of": "2019-06-30"})
    assert (told["narrative"], told["as_of"]) == ("Uno.\nDos.", dt.date(2019, 6, 30))
    assert told["semester"] == Semester(2019, 1)
    assert read(NewDraft, NAMED | {"as_of": None})["as_of"] is None


def test_a_change_says_which_edition_it_saw() -> None:
    assert read(OldDraft, {"edit": 1, "value": "5"}) == {"edit": 1, "value": Decimal(5)}
    for said in ({"value": "5"}, {"edit": 0}, {"edit": "x"}):
        with pytest.raises(Unfit) as refused:
            read(OldDraft, said)
        assert [each["pointer"] for each in refused.value.errors] == ["#/edit"]
