"""The ids of what is written: each municipality has its own block, so that processes need not ask
one another, and their number changes none."""

from itertools import count
from typing import Final

from allauth.mfa.models import Authenticator
from django.db.models import Model

from accounts.models import Membership, Unit, User
from plans.models import (
    MeasuringTerms,
    Passage,
    Plan,
    PlanElement,
    PlanVersion,
    Responsibility,
    SourceDocument,
)
from tracking.models import (
    ClosingLine,
    Expenditure,
    LedgerEntry,
    PlanRecord,
    ProgressReport,
    ReviewStep,
    SemesterWindow,
    Standing,
    Support,
)

OF_A_PLACE: Final[dict[type[Model], int]] = {
    Unit: 6,
    User: 9,
    Membership: 9,
    Authenticator: 3,
    SemesterWindow: 8,
    Plan: 1,
    SourceDocument: 1,
    PlanVersion: 1,
    PlanRecord: 1,
    Standing: 300,
}
"""The most rows of a municipality."""
OF_AN_ELEMENT: Final[dict[type[Model], int]] = {
    PlanElement: 1,
    Passage: 2,
    Responsibility: 1,
    MeasuringTerms: 2,
    ProgressReport: 16,
    Support: 48,
    ReviewStep: 80,
    ClosingLine: 8,
    Expenditure: 8,
    LedgerEntry: 32,
}
"""The most rows of an element, all others of its plan counted in."""
WRITTEN: Final = (*OF_A_PLACE, *OF_AN_ELEMENT)


class Numbers:
    """Gives the ids of a municipality that comes after so many PLACES and so many ELEMENTS."""

    def __init__(self, places: int, elements: int) -> None:
        begins = {model: places * most for model, most in OF_A_PLACE.items()}
        begins |= {model: elements * most for model, most in OF_AN_ELEMENT.items()}
        self._next = {model: count(begin + 1) for model, begin in begins.items()}

    def number(self, *rows: Model) -> None:
        """Give each of ROWS its id."""
        for row in rows:
            row.pk = next(self._next[type(row)])
