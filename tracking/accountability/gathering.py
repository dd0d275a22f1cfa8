"""Put together what a semester's report says, from what is published on the day of its issue."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils import timezone

from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.accountability.answering import answering_for
from tracking.accountability.content import (
    Content,
    Counted,
    HearingSaid,
    LogSaid,
    Place,
    PlanSaid,
    Replaced,
    Rules,
)
from tracking.accountability.copied import copied, days_of
from tracking.accountability.promises import promises_of
from tracking.measuring import progress
from tracking.measuring.schedule import LATE_GAP, ON_TIME_GAP
from tracking.models import (
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
    Standing,
)
from tracking.models.ledger import GENESIS
from tracking.public.figures.balance import Balance, balances
from tracking.public.figures.changes import Changes
from tracking.public.figures.overview import Overview, overview_of
from tracking.reading.addresses import absolute
from tracking.reading.spending import expenditures_up_to, spending_by_year
from tracking.transparency.heads import newest_head
from tracking.transparency.keys import verifiers

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
    hearing: HearingSaid | None = None
    replaces: Replaced | None = None


def content_of(plan: Plan, window: SemesterWindow, particulars: Particulars) -> Content:
    """The report on the semester of WINDOW, closed, with its PARTICULARS. Nineteen queries.

    PLAN is published, with its municipality. Of the term it tells no more than up to that semester.
    """
    semester: Semester = window.semester
    today = timezone.localdate(particulars.at)
    overview = overview_of(
        plan, {"semestre": str(semester)}, at=today, also=_asked_or_reported(plan, window)
    )
    head = LedgerEntry.objects.filter(municipality=plan.municipality_id).order_by("-number").first()
    spending = expenditures_up_to(plan, semester, at=accounted_on(plan, window, at=today))
    activities = {
        element.pk
        for element in overview.elements
        if element.level == Level.ACTIVITY and overview.is_asked(semester, element)
    }
    changes = overview.changes
    return Content(
        municipality=copied(Place, plan.municipality),
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
        log=_log(),
        days=days_of(window),
        rules=Rules(
            on_time_gap=ON_TIME_GAP,
            late_gap=LATE_GAP,
            mean_coverage=progress.MEAN_COVERAGE,
        ),
        foreword=particulars.foreword,
        projection=particulars.projection,
        projection_year=particulars.projection_year,
        projected_on=particulars.projected_on,
        answering=answering_for(plan, at=today),
        hearing=particulars.hearing,
        replaces=particulars.replaces,
        standings=list(_standings(overview, semester)),
        changed_since=str(changes.since) if changes else "",
        changes=_changes(changes),
        endings=overview.endings,
        spending=spending_by_year(spending, activities),
        promises=promises_of(overview, window, spending),
    )


def accounted_on(plan: Plan, window: SemesterWindow, *, at: dt.date) -> dt.date:
    """The day on which the semester of WINDOW is told: AT, when it is issued.

    What is simulated is issued years later: it is told as of the day when its semester was closed.
    """
    return days_of(window).closed_on if plan.simulated else at


def _asked_or_reported(plan: Plan, window: SemesterWindow) -> set[int]:
    """The ids of what was asked or reported in the semester, should it be withdrawn by now.

    With all that they hung from, so that each stands in its place.
    """
    asked = ClosingLine.objects.filter(window=window, element__plan=plan)
    reported = ProgressReport.objects.published().filter(plan=plan, semester=window.semester)
    listed = set(asked.values_list("element", flat=True).union(reported.values_list("element")))
    parents = dict(plan.elements.values_list("pk", "parent"))
    for pk in list(listed):
        above = parents[pk]
        while above and above not in listed:
            listed.add(above)
            above = parents[above]
    return listed


def _log() -> LogSaid | None:
    head = newest_head()
    if head is None:
        return None
    keys = [str(key) for key in verifiers()]
    return LogSaid(size=head.size, root=head.root, checkpoint=head.note, keys=keys)


def _plan(plan: Plan) -> PlanSaid:
    return copied(
        PlanSaid,
        plan,
        term=str(plan.term),
        document=plan.document.title,
        document_sha256=plan.document.sha256,
        page=absolute(plan.get_absolute_url()),
    )


def _changes(changes: Changes[PlanElement] | None) -> dict[str, list[str]]:
    if changes is None:
        return {}
    refs_of = {name: [each.ref for each in getattr(changes, name)] for name in CHANGES}
    return {name: refs for name, refs in refs_of.items() if refs}


def _standings(overview: Overview, semester: Semester) -> Iterator[Counted]:
    """The whole plan up to SEMESTER; its dimensions and its units in SEMESTER alone."""
    for when, rows in overview.by_semester.items():
        if when <= semester:
            yield from (_counted(row) for row in rows)
    for dimension, rows in overview.dimensions:
        yield from (_counted(row, dimension=dimension.value) for row in rows)
    of_units = Standing.objects.filter(plan=overview.plan, semester=semester, unit__isnull=False)
    by_unit: dict[int, list[Standing]] = defaultdict(list)
    for standing in of_units:
        by_unit[standing.unit_id or 0].append(standing)
    for unit in sorted(overview.units.values(), key=lambda each: each.name):
        by_semester = balances(by_unit[unit.pk], overview.windows, at=overview.at)
        for row in by_semester.get(semester, []):
            yield _counted(row, unit=unit.name)


def _counted(balance: Balance, *, dimension: str = "", unit: str = "") -> Counted:
    row = balance.standing
    silence = balance.silence.value
    return copied(
        Counted,
        row,
        semester=str(row.semester),
        dimension=dimension,
        unit=unit,
        silence=silence,
        stages={state: n for state, n in balance.counts.items() if state != silence},
        signals={signal.value: n for signal, n in balance.signals.items()},
    )
