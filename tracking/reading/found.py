"""Find promises by how they stand: the questions of a search, put to the database."""

import datetime as dt
from typing import Final

from django.db.models import CharField, Exists, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from plans.querysets import PlanElementQuerySet, takes_reports
from plans.semester import Semester
from tracking.choices import Stage
from tracking.models import ClosingLine, ProgressReport, SemesterWindow, Standing
from tracking.reading.states import SIGNALS
from tracking.reading.strips import Arrival

MOST_CHARACTERS: Final = 200
"""More than anybody types."""

SEARCHED: Final = (*Stage.values, Arrival.MISSING.value)
"""The states that a search knows; what is only awaited is nowhere to be found."""


def with_newest(elements: PlanElementQuerySet, semester: Semester | None) -> PlanElementQuerySet:
    """Each with ``stage``, ``signal``, ``semester`` and ``as_of`` of its newest published report.

    In SEMESTER alone where one is given; None where there is no such report.
    """
    reports = ProgressReport.objects.published().filter(element=OuterRef("pk"))
    if semester:
        reports = reports.filter(semester=semester)
    newest = reports.order_by("-semester", "-revision")
    rows: PlanElementQuerySet = elements.annotate(
        **{
            name: Subquery(newest.values(name)[:1])
            for name in ("stage", "signal", "semester", "as_of")
        }
    )
    return rows


def standing_as(
    elements: PlanElementQuerySet,
    state: str,
    signal: str,
    semester: Semester | None,
    *,
    at: dt.date,
) -> PlanElementQuerySet:
    """Those of ELEMENTS, as `with_newest` gives them, that stand in STATE and have SIGNAL.

    "" leaves one out; what is unknown finds nothing. "sin-informe" are those that had to be
    reported by the day AT, in SEMESTER or ever, and were not.
    """
    if state == Arrival.MISSING:
        elements = _missing(elements, semester, at)
    elif state:
        elements = elements.filter(stage=state)
    if signal:
        elements = elements.filter(signal=SIGNALS.get(signal, ""))
    return elements


def _missing(
    elements: PlanElementQuerySet, semester: Semester | None, at: dt.date
) -> PlanElementQuerySet:
    closed = ClosingLine.objects.filter(element=OuterRef("pk"))
    late = SemesterWindow.objects.filter(
        municipality=OuterRef("plan__municipality"),
        closed_at=None,
        due_on__lt=at,
        semester__gte=_semester_of("plan__first_year", "-I"),
        semester__lte=_semester_of("plan__last_year", "-II"),
    )
    if semester:
        closed, late = closed.filter(window__semester=semester), late.filter(semester=semester)
    return (
        elements.with_reportability()
        .filter(stage=None)
        .filter(Exists(closed) | (takes_reports("plan__") & Q(is_reportable=True) & Exists(late)))
    )


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
