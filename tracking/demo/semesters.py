"""The windows of a simulated term, and the acts that closed those that are over."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from accounts.models import User
from plans.answering import units_answering
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tracking.demo.calendar import moment
from tracking.demo.terms import in_force
from tracking.measuring.closing import closing_lines
from tracking.models import ClosingLine, ProgressReport, SemesterWindow
from tracking.services.semesters import generate_windows


def begun_windows(plan: Plan, *, at: dt.date) -> list[SemesterWindow]:
    """The windows of PLAN's term that opened by the day AT, in order; missing ones are made."""
    generate_windows(plan.municipality, plan.term)
    windows = plan.municipality.windows.filter(semester__in=Semester.all_of(plan.term))
    return list(windows.filter(opens_on__lte=at).order_by("semester"))


def closing_of(window: SemesterWindow) -> dt.datetime:
    """When planning closes WINDOW: two days after it may."""
    return moment(window.closes_on + dt.timedelta(days=2), 16)


def close(
    windows: Sequence[SemesterWindow],
    plan: Plan,
    elements: Iterable[PlanElement],
    versions_of: Mapping[int, Sequence[MeasuringTerms]],
    *,
    by: User,
) -> None:
    """Close WINDOWS, each on its day, with what was published by then of ELEMENTS.

    VERSIONS_OF: every version of the terms of each, oldest first.
    """
    reports = ProgressReport.objects.published().filter(plan=plan).order_by("revision")
    published = list(reports.only("element", "semester", "signal", "published_at"))
    still_open = [window for window in windows if not window.is_closed]
    lines = closed(still_open, list(elements), versions_of, units_answering(plan), published, by=by)
    ClosingLine.objects.bulk_create(lines)
    SemesterWindow.objects.bulk_update(still_open, ["closed_at", "closed_by"])


def closed(
    windows: Iterable[SemesterWindow],
    elements: Sequence[PlanElement],
    versions_of: Mapping[int, Sequence[MeasuringTerms]],
    units: Mapping[int, Sequence[int]],
    published: Sequence[ProgressReport],
    *,
    by: User,
) -> list[ClosingLine]:
    """The lines of WINDOWS, which are closed by it, each on its day. Nothing is saved.

    UNITS: the ids of those that answer, by element. PUBLISHED: earlier revisions first.
    """
    lines: list[ClosingLine] = []
    for window in windows:
        closed_at = closing_of(window)
        newest = {
            report.element_id: report
            for report in published
            if report.semester == window.semester
            and report.published_at
            and report.published_at <= closed_at
        }
        terms_of = {pk: in_force(each, closed_at.date()) for pk, each in versions_of.items()}
        kinds = {pk: terms.kind for pk, terms in terms_of.items() if terms}
        lines += closing_lines(window, elements, newest, units, kinds)
        window.closed_at, window.closed_by = closed_at, by
    return lines
