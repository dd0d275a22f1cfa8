"""Put together what a semester's report says, from what is published on the day of its issue."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, TypeVar

from django.utils import timezone

from plans.choices import Level
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tracking.accountability.content import (
    CauseSaid,
    CellSaid,
    Content,
    Counted,
    Days,
    Place,
    PlanSaid,
    Promise,
    Replaced,
    ReportSaid,
    Rules,
    Spent,
    SupportSaid,
)
from tracking.measuring import progress
from tracking.measuring.entry import kind_of
from tracking.measuring.schedule import LATE_GAP, ON_TIME_GAP
from tracking.models import (
    ClosingLine,
    Expenditure,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    Standing,
    Support,
)
from tracking.models.ledger import GENESIS
from tracking.public.figures.balance import Balance, balances
from tracking.public.figures.changes import Changes
from tracking.public.figures.overview import Overview, overview_of
from tracking.reading.addresses import absolute
from tracking.reading.calculation import planned
from tracking.reading.causes import Cause, cause_in, causes_of
from tracking.reading.measuring import how_measured
from tracking.reading.sentences import measured
from tracking.reading.spending import expenditures_told, spending_by_year
from tracking.reading.states import TROUBLES
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Cell

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Said = TypeVar("Said", bound="DataclassInstance")
CHANGES: Final = ("first", "ahead", "back", "silent", "corrected", "remeasured")


@dataclass(frozen=True)
class Particulars:
    """What is not read from the plan: which edition it is, of when, and what planning wrote."""

    edition: int
    at: dt.datetime
    page: str
    verify: str
    foreword: str = ""
    projection: str = ""
    projection_year: int | None = None
    projected_on: dt.date | None = None
    replaces: Replaced | None = None


def content_of(plan: Plan, window: SemesterWindow, particulars: Particulars) -> Content:
    """The report on the semester of WINDOW, closed, with its PARTICULARS. Seventeen queries.

    PLAN is published, with its municipality. Of the term it tells no more than up to that semester.
    """
    semester: Semester = window.semester
    today = timezone.localdate(particulars.at)
    overview = overview_of(plan, {"semestre": str(semester)}, at=today, also=_told_of(plan, window))
    head = LedgerEntry.objects.filter(municipality=plan.municipality_id).order_by("-number").first()
    spending = expenditures_told(plan, semester, at=accounted_on(plan, window, at=today))
    activities = {
        element.pk
        for element in overview.elements
        if element.level == Level.ACTIVITY and overview.is_asked(semester, element)
    }
    changes = overview.changes
    return Content(
        municipality=_copied(Place, plan.municipality),
        plan=_plan(plan),
        semester=str(semester),
        edition=particulars.edition,
        issued_at=particulars.at,
        as_of=today,
        simulated=plan.simulated,
        page=particulars.page,
        verify=particulars.verify,
        ledger_number=head.number if head else 0,
        ledger_head=head.chain if head else GENESIS,
        days=_days(window),
        rules=Rules(
            on_time_gap=ON_TIME_GAP,
            late_gap=LATE_GAP,
            mean_coverage=progress.MEAN_COVERAGE,
        ),
        foreword=particulars.foreword,
        projection=particulars.projection,
        projection_year=particulars.projection_year,
        projected_on=particulars.projected_on,
        replaces=particulars.replaces,
        standings=list(_standings(overview, semester)),
        changed_since=str(changes.since) if changes else "",
        changes=_changes(changes),
        endings=overview.endings,
        spending=spending_by_year(spending, activities),
        promises=_promises(overview, window, spending),
    )


def accounted_on(plan: Plan, window: SemesterWindow, *, at: dt.date) -> dt.date:
    """The day on which the semester of WINDOW is told: AT, when it is issued.

    What is simulated is issued years later: it is told as of the day when its semester was closed.
    """
    return _days(window).closed_on if plan.simulated else at


def _told_of(plan: Plan, window: SemesterWindow) -> set[int]:
    """The ids of what was asked or reported in the semester, should it be withdrawn by now.

    With all that they hung from, so that each stands in its place.
    """
    asked = ClosingLine.objects.filter(window=window, element__plan=plan)
    reported = ProgressReport.objects.published().filter(plan=plan, semester=window.semester)
    found = set(asked.values_list("element", flat=True).union(reported.values_list("element")))
    parents = dict(plan.elements.values_list("pk", "parent"))
    for pk in list(found):
        above = parents[pk]
        while above and above not in found:
            found.add(above)
            above = parents[above]
    return found


def _copied(what: type[Said], row: object, /, **other: Any) -> Said:
    """WHAT, a dataclass, with what ROW has under the same names, and OTHER values of its own."""
    names = (each.name for each in fields(what) if each.name not in other)
    return what(**{name: getattr(row, name) for name in names}, **other)


def _plan(plan: Plan) -> PlanSaid:
    return _copied(
        PlanSaid,
        plan,
        term=str(plan.term),
        document=plan.document.title,
        document_sha256=plan.document.sha256,
        page=absolute(plan.get_absolute_url()),
    )


def _days(window: SemesterWindow) -> Days:
    if window.closed_at is None:
        raise ValueError("an open semester has no accountability report")
    return _copied(Days, window, closed_on=timezone.localdate(window.closed_at))


def _changes(changes: Changes | None) -> dict[str, list[str]]:
    if changes is None:
        return {}
    found = {name: [each.ref for each in getattr(changes, name)] for name in CHANGES}
    return {name: refs for name, refs in found.items() if refs}


def _standings(overview: Overview, semester: Semester) -> Iterator[Counted]:
    """The whole plan up to SEMESTER; its dimensions and its units in SEMESTER alone."""
    for when, rows in overview.by_semester.items():
        if when <= semester:
            yield from (_counted(row) for row in rows)
    for dimension, rows in overview.dimensions:
        yield from (_counted(row, dimension=dimension) for row in rows)
    of_units = Standing.objects.filter(plan=overview.plan, semester=semester, unit__isnull=False)
    by_unit: dict[int, list[Standing]] = defaultdict(list)
    for standing in of_units:
        by_unit[standing.unit_id or 0].append(standing)
    for unit in sorted(overview.units.values(), key=lambda each: each.name):
        found = balances(by_unit[unit.pk], overview.windows, at=overview.at)
        for row in found.get(semester, []):
            yield _counted(row, unit=unit.name)


def _counted(balance: Balance, *, dimension: str = "", unit: str = "") -> Counted:
    row = balance.standing
    silence = balance.silence.value
    return _copied(
        Counted,
        row,
        semester=str(row.semester),
        dimension=str(dimension),
        unit=unit,
        silence=silence,
        stages={state: n for state, n in balance.counts.items() if state != silence},
        signals={signal.value: n for signal, n in balance.signals.items()},
    )


def _promises(
    overview: Overview, window: SemesterWindow, spending: Sequence[Expenditure]
) -> list[Promise]:
    plan, semester = overview.plan, window.semester
    elements = overview.elements
    refs = {element.pk: element.ref for element in elements}
    terms_of = _terms(plan, window)
    reports = _reports(overview, window)
    spent: dict[int, list[Spent]] = defaultdict(list)
    for row in sorted(spending, key=lambda each: each.year):
        spent[row.element_id].append(_copied(Spent, row))
    found = []
    for element in elements:
        report, said_of = reports.get(element.pk, (None, None))
        terms = report.terms if report else terms_of.get(element.pk)
        closing = overview.closings.get((element.pk, semester))
        found.append(
            _copied(
                Promise,
                element,
                parent=refs.get(element.parent_id or 0, ""),
                page=absolute(element.get_absolute_url()),
                is_asked=overview.is_asked(semester, element),
                units=_units(overview, semester, element),
                kind=closing.kind
                if closing
                else kind_of(element.level, terms.kind if terms else ""),
                terms=how_measured(element.level, terms),
                strip=[
                    _cell(cell)
                    for cell in overview.strips.get(element.pk, ())
                    if cell.semester <= semester
                ],
                report=said_of,
                spending=spent[element.pk],
            )
        )
    return found


def _units(overview: Overview, semester: Semester, element: PlanElement) -> list[str]:
    """Who answered for it when the semester closed; of what was not asked, who does today."""
    if overview.is_asked(semester, element):
        ids = overview.units_in(semester, element.pk)
    else:
        ids = overview.answering.get(element.pk, ())
    return [overview.units[pk].name for pk in ids]


def _terms(plan: Plan, window: SemesterWindow) -> dict[int, MeasuringTerms]:
    """How each element was measured when the semester closed; the first terms of what has later."""
    rows = MeasuringTerms.objects.filter(element__plan=plan).order_by("version")
    closed_on = _days(window).closed_on
    found: dict[int, MeasuringTerms] = {}
    for terms in rows:
        if terms.element_id not in found or terms.in_force_from <= closed_on:
            found[terms.element_id] = terms
    return found


def _cell(cell: Cell) -> CellSaid:
    return _copied(CellSaid, cell, semester=str(cell.semester), told=cell.told.value)


def _reports(
    overview: Overview, window: SemesterWindow
) -> Mapping[int, tuple[ProgressReport, ReportSaid]]:
    """The newest published report of each element, with what is said of it. Three queries."""
    plan, semester = overview.plan, window.semester
    elements = {element.pk: element for element in overview.elements}
    rows = ProgressReport.objects.published().filter(
        plan=plan, semester=semester, element__in=elements
    )
    revisions: dict[int, list[ProgressReport]] = defaultdict(list)
    for report in rows.select_related("unit", "terms").order_by("-revision"):
        report.element = elements[report.element_id]
        revisions[report.element_id].append(report)
    newest = [found[0] for found in revisions.values()]
    sustaining = Support.objects.published().filter(report__in=newest)
    supports = sustaining.with_tombstones().by_report()
    behind = [each.element_id for each in newest if each.signal in TROUBLES and not cause_in(each)]
    causes = causes_of(plan, behind, until=semester.previous)
    cells = overview.cells_in(semester)
    told = {}
    for report in newest:
        revision = Revision(report, supports.get(report.pk, []))
        chapter = Chapter(
            cells[report.element_id],
            window,
            overview.closings.get((report.element_id, semester)),
            [revision, *(Revision(each) for each in revisions[report.element_id][1:])],
        )
        told[report.element_id] = (report, _report(chapter, causes.get(report.element_id)))
    return told


def _report(chapter: Chapter, cause: Cause | None) -> ReportSaid:
    revision = chapter.newest
    report = revision.report
    return _copied(
        ReportSaid,
        report,
        unit=report.unit.name if report.unit else "",
        is_late=chapter.is_late,
        is_after_closing=chapter.is_after_closing,
        second_review=bool(report.second_review),
        unit_of_measure=report.terms.value_unit if report.terms else "",
        measured=measured(revision),
        schedule=planned(revision),
        supports=[_support(each) for each in revision.supports],
        cause_before=_copied(CauseSaid, cause, semester=str(cause.semester)) if cause else None,
    )


def _support(support: Any) -> SupportSaid:
    withheld_at = support.withheld_at
    return _copied(
        SupportSaid,
        support,
        code=support.sha256,
        withheld_on=timezone.localdate(withheld_at) if withheld_at else None,
        withheld_reason=support.withheld_reason or "",
    )
