"""Fetch what planning works on by its address."""

from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.models import Plan, PlanElement, PlanImport
from plans.plan_path import PlanPath
from plans.querysets import PlanElementQuerySet
from plans.term import Term


def plan_of(municipality: Municipality, term: Term) -> Plan:
    """The published plan of MUNICIPALITY that is in force in TERM. Http404 without one."""
    return filed_plan(municipality, PlanPath(term))


def filed_plan(municipality: Municipality, path: PlanPath) -> Plan:
    """The same, also of a list whose plan is not in force."""
    plans = Plan.objects.published().at(path)
    plan: Plan = get_object_or_404(plans, municipality=municipality)
    plan.municipality = municipality
    return plan


def element_of(plan: Plan, ref: str) -> PlanElement:
    """The element REF of PLAN, if it is one that planning says how to measure, with its gaps."""
    element: PlanElement | None = listed(plan).filter(ref=ref).first()
    if element is None:
        raise Http404(_("El plan no tiene, entre lo que se mide, un elemento %s.") % ref)
    return element


def listed(plan: Plan) -> PlanElementQuerySet:
    """What planning says how to measure, in document order, each with what is still missing."""
    rows: PlanElementQuerySet = plan.elements.measurable().with_gaps()
    return rows.in_document_order().defer("search")


def next_without_kind(element: PlanElement) -> PlanElement | None:
    """The next one that takes reports and whose kind nobody has said; after the last, the first."""
    rows = listed(element.plan).filter(is_reportable=True, kind_in_force="").exclude(pk=element.pk)
    is_before = Case(When(position__lt=element.position, then=Value(1)), default=Value(0))
    following: PlanElement | None = rows.order_by(is_before, "position", "pk").first()
    return following


def import_of(municipality: Municipality, pk: int) -> PlanImport:
    """The draft PK of MUNICIPALITY, however far it is. Http404 without one."""
    rows = PlanImport.objects.without_file().select_related("by", "plan")
    found: PlanImport = get_object_or_404(rows, municipality=municipality, pk=pk)
    found.municipality = municipality
    return found


def told_over(request: HttpRequest, draft: PlanImport) -> HttpResponse:
    """Lead from a page of DRAFT, which is not to be mended (any more), to how far it is."""
    words = _("Ese borrador no está por revisar: vea abajo cómo está.")
    messages.info(request, words)
    return redirect("office_plans:import", slug=draft.municipality.slug, pk=draft.pk)
