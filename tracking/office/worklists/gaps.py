"""What planning sees before it issues a semester's accountability report."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Exists, OuterRef

from accounts.models import Municipality
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.choices import LedgerAct, ReportState
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    ProgressReport,
    SemesterWindow,
    Support,
)

TELLING: Final = (LedgerAct.REPORT, LedgerAct.CORRECTION, LedgerAct.WITHHOLDING)
"""What is published of a semester after it was issued, and asks for a new edition."""


@dataclass(frozen=True)
class ClosedSemester:
    """A closed semester, its current edition if one was issued, and what came after it."""

    window: SemesterWindow
    plan: Plan
    report: AccountabilityReport | None
    newer: int
    """Reports, corrections and withheld supports that were entered since that edition."""

    @property
    def semester(self) -> Semester:
        semester: Semester = self.window.semester
        return semester


@dataclass(frozen=True)
class Gaps:
    """Of what was asked: what has no published report, and what came without support."""

    silent: Sequence[tuple[PlanElement, ProgressReport | None]]
    """Each with its report in preparation, if there is one: begun, sent, or returned."""
    unsupported: Sequence[PlanElement]

    @property
    def returned(self) -> int:
        states = [report.state for _element, report in self.silent if report]
        return states.count(ReportState.RETURNED)


def closed_semesters(municipality: Municipality) -> list[ClosedSemester]:
    """Those of MUNICIPALITY whose plan takes reports, newest first. Four queries."""
    plans = list(
        Plan.objects.published().in_force().taking_reports().filter(municipality=municipality)
    )
    rows = AccountabilityReport.objects.filter(plan__in=plans).current().defer("content")
    reports = {(row.plan_id, row.semester): row for row in rows}
    newer = _entered_since(municipality, min((row.issued_at for row in rows), default=None))
    windows = SemesterWindow.objects.filter(municipality=municipality, closed_at__isnull=False)
    closed = []
    for window in windows.order_by("-semester"):
        for plan in plans:
            if not plan.term.holds(window.semester.year):
                continue
            report = reports.get((plan.pk, window.semester))
            days = newer[str(window.semester)] if report else []
            count = sum(at > report.issued_at for at in days) if report else 0
            closed.append(ClosedSemester(window, plan, report, count))
    return closed


def _entered_since(
    municipality: Municipality, first: dt.datetime | None
) -> Mapping[str, Sequence[dt.datetime]]:
    """When the ledger entered something about each semester, from the instant FIRST on."""
    entered: dict[str, list[dt.datetime]] = defaultdict(list)
    if first is not None:
        entries = municipality.ledger.filter(act__in=TELLING, at__gt=first).exclude(semester="")
        for semester, at in entries.values_list("semester", "at"):
            entered[semester].append(at)
    return entered


def gaps_of(plan: Plan, window: SemesterWindow) -> Gaps:
    """What the report on the semester of WINDOW would have to leave out. Three queries."""
    semester = window.semester
    reports = ProgressReport.objects.filter(plan=plan, semester=semester)
    published = reports.published().filter(element=OuterRef("element"))
    asked = ClosingLine.objects.filter(window=window, element__plan=plan)
    silent = asked.exclude(Exists(published)).select_related("element").defer("element__search")
    begun = {report.element_id: report for report in reports.open()}
    newest = reports.published().newest()
    sustained = Exists(Support.objects.filter(report=OuterRef("pk")))
    bare = ProgressReport.objects.filter(~sustained, pk__in=newest.values("pk"))
    bare = bare.select_related("element").defer("element__search").in_document_order()
    return Gaps(
        silent=[
            (line.element, begun.get(line.element_id))
            for line in silent.order_by("element__position", "element")
        ],
        unsupported=[report.element for report in bare],
    )
