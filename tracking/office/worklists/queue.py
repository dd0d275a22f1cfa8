"""What waits to be reviewed: of each semester and unit how much, and the turn of each report."""

from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import Count, Q, QuerySet

from accounts.models import Municipality
from accounts.sent_numbers import number_in
from plans.semester import Semester
from tracking.choices import ReportState
from tracking.models import ProgressReport

NO_UNIT: Final = "ninguna"
QUEUE: Final = "cola"
"""What a form of the queue sends as its origin: whoever decides or asks there stays there."""


def waiting(municipality: Municipality) -> QuerySet[ProgressReport]:
    """What MUNICIPALITY has in review, what was sent first before the rest."""
    rows = ProgressReport.objects.filter(municipality=municipality, state=ReportState.SUBMITTED)
    return rows.select_related("unit").order_by("submitted_at", "pk")


def waiting_by_semester(municipality: Municipality) -> dict[Semester, int]:
    """How many reports wait in each semester, oldest first; nothing where none does."""
    rows = waiting(municipality).order_by("semester").values_list("semester")
    return dict(rows.annotate(n=Count("pk")))


class UnitQueue(NamedTuple):
    """How many reports wait that come in the name of one unit; of none, where it has no id."""

    unit: int | None
    name: str | None
    n: int


def units_of(reports: QuerySet[ProgressReport]) -> list[UnitQueue]:
    """The units in whose name REPORTS come."""
    rows = reports.order_by("unit__name").values_list("unit", "unit__name")
    return [UnitQueue(*row) for row in rows.annotate(n=Count("pk"))]


def of_unit(reports: QuerySet[ProgressReport], chosen: str) -> QuerySet[ProgressReport]:
    """Those of REPORTS in the name of the unit CHOSEN by its id, of none for NO_UNIT; "" for all.

    What is no unit's id chooses nothing.
    """
    if not chosen:
        return reports
    if chosen == NO_UNIT:
        return reports.filter(unit=None)
    pk = number_in(chosen)
    return reports.none() if pk is None else reports.filter(Q(unit=pk))


@dataclass(frozen=True)
class Turn:
    """Where a report stands among those that wait: its NUMBER of TOTAL, and its neighbours' ids.

    The number is 0 of one that waits no longer; what waits longest comes after it.
    """

    number: int
    total: int
    before: int | None
    after: int | None

    @property
    def next(self) -> int | None:
        """What is read once it is decided: the one after it, or the last that is left."""
        return self.after or self.before


def turn_of(report: ProgressReport, reports: QuerySet[ProgressReport]) -> Turn:
    """The turn of REPORT among REPORTS, in their order. One query."""
    ids = list(reports.values_list("pk", flat=True))
    if report.pk not in ids:
        return Turn(0, len(ids), None, ids[0] if ids else None)
    at = ids.index(report.pk)
    before, after = ids[:at], ids[at + 1 :]
    return Turn(at + 1, len(ids), before[-1] if before else None, after[0] if after else None)
