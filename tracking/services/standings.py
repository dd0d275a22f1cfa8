"""Keep the standings: counted anew whenever something that they count is published.

Whoever changes what they count calls `recount` in the same transaction, after
`MunicipalityQuerySet.let_pages_know`: that holds the municipality's row until the commit, so that
two publications at once count one after the other, and the second sees what the first wrote.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import Signal, Stage
from tracking.measuring.due import DuePromise, Reported, Windows, due_in, windows_of
from tracking.measuring.entry import kind_of
from tracking.measuring.tally import tally
from tracking.models import ProgressReport, Standing, Support

BATCH = 500


class Scope(NamedTuple):
    """What one standing counts; with neither dimension nor unit, the whole plan."""

    semester: Semester
    dimension: str
    unit_id: int | None
    level: str


def recount(plan: Plan, semesters: Collection[Semester] | None = None) -> None:
    """Write the standings of PLAN in SEMESTERS, or in its whole term, as it stands now.

    Nine queries at most, and one more for each 500 rows beyond the first. Call in a transaction.
    """
    chosen = Semester.all_of(plan.term) if semesters is None else semesters
    rows = standings_of(Plan.objects.get(pk=plan.pk), chosen)
    Standing.objects.filter(plan=plan, semester__in=chosen).delete()
    Standing.objects.bulk_create(rows, BATCH)


def wrong_standings(plan: Plan) -> int:
    """How many standings of PLAN are missing, too many, or do not say what they should."""
    stored = {_scope_of(row): _counts_of(row) for row in Standing.objects.filter(plan=plan)}
    rows = standings_of(plan, Semester.all_of(plan.term))
    wanted = {_scope_of(row): _counts_of(row) for row in rows}
    return sum(stored.get(scope) != wanted.get(scope) for scope in stored.keys() | wanted.keys())


def _scope_of(row: Standing) -> Scope:
    return Scope(row.semester, row.dimension, row.unit_id, row.level)


def _counts_of(row: Standing) -> dict[str, Any]:
    names = [field.attname for field in Standing._meta.concrete_fields if not field.primary_key]
    return {name: getattr(row, name) for name in names}


def standings_of(plan: Plan, semesters: Collection[Semester]) -> list[Standing]:
    """The standings of PLAN in SEMESTERS, from what is published and closed by now; not saved."""
    groups: dict[Scope, list[DuePromise]] = defaultdict(list)
    for semester, promise in _due(plan, semesters):
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


def _scopes(semester: Semester, promise: DuePromise) -> Iterator[Scope]:
    yield Scope(semester, "", None, promise.level)
    if promise.dimension:
        yield Scope(semester, promise.dimension, None, promise.level)
    for unit_id in promise.units:
        yield Scope(semester, "", unit_id, promise.level)


def _due(plan: Plan, semesters: Collection[Semester]) -> Iterator[tuple[Semester, DuePromise]]:
    """Each promise that was due in each of SEMESTERS, with what was reported of it."""
    windows = windows_of(plan, semesters)
    reports = _reports(plan, windows)
    for semester, promises in due_in(plan, windows).items():
        for promise in promises:
            kind, report = reports.get((promise.element_id, semester), (promise.kind, None))
            yield semester, promise._replace(kind=kind, report=report)


def _reports(plan: Plan, windows: Windows) -> dict[tuple[int, Semester], tuple[str, Reported]]:
    """The newest published report of each element and semester, with its kind. One query.

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
            *("stage", "signal", "progress", "is_supported", "halted_since"),
        )
    )
    sent_on: dict[tuple[int, Semester], dt.date] = {}
    newest: dict[tuple[int, Semester], tuple[str, Reported]] = {}
    for element_id, level, semester, revision, sent_at, stated, *counted, halted_since in rows:
        stage, signal, percent, is_supported = counted
        key = (element_id, semester)
        first = sent_on.setdefault(key, timezone.localdate(sent_at))
        newest[key] = (
            kind_of(level, stated),
            Reported(
                stage=Stage(stage),
                signal=Signal(signal),
                progress=percent,
                is_punctual=not windows[semester].is_past_due(first),
                is_supported=is_supported,
                is_corrected=revision > 1,
                is_halted=halted_since is not None,
            ),
        )
    return newest
