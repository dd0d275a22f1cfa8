"""What was spent: which revision tells of a semester, and what a year comes to."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.choices import Level
from plans.models import PlanElement
from plans.semester import Semester
from tracking.models import Expenditure
from tracking.reading.spending import (
    expenditures_in_force,
    expenditures_up_to,
    financial_progress,
    leaves,
    newest_spending,
    spending_by_year,
    spending_of,
)
from tracking.services.spending import state_expenditures

TODAY = dt.date(2021, 1, 1)


def spent(element_id: int = 1, **columns: Any) -> Expenditure:
    usual = {"pia": Decimal(100), "pim": Decimal(200), "accrued": Decimal(50), "year": 2019}
    days = {"as_of": dt.date(2019, 12, 31)}
    return Expenditure(element_id=element_id, **{**usual, **days, **columns})


@pytest.fixture
def stated(activity: PlanElement, planner: User) -> PlanElement:
    """In 2019 as of May and of December; in 2020 as of September, and once more."""
    days = [(2019, 5), (2019, 12), (2020, 9), (2020, 10)]
    for number, (year, month) in enumerate(days):
        row = spent(activity.pk, year=year, as_of=dt.date(year, month, 1), accrued=number + 1)
        row.source, row.reason, row.element = "SIAF", "Más pagos", activity
        assert state_expenditures([(row, number % 2)], by=planner).saved
    return activity


@pytest.mark.parametrize(
    ("semester", "at", "accrued"),
    [
        (Semester(2019, 1), TODAY, [1]),  # the newest of its half
        (Semester(2019, 2), TODAY, [2]),
        (Semester(2020, 1), TODAY, [2, 3]),  # of 2020 the first that came after
        (Semester(2020, 2), TODAY, [2, 4]),
        (Semester(2020, 2), dt.date(2020, 9, 15), [2, 3]),
        (Semester(2019, 2), dt.date(2019, 4, 1), []),
    ],
)
def test_a_semester_is_told_by_the_figures_that_were_known_of_it(
    stated: PlanElement, semester: Semester, at: dt.date, accrued: list[int]
) -> None:
    rows = expenditures_up_to(stated.plan, semester, at=at)
    assert [row.accrued for row in rows] == accrued


def test_the_newest_is_in_force_and_all_stay_to_be_read(stated: PlanElement) -> None:
    assert {row.accrued for row in expenditures_in_force(stated.plan)} == {2, 4}
    assert [[row.accrued for row in year] for year in spending_of(stated)] == [[4, 3], [2, 1]]


def test_of_the_last_year_only_what_is_in_force_is_read(
    stated: PlanElement, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        year = newest_spending(stated.plan, {stated.pk})
    assert year is not None
    assert (year.year, year.accrued, year.known) == (2020, Decimal(4), 1)
    assert newest_spending(stated.plan, {stated.pk + 1}) is None


def test_a_year_adds_up_only_what_is_counted_and_says_of_how_many() -> None:
    early = dt.date(2019, 6, 30)
    rows = [spent(1), spent(2, as_of=early), spent(3), spent(1, year=2020, as_of=TODAY)]
    newest, former = spending_by_year(rows, {1, 2, 4})
    assert (newest.year, newest.known, newest.of, newest.latest) == (2020, 1, 3, None)
    sums = [former.pia, former.pim, former.accrued]
    assert sums == [Decimal(200), Decimal(400), Decimal(100)]
    assert (former.known, former.as_of, former.latest) == (2, early, dt.date(2019, 12, 31))


def test_progress_is_what_was_accrued_of_the_budget() -> None:
    assert financial_progress(spent()) == 25
    assert financial_progress(spent(pim=Decimal(0), accrued=Decimal(0))) is None


def test_only_activities_that_are_reported_are_counted() -> None:
    elements = [PlanElement(pk=number, level=Level.ACTIVITY) for number in (1, 2)]
    elements.append(PlanElement(pk=3, level=Level.TARGET))
    for each, is_reportable in zip(elements, (True, False, True), strict=True):
        each.is_reportable = is_reportable
    assert leaves(elements) == {1}
