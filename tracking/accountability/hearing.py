"""Which year an edition may still project, given the day of the hearing where it is read."""

import datetime as dt

from plans.semester import Semester
from plans.term import Term


def year_to_project(semester: Semester, term: Term, day: dt.date) -> int | None:
    """The year whose end is projected at the hearing about SEMESTER, on the DAY it is issued.

    The law has hearings in May and September, with a projection to the end of the year (Ley 27972,
    art. 119-A): the first half of a year is told in September of the same one, the second in May of
    the next. None once that year is over, and for a year that is no longer of TERM.
    """
    year = semester.next.year
    return year if day.year <= year <= term.last_year else None
