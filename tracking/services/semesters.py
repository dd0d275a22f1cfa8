"""Set the days on which a semester is reported, and close it."""

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Municipality, User
from accounts.security import note
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tracking.ledger.kinds import CLOSINGS
from tracking.ledger.writing import enter
from tracking.measuring.closing import fingerprint, lines_of, trouble_closing
from tracking.measuring.windows import proposed_days, proposed_window
from tracking.models import ClosingLine, SemesterWindow
from tracking.services.standings import recount

LONGEST_REVIEW: Final = dt.timedelta(days=366)
"""How long after its day a semester may be left open."""


@transaction.atomic
def generate_windows(
    municipality: Municipality, term: Term, *, since: Semester | None = None
) -> int:
    """Propose a window for each semester of TERM that has none, SINCE one if given; how many.

    What comes before that has none: nobody is asked for it, and nothing of it is late.
    """
    windows = SemesterWindow.objects.filter(municipality=municipality)
    known = set(windows.values_list("semester", flat=True))
    missing = [
        each
        for each in Semester.all_of(term)
        if each not in known and (since is None or each >= since)
    ]
    rows = [proposed_window(municipality, semester, term) for semester in missing]
    SemesterWindow.objects.bulk_create(rows, ignore_conflicts=True)
    _let_it_be_known(municipality.pk, missing)
    return len(rows)


def open_semesters(*, at: dt.date) -> int:
    """Propose the windows of the terms in which reporting begins by the day AT; how many.

    In municipalities that have reported before: the first semester of all is chosen by people, for
    what came before it is not asked. Nor is what would be late on the day it is first heard of.
    """
    return sum(
        generate_windows(plan.municipality, plan.term, since=semester)
        for semester, ends_a_term in _begun(at)
        for plan in _not_opened(semester, ends_a_term=ends_a_term)
    )


def _begun(at: dt.date) -> Iterator[tuple[Semester, bool]]:
    """The semesters whose proposed days to report hold AT; and whether as the last of a term."""
    now = Semester.of(at)
    for semester, ends_a_term in ((now.previous, False), (now, True)):
        days = proposed_days(semester, ends_a_term=ends_a_term)
        if days.opens_on <= at <= days.due_on and (semester.half == 2 or not ends_a_term):
            yield semester, ends_a_term


def _not_opened(semester: Semester, *, ends_a_term: bool) -> QuerySet[Plan]:
    """The plans in force that hold SEMESTER, as their last or not, of places that lack it."""
    held = Q(first_year__lte=semester.year, last_year__gte=semester.year)
    is_last = Q(last_year=semester.year) if semester.half == 2 else Q(pk=None)
    windows = SemesterWindow.objects.filter(municipality=OuterRef("municipality"))
    reported = Exists(windows.filter(semester__lt=semester))
    lacks = ~Exists(windows.filter(semester=semester))
    plans = Plan.objects.published().in_force().filter(held, reported, lacks)
    plans = plans.filter(is_last) if ends_a_term else plans.exclude(is_last)
    return plans.select_related("municipality")


@transaction.atomic
def save_window(window: SemesterWindow) -> None:
    """Set the days of WINDOW. Raises ValidationError once its semester is closed.

    Nor may a semester be due when those who answer for it are gone: nothing of it would be late
    for as long; nor be left open for more than a year after.
    """
    stored = SemesterWindow.objects.select_for_update().get(pk=window.pk)
    if stored.is_closed:
        raise ValidationError(_("El semestre %s ya se cerró.") % stored.semester)
    if (last := _last_day_of_term(window)) and window.due_on > last:
        sentence = _("El periodo termina el %s: no puede vencer después.")
        raise ValidationError({"due_on": sentence % date_format(last)})
    if window.closes_on - window.due_on > LONGEST_REVIEW:
        raise ValidationError({"closes_on": _("Se cierra a más tardar un año después de vencer.")})
    window.full_clean()
    window.save(update_fields=["opens_on", "due_on", "closes_on"])
    _let_it_be_known(stored.municipality_id, [stored.semester])


def _last_day_of_term(window: SemesterWindow) -> dt.date | None:
    """When the term ends of the plan by which WINDOW's semester is reported, if there is one."""
    year = window.semester.year
    plans = Plan.objects.in_force().filter(municipality=window.municipality_id)
    plan = plans.filter(first_year__lte=year, last_year__gte=year).first()
    return Semester.all_of(plan.term)[-1].last_day if plan else None


@transaction.atomic
def close_semester(
    window: SemesterWindow, *, by: User, read: str | None = None
) -> list[ClosingLine]:
    """Close WINDOW: fix, for each element that was due, its report and signal, or its silence.

    Later reports and corrections are published as such; what the closing found stays. READ is the
    `fingerprint` of the lines that BY saw. Raises ValidationError before its day, with reports
    still in review, twice, or where something changed since BY read it.
    """
    stored: SemesterWindow = (
        SemesterWindow.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .get(pk=window.pk)
    )
    if trouble := trouble_closing(stored, at=timezone.localdate()):
        raise ValidationError(trouble)
    lines = lines_of(stored)
    if read is not None and read != fingerprint(lines):
        raise ValidationError(_("Algo cambió desde que lo leyó: léalo otra vez antes de cerrar."))
    ClosingLine.objects.bulk_create(lines)
    stored.closed_at, stored.closed_by = timezone.now(), by
    stored.save(update_fields=["closed_at", "closed_by"])
    _let_it_be_known(stored.municipality_id, [stored.semester])
    enter(CLOSINGS, [stored])
    where = {"municipality": stored.municipality_id, "semester": stored.semester}
    note("semester.closed", by.pk, **where)
    return lines


def _let_it_be_known(municipality_id: int, semesters: Collection[Semester]) -> None:
    """Raise the public revision, and count SEMESTERS anew in the plans that hold them."""
    Municipality.objects.filter(pk=municipality_id).let_pages_know()
    for plan in Plan.objects.published().in_force().filter(municipality=municipality_id):
        if held := set(semesters).intersection(Semester.all_of(plan.term)):
            recount(plan, held)
