"""The hearings at which a term is accounted for, and what an edition may still project at one.

The law has two a year, in May and September, with a projection to the end of the year (Ley 27972,
art. 119-A): the first half of a year is told in September of the same one, the second in May of the
next.
"""

import datetime as dt
from typing import Final, NamedTuple

from plans.semester import Semester
from plans.term import Term

MAY: Final = 5
SEPTEMBER: Final = 9


class Hearing(NamedTuple):
    """A hearing: the first day of its MONTH, and the semester that it is ABOUT."""

    month: dt.date
    about: Semester


def next_hearing(term: Term, day: dt.date) -> Hearing | None:
    """The one of this month, or else the next after DAY, within TERM; None once it is over.

    The first of a term is about the last semester of the one before.
    """
    months = (
        dt.date(year, month, 1)
        for year in range(term.first_year, term.last_year + 1)
        for month in (MAY, SEPTEMBER)
    )
    coming = next((each for each in months if each >= day.replace(day=1)), None)
    return Hearing(coming, Semester.of(coming).previous) if coming else None


def year_to_project(semester: Semester, term: Term, day: dt.date) -> int | None:
    """The year whose end is projected at the hearing about SEMESTER, on the DAY it is issued.

    None once that year is over, and for a year that is no longer of TERM.
    """
    year = semester.next.year
    return year if day.year <= year <= term.last_year else None
