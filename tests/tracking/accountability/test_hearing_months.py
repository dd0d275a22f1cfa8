"""Which hearing comes next, and which semester it is about."""

import datetime as dt

import pytest

from plans.semester import Semester
from plans.term import Term
from tracking.accountability.hearing import Hearing, next_hearing

TERM = Term(2027, 2030)


@pytest.mark.parametrize(
    ("day", "month", "about"),
    [
        (dt.date(2026, 11, 29), dt.date(2027, 5, 1), Semester(2026, 2)),  # of the term before
        (dt.date(2027, 5, 31), dt.date(2027, 5, 1), Semester(2026, 2)),
        (dt.date(2027, 6, 1), dt.date(2027, 9, 1), Semester(2027, 1)),
        (dt.date(2027, 10, 1), dt.date(2028, 5, 1), Semester(2027, 2)),
    ],
)
def test_the_next_hearing_is_in_may_or_september(
    day: dt.date, month: dt.date, about: Semester
) -> None:
    assert next_hearing(TERM, day) == Hearing(month, about)


def test_after_september_of_its_last_year_a_term_has_none() -> None:
    assert next_hearing(TERM, dt.date(2030, 10, 1)) is None
