"""The days in which a semester is reported, as they are proposed."""

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Final

from accounts.models import Municipality
from plans.semester import Semester
from plans.term import Term
from tracking.models import SemesterWindow

DAYS_TO_REPORT: Final = 30
DAYS_TO_REVIEW: Final = 15
"""What a new window proposes; each municipality sets its own days."""


@dataclass(frozen=True)
class Days:
    """Those of a window: from when it is reported, in time until, closed from."""

    opens_on: dt.date
    due_on: dt.date
    closes_on: dt.date


def proposed_days(semester: Semester, *, ends_a_term: bool) -> Days:
    """The days that SEMESTER gets unless somebody decides otherwise.

    It opens when it is over. The last of a term opens earlier, so that it is reported, reviewed
    and may be closed by those who answer for it, on the last day of their term.
    """
    opens_on = semester.last_day + dt.timedelta(days=1)
    if ends_a_term:
        opens_on -= dt.timedelta(days=DAYS_TO_REPORT + DAYS_TO_REVIEW + 1)
    due_on = opens_on + dt.timedelta(days=DAYS_TO_REPORT)
    return Days(opens_on, due_on, due_on + dt.timedelta(days=DAYS_TO_REVIEW))


def proposed_window(
    municipality: Municipality, semester: Semester, term: Term | None = None
) -> SemesterWindow:
    """The window that SEMESTER, of TERM, gets unless somebody decides otherwise; not saved."""
    ends_a_term = term is not None and semester == Semester.all_of(term)[-1]
    days = proposed_days(semester, ends_a_term=ends_a_term)
    return SemesterWindow(municipality=municipality, semester=semester, **asdict(days))
