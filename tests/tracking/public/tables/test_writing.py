"""A table opens in a spreadsheet as it is meant."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracking.public.tables.writing import STARTS_A_FORMULA, cell, csv_table


def bytes_of(rows: list[dict[str, Any]], header: tuple[str, ...] = ("a", "b")) -> bytes:
    response = csv_table("tabla.csv", header, rows)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (None, ""),
        (True, "sí"),
        (False, "no"),
        (0, "0"),
        (Decimal("62.5000"), "62.5"),
        (Decimal("-3.10"), "-3.1"),
        (Decimal(1000), "1000"),
        (dt.date(2021, 6, 30), "2021-06-30"),
        (dt.datetime(2021, 7, 1, 3, 0, tzinfo=dt.UTC), "2021-06-30T22:00:00-05:00"),
        ("Obra n.º 3", "Obra n.º 3"),
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+51 999", "'+51 999"),
        ("-1", "'-1"),
        ("@cmd", "'@cmd"),
        ("\n=1", "'\n=1"),
        ("", ""),
    ],
)
def test_each_kind_of_value_has_one_way_to_be_written(value: object, written: str) -> None:
    assert cell(value) == written


@given(st.text())
def test_nothing_that_somebody_typed_begins_a_formula(text: str) -> None:
    assert not cell(text).startswith(STARTS_A_FORMULA)


@given(st.lists(st.fixed_dictionaries({"a": st.text(), "b": st.text()}), max_size=5))
def test_whatever_is_typed_is_read_back_row_by_row(rows: list[dict[str, str]]) -> None:
    text = bytes_of(rows).decode("utf-8-sig")
    read = list(csv.DictReader(io.StringIO(text, newline="")))
    assert read == [{name: cell(value) for name, value in row.items()} for row in rows]


def test_spreadsheets_know_it_for_utf_8_and_it_has_a_good_name() -> None:
    response = csv_table("puno-2021-I-promesas.csv", ("a",), [])
    assert b"".join(response.streaming_content) == b"\xef\xbb\xbfa\r\n"  # type: ignore[arg-type]
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="puno-2021-I-promesas.csv"'


def test_what_is_not_known_is_empty() -> None:
    assert bytes_of([{"a": 1}]).endswith(b"1,\r\n")


def test_a_column_that_no_header_names_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="fields not in fieldnames"):
        bytes_of([{"c": 1}])
