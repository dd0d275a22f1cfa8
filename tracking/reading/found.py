"""Find promises by how they stand: the questions of a search, put to the database."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat

from plans.choices import Level
from plans.models import Plan
from plans.querysets import PlanElementQuerySet, looked_up
from plans.semester import Semester
from tracking.choices import Stage
from tracking.models import ClosingLine, NewestReport, ProgressReport, SemesterWindow, Standing
from tracking.querysets import ProgressReportQuerySet
from tracking.reading.strips import Arrival

MOST_CHARACTERS: Final = 200
"""More than anybody types."""

SEARCHED: Final = (*Stage.values, Arrival.MISSING.value)
"""The states that a search knows; what is only awaited is nowhere to be found."""

ASKED: Final = (Level.ACTIVITY, Level.TARGET, Level.OBJECTIVE, Level.GUIDELINE)
"""The levels of which a report can be asked (`PlanElementQuerySet.with_reportability`)."""

TOLD: Final = ("stage", "signal", "semester", "as_of")
"""What is told of the newest report of an element, wherever it is listed."""


def with_newest(elements: PlanElementQuerySet, semester: Semester | None) -> PlanElementQuerySet:
    """The published of ELEMENTS, with ``stage``, ``signal``, ``semester``, ``as_of`` of the newest
    published report of each.

    In SEMESTER alone where one is given; None where there is no such report.
    """
    rows: PlanElementQuerySet = elements.published()
    if semester is None:
        rows = rows.annotate(**{name: F(f"newest__{name}") for name in TOLD})
    else:
        newest = _reports_in(semester).order_by("-revision")
        rows = rows.annotate(**{name: Subquery(newest.values(name)[:1]) for name in TOLD})
    return rows


def standing_as(
    elements: PlanElementQuerySet,
    state: str,
    signal: str,
    semester: Semester | None,
    *,
    at: dt.date,
) -> PlanElementQuerySet:
    """The published of ELEMENTS that stand in STATE and have SIGNAL, by their newest reports.

    "" leaves one out; what is unknown finds nothing. "sin-informe" are those that had to be
    reported by the day AT, in SEMESTER or ever, and were not; without a state, SEMESTER finds those
    that were reported in it.
    """
    rows = elements.published()
    told = {"signal": signal} if signal else {}
    if state == Arrival.MISSING:
        rows = _missing(rows, semester, at)
    elif state:
        told["stage"] = state
    if told or (semester and not state):
        rows = _telling(rows, told, semester)
    return rows


def _telling(
    elements: PlanElementQuerySet, told: Mapping[str, str], semester: Semester | None
) -> PlanElementQuerySet:
    """Those of whose newest report, in SEMESTER if one is given, all is true that is TOLD."""
    if semester is None:
        return elements.filter(**{f"newest__{name}": value for name, value in told.items()})
    reports = _reports_in(semester)
    if told:
        corrections = ProgressReport.objects.published().filter(
            element=OuterRef("element"),
            semester=semester,
            revision__gt=OuterRef("revision"),
        )
        # That a correction is no first revision is said for the database, which has them apart.
        reports = reports.filter(~Exists(corrections.filter(revision__gt=1)), **told)
    return elements.filter(Exists(reports))


def _reports_in(semester: Semester) -> ProgressReportQuerySet:
    """The published ones of an element in SEMESTER, in a query of it."""
    reports: ProgressReportQuerySet = ProgressReport.objects.published()
    return reports.filter(element=OuterRef("pk"), semester=semester)


def _missing(
    elements: PlanElementQuerySet, semester: Semester | None, at: dt.date
) -> PlanElementQuerySet:
    """Those that a closing found silent, or that are asked today while a day has passed; and of
    which nothing was reported since."""
    silences = ClosingLine.objects.filter(element=OuterRef("pk"), report=None)
    late = SemesterWindow.objects.filter(
        municipality=OuterRef("municipality"),
        closed_at=None,
        due_on__lt=at,
        semester__gte=_semester_of("first_year", "-I"),
        semester__lte=_semester_of("last_year", "-II"),
    )
    reported = Exists(NewestReport.objects.filter(element=OuterRef("pk")))
    if semester:
        silences, late = silences.filter(window__semester=semester), late.filter(semester=semester)
        reported = Exists(_reports_in(semester))
    late_plans = Plan.objects.taking_reports().filter(Exists(late)).values("pk")
    asked = Q(plan__in=late_plans, until_version=None) & elements.expected(of_few=True)
    # In this order, and each looked up for itself: what was never reported is little, of which
    # the database would first gather all silences, all that hangs below something and all terms.
    is_missing = Case(
        When(~Q(level__in=ASKED) | Q(reported), then=Value(value=False)),
        When(looked_up(silences), then=Value(value=True)),
        When(asked, then=Value(value=True)),
        default=Value(value=False),
        output_field=BooleanField(),
    )
    rows: PlanElementQuerySet = elements.alias(is_missing=is_missing)
    return rows.filter(is_missing=True)


def _semester_of(year: str, half: str) -> Concat:
    """The first or the last semester of a plan's term, as text, which sorts as time does."""
    return Concat(Cast(OuterRef(year), CharField()), Value(half))


def with_coverage(elements: PlanElementQuerySet) -> PlanElementQuerySet:
    """Each with ``covered`` and ``asked``: how much of its level was reported in its plan.

    In the ``semester`` that `with_newest` gave it.
    """
    group = Standing.objects.filter(
        plan=OuterRef("plan"),
        semester=OuterRef("semester"),
        level=OuterRef("level"),
        dimension="",
        unit=None,
    )
    rows: PlanElementQuerySet = elements.annotate(
        covered=Subquery(group.values("reported")), asked=Subquery(group.values("asked"))
    )
    return rows
