"""What a semester's report says of each promise: its place, its strip, its report, its cost."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tracking.accountability.content import (
    CauseSaid,
    CellSaid,
    Promise,
    ReportSaid,
    Spent,
    SupportSaid,
)
from tracking.accountability.copied import copied, days_of
from tracking.measuring.entry import kind_of
from tracking.models import (
    Expenditure,
    ProgressReport,
    SemesterWindow,
    Support,
)
from tracking.public.figures.overview import Overview
from tracking.reading.addresses import absolute
from tracking.reading.calculation import planned
from tracking.reading.causes import Cause, cause_in, causes_of
from tracking.reading.measure_words import how_measured
from tracking.reading.sentences import measured
from tracking.reading.states import TROUBLES
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Cell


def promises_of(
    overview: Overview, window: SemesterWindow, spending: Sequence[Expenditure]
) -> list[Promise]:
    plan, semester = overview.plan, window.semester
    elements = overview.elements
    refs = {element.pk: element.ref for element in elements}
    terms_of = _terms(plan, window)
    reports = _reports(overview, window)
    spent: dict[int, list[Spent]] = defaultdict(list)
    for row in sorted(spending, key=lambda each: each.year):
        spent[row.element_id].append(copied(Spent, row))
    promises = []
    for element in elements:
        report, said_of = reports.get(element.pk, (None, None))
        terms = report.terms if report else terms_of.get(element.pk)
        closing = overview.closings.get((element.pk, semester))
        promises.append(
            copied(
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
                locations=tuple(overview.locations.get(element.pk, ())),
            )
        )
    return promises


def _units(overview: Overview, semester: Semester, element: PlanElement) -> list[str]:
    """Names of ELEMENT's units: as the closing fixed them, or today's if it was not asked."""
    if overview.is_asked(semester, element):
        ids = overview.units_in(semester, element.pk)
    else:
        ids = overview.answering.get(element.pk, ())
    return [overview.units[pk].name for pk in ids]


def _terms(plan: Plan, window: SemesterWindow) -> dict[int, MeasuringTerms]:
    """How each element was measured when the semester closed; the first terms of what has later."""
    rows = MeasuringTerms.objects.filter(element__plan=plan).order_by("version")
    closed_on = days_of(window).closed_on
    terms_of: dict[int, MeasuringTerms] = {}
    for terms in rows:
        if terms.element_id not in terms_of or terms.in_force_from <= closed_on:
            terms_of[terms.element_id] = terms
    return terms_of


def _cell(cell: Cell) -> CellSaid:
    return copied(CellSaid, cell, semester=str(cell.semester), told=cell.arrival.value)


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
    newest = [revised[0] for revised in revisions.values()]
    sustaining = Support.objects.published().filter(report__in=newest)
    supports = sustaining.with_tombstones().by_report()
    hard = [each.element_id for each in newest if each.signal in TROUBLES or cause_in(each)]
    causes = causes_of(plan, hard, until=semester.previous)
    cells = overview.cells_in(semester)
    reported = {}
    for report in newest:
        revision = Revision(report, supports.get(report.pk, []))
        chapter = Chapter(
            cells[report.element_id],
            window,
            overview.closings.get((report.element_id, semester)),
            [revision, *(Revision(each) for each in revisions[report.element_id][1:])],
        )
        reported[report.element_id] = (report, _report(chapter, causes.get(report.element_id)))
    return reported


def _report(chapter: Chapter, cause: Cause | None) -> ReportSaid:
    revision = chapter.newest
    report = revision.report
    earlier = copied(CauseSaid, cause, semester=str(cause.semester)) if cause else None
    is_explained = bool(cause_in(report))
    return copied(
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
        cause_before=None if is_explained else earlier,
        said_before=earlier if is_explained else None,
    )


def _support(support: Any) -> SupportSaid:
    withheld_at = support.withheld_at
    return copied(
        SupportSaid,
        support,
        code=support.sha256,
        withheld_on=timezone.localdate(withheld_at) if withheld_at else None,
        withheld_reason=support.withheld_reason or "",
        has_place=bool(support.place),
    )
