"""What is due of whom: each promise that is, or was, to be reported in a semester."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import NamedTuple

from plans.answering import units_answering
from plans.models import MeasuringTerms, Plan
from plans.semester import Semester
from tracking.choices import Signal, Stage, Verdict
from tracking.measuring.entry import kind_of
from tracking.models import ClosingLine, SemesterWindow

Windows = Mapping[Semester, SemesterWindow]


class Reported(NamedTuple):
    """What the newest published report of one element in one semester says."""

    stage: Stage
    signal: Signal
    progress: Decimal | None
    is_punctual: bool
    is_supported: bool
    is_corrected: bool
    is_halted: bool
    is_lasting: bool


class DuePromise(NamedTuple):
    """One element that is, or was, to be reported in one semester. ``kind``: how it is measured.

    ``units`` are the ids of those that answer for it; ``report`` is None where it was silent, and
    until somebody looks for it. ``awaited`` is how it goes while that report may still come,
    ``verdict`` once it is due: they differ only where there is none.
    """

    element_id: int
    level: str
    dimension: str
    units: tuple[int, ...]
    kind: str
    report: Reported | None = None
    awaited: Verdict = Verdict.AHEAD
    verdict: Verdict = Verdict.AHEAD


def windows_of(plan: Plan, semesters: Collection[Semester] | None = None) -> Windows:
    """The days of each of SEMESTERS, of PLAN's whole term by default, in order. One query."""
    chosen = Semester.all_of(plan.term) if semesters is None else semesters
    rows = SemesterWindow.objects.filter(
        municipality=plan.municipality_id, semester__in=chosen
    ).order_by("semester")
    return {window.semester: window for window in rows}


def due_in(plan: Plan, windows: Windows) -> dict[Semester, list[DuePromise]]:
    """What is due of PLAN in each semester of WINDOWS. One query, or four where one is open.

    A closing fixed it; until then it is what the plan asks today, if it takes reports.
    """
    fixed = _fixed(plan, windows)
    is_open = any(not window.is_closed for window in windows.values())
    current = _current(plan) if is_open and plan.takes_reports else []
    return {
        semester: fixed.get(semester, []) if window.is_closed else current
        for semester, window in windows.items()
    }


def _fixed(plan: Plan, windows: Windows) -> dict[Semester, list[DuePromise]]:
    rows = ClosingLine.objects.filter(window__in=windows.values(), element__plan=plan)
    promises: dict[Semester, list[DuePromise]] = defaultdict(list)
    for semester, element_id, level, dimension, units, kind in rows.values_list(
        "window__semester", "element_id", "element__level", "element__dimension", "units", "kind"
    ):
        promises[semester].append(DuePromise(element_id, level, dimension, tuple(units), kind))
    return promises


def _current(plan: Plan) -> list[DuePromise]:
    units, kinds = units_answering(plan), kinds_in_force(plan)
    rows = plan.elements.reportable().values_list("pk", "level", "dimension")
    return [
        DuePromise(
            pk,
            level,
            dimension,
            tuple(units.get(pk, ())),
            kind_of(level, kinds.get(pk, "")),
        )
        for pk, level, dimension in rows
    ]


def kinds_in_force(plan: Plan) -> dict[int, str]:
    """The kind that the newest terms state of each element of PLAN, by its id. One query."""
    terms = MeasuringTerms.objects.filter(element__plan=plan).in_force()
    return dict(terms.values_list("element_id", "kind"))
