"""A semester gets its days by itself when its reporting begins, where it was reported before."""

import datetime as dt

import pytest

from accounts.models import Municipality
from plans.semester import Semester
from plans.term import Term
from tests.factories import make_plan
from tracking.models import SemesterWindow
from tracking.services.semesters import generate_windows, open_semesters

pytestmark = pytest.mark.django_db
BEFORE, AFTER = Term(2019, 2022), Term(2023, 2026)


@pytest.fixture
def reporting(puno: Municipality) -> Municipality:
    """A municipality that reported its whole former term, and has a plan for the next."""
    make_plan(puno, term=BEFORE)
    generate_windows(puno, BEFORE, since=Semester(2020, 1))
    make_plan(puno, term=AFTER)
    return puno


def opened() -> list[str]:
    rows = SemesterWindow.objects.filter(semester__gte=Semester(2023, 1))
    return [str(each) for each in rows.values_list("semester", flat=True)]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (dt.date(2023, 6, 30), None),
        (dt.date(2023, 7, 1), "2023-I"),
        (dt.date(2023, 7, 31), "2023-I"),
        (dt.date(2023, 8, 1), None),
        (dt.date(2023, 12, 31), None),
        (dt.date(2024, 1, 1), "2023-II"),
        (dt.date(2026, 11, 15), None),
        (dt.date(2026, 11, 16), "2026-II"),
        (dt.date(2027, 1, 1), None),
    ],
)
def test_the_rest_of_a_term_opens_with_the_first_that_may_be_reported(
    reporting: Municipality, day: dt.date, first: str | None
) -> None:
    count = open_semesters(at=day)
    assert len(opened()) == count
    assert opened()[:1] == ([first] if first else [])
    assert open_semesters(at=day) == 0


def test_it_has_the_days_that_planning_would_have_got(reporting: Municipality) -> None:
    open_semesters(at=dt.date(2023, 7, 4))
    window = SemesterWindow.objects.get(semester=Semester(2023, 1))
    assert (window.opens_on, window.due_on) == (dt.date(2023, 7, 1), dt.date(2023, 7, 31))


def test_who_never_reported_is_asked_for_nothing(puno: Municipality) -> None:
    make_plan(puno, term=AFTER)
    assert open_semesters(at=dt.date(2023, 7, 1)) == 0


def test_days_that_somebody_set_stay(reporting: Municipality) -> None:
    own = SemesterWindow.objects.create(
        municipality=reporting,
        semester=Semester(2023, 1),
        opens_on=dt.date(2023, 6, 20),
        due_on=dt.date(2023, 8, 20),
        closes_on=dt.date(2023, 9, 1),
    )
    assert open_semesters(at=dt.date(2023, 7, 1)) == 0
    own.refresh_from_db()
    assert own.due_on == dt.date(2023, 8, 20)


def test_a_plan_that_is_not_in_force_opens_nothing(reporting: Municipality) -> None:
    reporting.plans.filter(first_year=2023).update(in_force=False, list_slug="otra")
    assert open_semesters(at=dt.date(2023, 7, 1)) == 0


def test_it_asks_twice_whatever_the_number_of_places(
    reporting: Municipality, django_assert_num_queries: object
) -> None:
    open_semesters(at=dt.date(2023, 7, 1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert open_semesters(at=dt.date(2023, 7, 1)) == 0
