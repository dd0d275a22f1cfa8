"""What is still to be sent in each semester that is being reported, whoever it belongs to."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from plans.models import Plan, PlanElement, Responsibility
from plans.semester import Semester
from tracking.choices import ReportState
from tracking.models import ProgressReport, ReviewStep, SemesterWindow

DONE: Final = frozenset({ReportState.SUBMITTED, ReportState.PUBLISHED})


@dataclass(frozen=True)
class UnsentReport:
    """One report that is still to be sent, and the ``units`` (ids) that answer for it.

    ``state``: "" while nobody has begun. ``reason``: why it was returned, or "".
    """

    window: SemesterWindow
    element: PlanElement
    state: str
    reason: str
    units: frozenset[int]

    @property
    def state_label(self) -> str | Promise:
        return ReportState(self.state).label if self.state else _("Sin empezar")

    @property
    def address(self) -> str:
        return address_of("office:report", self.window, ref=self.element.ref)


@dataclass(frozen=True)
class Pending:
    """The reports of one window: those that are not sent, and how many wait to be reviewed."""

    window: SemesterWindow
    plan: Plan
    unsent: list[UnsentReport]
    queue: int


def pending_in(windows: Collection[SemesterWindow]) -> list[Pending]:
    """What is pending in each of WINDOWS, in their order, where a plan takes reports."""
    places = {window.municipality_id for window in windows}
    plans = list(
        Plan.objects.published().in_force().taking_reports().filter(municipality__in=places)
    )
    expected = _expected(plans)
    units = _answering(plans)
    reports = _newest_reports(plans, {window.semester for window in windows})
    reasons = {pk: step.reason for pk, step in ReviewStep.objects.returns_of(reports).items()}
    by_place = defaultdict(list)
    for report in reports:
        by_place[report.plan_id, report.semester].append(report)
    pending = []
    for window in windows:
        for plan in plans:
            is_here = plan.municipality_id == window.municipality_id
            if not (is_here and plan.term.holds(window.semester.year)):
                continue
            here = by_place[plan.pk, window.semester]
            queue = sum(report.state == ReportState.SUBMITTED for report in here)
            unsent = _unsent(window, expected[plan.pk], here, units, reasons)
            pending.append(Pending(window, plan, unsent, queue))
    return pending


def _unsent(
    window: SemesterWindow,
    expected: Mapping[int, PlanElement],
    reports: Iterable[ProgressReport],
    units: Mapping[int, set[int]],
    reasons: Mapping[int, str],
) -> list[UnsentReport]:
    """What nobody sent of what is EXPECTED, and whatever was returned: that comes first."""
    report_of = {report.element_id: report for report in reports}
    elements = dict(expected)
    for returned in report_of.values():
        if returned.pk in reasons and not returned.element.is_withdrawn:
            elements.setdefault(returned.element_id, returned.element)
    items = []
    for pk, element in elements.items():
        report = report_of.get(pk)
        if report and report.state in DONE:
            continue
        state, reason = (report.state, reasons.get(report.pk, "")) if report else ("", "")
        items.append(UnsentReport(window, element, state, reason, frozenset(units.get(pk, ()))))
    return sorted(items, key=lambda item: item.state != ReportState.RETURNED)


def _expected(plans: Collection[Plan]) -> dict[int, dict[int, PlanElement]]:
    """By plan, the elements that are reported each semester, in document order, by id."""
    expected: dict[int, dict[int, PlanElement]] = {plan.pk: {} for plan in plans}
    rows = PlanElement.objects.filter(plan__in=plans).reportable().in_document_order()
    for element in rows.only("plan", "ref", "statement"):
        expected[element.plan_id][element.pk] = element
    return expected


def _answering(plans: Collection[Plan]) -> dict[int, set[int]]:
    units_of: dict[int, set[int]] = defaultdict(set)
    """The units that answer for each element; one that was closed sends nothing any more."""
    current = Responsibility.objects.filter(plan__in=plans, unit__closed_on=None)
    rows = current.values_list("element_id", "unit_id")
    for element, unit in rows:
        units_of[element].add(unit)
    return units_of


def _newest_reports(
    plans: Collection[Plan], semesters: Collection[Semester]
) -> list[ProgressReport]:
    rows = ProgressReport.objects.filter(plan__in=plans, semester__in=semesters).newest()
    columns = ("plan", "semester", "revision", "state")
    joined = ("element__ref", "element__statement", "element__until_version")
    return list(rows.select_related("element").only(*columns, *joined))


def address_of(name: str, window: SemesterWindow, **more: str) -> str:
    """The whole address of a page about WINDOW."""
    place = {"slug": window.municipality.slug, "semester": window.semester}
    return settings.SITE_URL + reverse(name, kwargs=place | more)
