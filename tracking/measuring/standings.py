"""What the standings of a plan should be, from what is published and closed."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import Signal, Stage
from tracking.measuring.due import DuePromise, Reported, Windows, due_in, windows_of
from tracking.measuring.entry import kind_of
from tracking.measuring.tally import tally
from tracking.measuring.verdicts import Known, is_lasting, verdict
from tracking.models import ClosedTotal, ProgressReport, SemesterWindow, Standing, Support

FIGURES = ("asked", "reported", "punctual", "supported")
"""Those of a standing that are added up."""


class Scope(NamedTuple):
    """What one standing counts; with neither dimension nor unit, the whole plan."""

    semester: Semester
    dimension: str
    unit_id: int | None
    level: str


def wrong_standings(plan: Plan) -> int:
    """How many standings of PLAN are missing, too many, or do not say what they should.

    Their sum, too, if it is another than that of the standings that are there.
    """
    stored = {_scope_of(row): _counts_of(row) for row in Standing.objects.filter(plan=plan)}
    rows = standings_of(plan, Semester.all_of(plan.term))
    wanted = {_scope_of(row): _counts_of(row) for row in rows}
    wrong: int = sum(
        stored.get(scope) != wanted.get(scope) for scope in stored.keys() | wanted.keys()
    )
    kept = ClosedTotal.objects.filter(plan=plan).values(*FIGURES).first()
    return wrong + int(kept != closed_sums(plan))


def _scope_of(row: Standing) -> Scope:
    return Scope(row.semester, row.dimension, row.unit_id, row.level)


def _counts_of(row: Standing) -> dict[str, Any]:
    names = [field.attname for field in Standing._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names}


def standings_of(plan: Plan, semesters: Collection[Semester]) -> list[Standing]:
    """The standings of PLAN in SEMESTERS, from what is published and closed by now; not saved."""
    groups: dict[Scope, list[DuePromise]] = defaultdict(list)
    for semester, promise in _due(plan):
        if semester in semesters:
            for scope in _scopes(semester, promise):
                groups[scope].append(promise)
    return [
        Standing(
            plan=plan,
            municipality_id=plan.municipality_id,
            simulated=plan.simulated,
            **scope._asdict(),
            **tally(group),
        )
        for scope, group in groups.items()
    ]


def closed_sums(plan: Plan) -> dict[str, int] | None:
    """FIGURES of PLAN's standings as they are kept, added up over its closed semesters.

    None where nothing was asked by then. One query.
    """
    closed = SemesterWindow.objects.filter(
        municipality=plan.municipality_id, semester=OuterRef("semester"), closed_at__isnull=False
    )
    rows = Standing.objects.filter(Exists(closed), plan=plan, dimension="", unit=None)
    sums: dict[str, Any] = rows.aggregate(**{f"all_{name}": Sum(name) for name in FIGURES})
    return {name: sums[f"all_{name}"] for name in FIGURES} if sums["all_asked"] else None


def _scopes(semester: Semester, promise: DuePromise) -> Iterator[Scope]:
    yield Scope(semester, "", None, promise.level)
    if promise.dimension:
        yield Scope(semester, promise.dimension, None, promise.level)
    for unit_id in promise.units:
        yield Scope(semester, "", unit_id, promise.level)


def _due(plan: Plan) -> Iterator[tuple[Semester, DuePromise]]:
    """Each promise that was due in each semester, in order, with what is known of it by then."""
    windows = windows_of(plan)
    reports = _reports(plan, windows)
    last = Semester(plan.last_year, 2)
    known: dict[int, Known] = {}
    for semester, promises in due_in(plan, windows).items():
        reported = reports.get(semester, {})
        is_final = semester == last
        known |= {pk: _known_by(each, is_final=is_final) for pk, (_kind, each) in reported.items()}
        for promise in promises:
            kind, report = reported.get(promise.element_id, (promise.kind, None))
            before = known.get(promise.element_id, Known())
            after = before if report else before._replace(silent=before.silent + 1)
            known[promise.element_id] = after
            yield (
                semester,
                promise._replace(
                    kind=kind, report=report, awaited=verdict(before), verdict=verdict(after)
                ),
            )


def _known_by(report: Reported, *, is_final: bool) -> Known:
    return Known(
        stage=report.stage,
        signal=report.signal,
        is_halted=report.is_halted,
        is_lasting=report.is_lasting,
        is_final=is_final,
    )


def _reports(plan: Plan, windows: Windows) -> dict[Semester, dict[int, tuple[str, Reported]]]:
    """The newest published report of each semester and element, with its kind. One query.

    It is punctual if its first revision was sent by its day: a correction does not make it late.
    """
    sustained = Exists(Support.objects.filter(report=OuterRef("pk")))
    rows = (
        ProgressReport.objects.published()
        .filter(plan=plan, semester__in=windows)
        .annotate(is_supported=sustained, stated=Coalesce("terms__kind", Value("")))
        .order_by("revision")
        .values_list(
            *("element_id", "element__level", "semester", "revision", "submitted_at", "stated"),
            *("stage", "signal", "progress", "is_supported", "halted_since", "terms__direction"),
        )
    )
    sent_on: dict[tuple[int, Semester], dt.date] = {}
    newest: dict[Semester, dict[int, tuple[str, Reported]]] = defaultdict(dict)
    for element_id, level, semester, revision, sent_at, stated, *counted in rows:
        stage, signal, percent, is_supported, halted_since, direction = counted
        first = sent_on.setdefault((element_id, semester), timezone.localdate(sent_at))
        newest[semester][element_id] = (
            kind_of(level, stated),
            Reported(
                stage=Stage(stage),
                signal=Signal(signal),
                progress=percent,
                is_punctual=not windows[semester].is_past_due(first),
                is_supported=is_supported,
                is_corrected=revision > 1,
                is_halted=halted_since is not None,
                is_lasting=is_lasting(stated, direction),
            ),
        )
    return newest
