"""The days in which a semester is reported, as they are proposed."""

import datetime as dt
from typing import Final

from accounts.models import Municipality
from plans.semester import Semester
from plans.term import Term
from tracking.models import SemesterWindow

DAYS_TO_REPORT: Final = 30
DAYS_TO_REVIEW: Final = 15
"""What a new window proposes; each municipality sets its own days."""


def proposed_window(
    municipality: Municipality, semester: Semester, term: Term | None = None
) -> SemesterWindow:
    """The window that SEMESTER gets unless somebody decides otherwise; not saved.

    It opens when its semester is over. The last of TERM opens earlier, so that it is reported,
    reviewed and may be closed by those who answer for it, on the last day of their term.
    """
    opens_on = semester.last_day + dt.timedelta(days=1)
    if term and semester == Semester.all_of(term)[-1]:
        opens_on -= dt.timedelta(days=DAYS_TO_REPORT + DAYS_TO_REVIEW + 1)
    due_on = opens_on + dt.timedelta(days=DAYS_TO_REPORT)
    return SemesterWindow(
        municipality=municipality,
        semester=semester,
        opens_on=opens_on,
        due_on=due_on,
        closes_on=due_on + dt.timedelta(days=DAYS_TO_REVIEW),
    )
