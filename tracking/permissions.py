"""What each person may report on: the one way from a person to an element of the plan."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.http import Http404
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Membership, Municipality, User
from plans.models import Plan, PlanElement, Responsibility
from plans.querysets import holds_year
from plans.semester import Semester
from tracking.models import ProgressReport, SemesterWindow, Support
from tracking.querysets import SupportQuerySet


def plan_of(municipality: Municipality, semester: Semester) -> Plan:
    """The published plan of MUNICIPALITY whose term holds SEMESTER. Http404 without one."""
    plans = (
        Plan.objects.published().in_force().of_year(semester.year).filter(municipality=municipality)
    )
    plan: Plan | None = plans.first()
    if plan is None:
        raise Http404(_("No hay un plan de %s para ese semestre.") % municipality)
    plan.municipality = municipality
    return plan


def roles_in(user: User, municipality: Municipality) -> list[Role]:
    held = user.current_memberships
    return [Role(each.role) for each in held if each.municipality_id == municipality.pk]


def unit_ids(user: User, municipality: Municipality) -> frozenset[int]:
    """The units of MUNICIPALITY for which USER reports."""
    return frozenset(
        each.unit_id
        for each in user.current_memberships
        if each.role == Role.REPORTER
        and each.municipality_id == municipality.pk
        and each.unit_id is not None
    )


def stood_in_for(by: User, elements: Iterable[int]) -> dict[int, User]:
    """By its id, for whom BY writes on each of ELEMENTS: whom they stand in for today.

    Nothing for what their own units answer for, nor where nobody lends them anything: then it asks
    for nothing. Else one query.
    """
    lent = {each.unit_id: each.lent_by for each in by.current_memberships if each.lent_by}
    if not lent:
        return {}
    own = {each.unit_id for each in by.current_memberships if not each.lent_by}
    units_of: defaultdict[int, list[int]] = defaultdict(list)
    rows = Responsibility.objects.filter(element__in=elements).order_by("pk")
    for element, unit in rows.values_list("element_id", "unit_id"):
        units_of[element].append(unit)
    return {
        element: next(absent for unit in units if (absent := lent.get(unit)))
        for element, units in units_of.items()
        if not own.intersection(units) and lent.keys() & set(units)
    }


def with_ownership(
    elements: QuerySet[PlanElement], user: User, municipality: Municipality
) -> QuerySet[PlanElement]:
    """ELEMENTS of MUNICIPALITY's plan, each with ``is_mine``: whether USER may write its reports.

    Planning writes on all of them; who reports for units, on those that their units answer for;
    anybody else on none.
    """
    if Role.PLANNING in roles_in(user, municipality):
        return elements.annotate(is_mine=Value(value=True))
    answered = Responsibility.objects.filter(
        element=OuterRef("pk"), unit__in=unit_ids(user, municipality)
    )
    return elements.annotate(is_mine=Exists(answered))


def own(elements: QuerySet[PlanElement]) -> QuerySet[PlanElement]:
    """Those of ELEMENTS, from `with_ownership`, whose reports its user may write."""
    return elements.filter(Q(is_mine=True))


def element_to_read(
    user: User, municipality: Municipality, semester: Semester, ref: str
) -> PlanElement:
    """The element REF of the plan that holds SEMESTER, with ``is_reportable`` and ``is_mine``.

    What was withdrawn is still read: what was published of it stays, and may have to be withheld.
    Nobody writes on it. Http404 where there is none, also in another municipality. One query.
    """
    elements = (
        PlanElement.objects.published()
        .in_force()
        .filter(holds_year(semester.year, "plan__"), plan__municipality=municipality, ref=ref)
        .with_reportability()
        .select_related("plan")
        .defer("search")
    )
    element: Any = with_ownership(elements, user, municipality).first()
    if element is None:
        raise Http404(_("El plan no tiene un elemento %s.") % ref)
    element.plan.municipality = municipality
    element.is_mine = element.is_mine and not element.is_withdrawn
    readable: PlanElement = element
    return readable


def element_to_report(
    user: User, municipality: Municipality, semester: Semester, ref: str
) -> PlanElement:
    """The same, for somebody who writes its report: PermissionDenied where USER may not."""
    element: Any = element_to_read(user, municipality, semester, ref)
    if element.is_withdrawn:
        raise Http404(_("%s se retiró del plan: ya no se informa.") % ref)
    if not element.is_mine:
        raise PermissionDenied(_("Ese elemento es de otra unidad orgánica."))
    writable: PlanElement = element
    return writable


def reports_to_write(user: User, municipality: Municipality) -> QuerySet[ProgressReport]:
    """The reports of MUNICIPALITY that are on their way, of elements on which USER writes."""
    elements = PlanElement.objects.published().in_force().current()
    elements = elements.filter(plan__municipality=municipality)
    mine = own(with_ownership(elements, user, municipality))
    reports: QuerySet[ProgressReport] = ProgressReport.objects.open().filter(
        municipality=municipality, element__in=mine.values("pk")
    )
    return reports


def supports_to_pick(user: User, report: ProgressReport) -> SupportQuerySet:
    """What USER may sustain REPORT with that is kept already: one row for each file or link.

    Of any semester and any report on which they write, their unit's or, for planning, anybody's;
    neither what was withheld nor what the report has. Each with its report and its element.
    """
    municipality = report.municipality
    elements = PlanElement.objects.published().in_force().filter(plan__municipality=municipality)
    mine = own(with_ownership(elements, user, municipality))
    rows = Support.objects.filter(
        report__municipality=municipality,
        report__simulated=report.simulated,
        report__element__in=mine.values("pk"),
    ).exclude(sha256__in=report.supports.values("sha256"))
    newest = rows.order_by("sha256", "-pk").distinct("sha256")
    offered: SupportQuerySet = Support.objects.filter(pk__in=newest.values("pk"))
    return offered.not_withheld().select_related("report__element").order_by("-added_at", "-pk")


def others_who_review(municipality: Municipality, by: User) -> bool:
    """Whether somebody else than BY may review in MUNICIPALITY."""
    return bool(reviewers_of(municipality.pk) - {by.pk})


def reviewers_of(municipality_id: int) -> frozenset[int]:
    """Ids of those who review in that municipality."""
    reviewers = Membership.objects.working(Role.PLANNING).filter(municipality=municipality_id)
    return frozenset(reviewers.values_list("user_id", flat=True))


def window_of(municipality: Municipality, semester: Semester) -> SemesterWindow | None:
    return SemesterWindow.objects.filter(municipality=municipality, semester=semester).first()


def trouble_entering(plan: Plan, window: SemesterWindow | None) -> str:
    """Why nothing can be written, as a sentence; "" where it can, also before it opens."""
    if not plan.takes_reports:
        return _(
            "Solo se informa sobre el plan de una autoridad elegida. Registre la condición de "
            "este plan, con su fuente, o léalo como archivo."
        )
    if window is None:
        return _("Este semestre no tiene plazos: planificación los registra en «Semestres».")
    return ""


def trouble_sending(window: SemesterWindow | None, *, at: dt.date) -> str:
    """Why what was prepared can be neither sent to review nor published on the day AT; "" if not.

    Notes, supports and drafts may be there before a semester opens: they are of those who write
    them, and nothing of them is public.
    """
    if window is None or at >= window.opens_on:
        return ""
    sentence = _(
        "Este semestre se abre el %s: puede preparar borradores y sustentos, y enviarlos desde ese "
        "día."
    )
    return sentence % date_format(window.opens_on)


def trouble_reminding(window: SemesterWindow | None, *, at: dt.date) -> str:
    """Why nobody can be reminded of WINDOW on the day AT, as a sentence; "" where they can."""
    if window is None:
        return _("Este semestre no tiene plazos.")
    if window.is_closed:
        return _("El semestre %s ya se cerró.") % window.semester
    if at < window.opens_on:
        return _("Se puede recordar desde el %s, cuando se abre.") % date_format(window.opens_on)
    return ""


def unopened(reports: Iterable[ProgressReport], *, at: dt.date) -> dict[int, str]:
    """Those of REPORTS, by id, whose semester opens only after AT, and why they wait. One query."""
    reports = list(reports)
    windows = SemesterWindow.objects.filter(
        municipality__in={each.municipality_id for each in reports},
        semester__in={each.semester for each in reports},
        opens_on__gt=at,
    )
    waiting = {(each.municipality_id, each.semester): each for each in windows}
    return {
        each.pk: trouble_sending(waiting[each.municipality_id, each.semester], at=at)
        for each in reports
        if (each.municipality_id, each.semester) in waiting
    }
