"""What is published: every table's rows are the public's, and every column says what it is."""

from decimal import Decimal

import pytest
from django.db.models import F, Value

from plans.models import Plan
from tests.tracking.issued import Accounted
from tracking.reading.published.columns import Column, ColumnKind, code, text
from tracking.reading.published.tables import TABLES

OF_PLACES = {"municipalities", "units", "semesters", "ledger"}
"""The tables whose rows are there without a published plan."""


def test_every_column_has_a_name_of_its_own_and_says_what_it_is() -> None:
    for table in TABLES.values():
        names = [each.name for each in table.columns]
        assert len(names) == len(set(names)), table.name
        assert all(str(each.words).strip() for each in table.columns), table.name
        assert table.column(names[0]) is table.columns[0]
        assert table.column("nada") is None


def test_what_is_said_of_no_column_is_that_it_is_text() -> None:
    assert text("region", "").kind == Column("region", "").kind == ColumnKind.TEXT
    assert code("region", "").kind == ColumnKind.CODE


def test_a_column_reads_its_own_field_unless_it_is_said_from_where() -> None:
    plain, joined = Column("name", ""), Column("name", "", "unit__name")
    assert (plain.expression, plain.field) == (F("name"), "name")
    assert (joined.expression, joined.field) == (F("unit__name"), "")
    computed = plain.read_from(Value(Decimal(1)))
    assert (computed.name, computed.field) == ("name", "")


@pytest.mark.parametrize(
    ("column", "is_null"),
    [
        (text("note", ""), False),
        (text("note", "", optional=True), True),
        (Column("value", "", kind=ColumnKind.FIGURE, optional=True), False),
        (code("kind", "", choices=[("a", "A")]), True),
    ],
)
def test_an_empty_word_is_null_where_nobody_has_said_it(column: Column, is_null: bool) -> None:
    assert column.empty_is_null is is_null


def test_rows_are_a_plans_and_none_of_what_is_not_published(accounted: Accounted) -> None:
    accounted.issue()
    accounted.spend()
    for name, table in TABLES.items():
        assert table.of(accounted.plan).exists() == table.of(None).exists(), name
    assert TABLES["reports"].of(accounted.plan).get().pk == accounted.report.pk
    Plan.objects.update(version=0)
    assert {name for name, table in TABLES.items() if table.rows().exists()} <= OF_PLACES
