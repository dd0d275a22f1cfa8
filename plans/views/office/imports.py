"""How a plan comes in: what is sent, how far it is, what is said of it as a whole."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page, sheet_to_fill
from accounts.sent_numbers import number_in
from plans.choices import ImportState
from plans.drafting import LOOKED_AT, Desk
from plans.forms.imports import AboutForm, SendForm
from plans.forms.mending import HeadingForm, Step
from plans.importers.mending import steps
from plans.importers.mending.arranging import MendRefused
from plans.importers.outline import DoubtKind
from plans.importers.sheet.template import template
from plans.models import PlanImport
from plans.services.imports import ImportChanged, begin, choose, describe, drop_import, plan_of
from plans.services.mending import ChangedMeanwhile, mend, undoable
from plans.term import Term
from plans.views.office.lookup import import_of, told_over
from plans.views.office.steps import Looked

LOOK_AGAIN: Final = 5  # seconds after which a page of a file that is being read asks again
PAGE_SIZE: Final = 200
STEPS_SHOWN: Final = 20
OVER: Final = (ImportState.PUBLISHED, ImportState.DROPPED)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def imports(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    is_sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if is_sent else (request.kept, None)
    form = SendForm(data, files, municipality=municipality)
    if is_sent and form.is_valid():
        begun = begin(form.draft, form.content, by=request.user)
        return redirect("office_plans:import", slug=municipality.slug, pk=begun.pk)
    rows = PlanImport.objects.filter(municipality=municipality).light().select_related("by", "plan")
    context = {
        "municipality": municipality,
        "form": form,
        "term": Term.to_prepare(timezone.localdate()),
        "under_way": list(rows.exclude(state__in=OVER)),
        "published": rows.filter(state=ImportState.PUBLISHED)[:5],
    }
    return form_page(request, "plans/imports/imports.html", context)


@require_safe
@office_page("plan.edit")
def form_to_fill(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    """The sheet of the electoral form, to be filled in and sent back."""
    return sheet_to_fill(template(term), f"plan-{municipality.slug}-{term}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def draft(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """One page at each address: how far it is, or what was understood."""
    found = import_of(municipality, pk)
    if request.method == "POST":
        return _chosen(request, found) if found.lists else _mend_the_whole(request, found)
    context: dict[str, Any] = {"municipality": municipality, "draft": found}
    if not found.is_ready:
        if found.state == ImportState.PUBLISHED and found.plan:
            context["published"] = found.plan
        response = render(request, "plans/imports/state.html", context)
        if found.is_waiting:
            response["Refresh"] = str(LOOK_AGAIN)
        return response
    desk = Desk(found)
    context |= {
        "desk": desk,
        "looked": [Looked(desk, row) for row in desk.to_look_at[:LOOKED_AT]],
        "more": max(len(desk.to_look_at) - LOOKED_AT, 0),
        "page": Paginator(desk.rows, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "last": undoable(found),
        "heading": HeadingForm(),
        "steps": found.steps.select_related("by").defer("before")[:STEPS_SHOWN],
        "plan_there": desk.plan,
    }
    return render(request, "plans/imports/draft.html", context)


def _chosen(request: OfficeRequest, found: PlanImport) -> HttpResponse:
    """Whose plan is meant of those that the file holds."""
    try:
        choose(found, request.POST.get("lista", ""))
    except ImportChanged:
        messages.error(request, _("Elija una de las listas que trae el archivo."))
    return redirect(request.path)


def _mend_the_whole(request: OfficeRequest, found: PlanImport) -> HttpResponse:
    """A step that is of no single item which is there: see `_whole_step`."""
    try:
        if not found.is_ready:
            raise ImportChanged
        step = _whole_step(request.POST, Desk(found))
        mend(
            found.pk, step.change, step.words, keys=step.also, by=request.user, seen=found.revision
        )
        messages.success(request, _("%s. Se puede deshacer.") % step.words)
    except (MendRefused, ChangedMeanwhile, ImportChanged) as refused:
        messages.error(request, str(refused) or _("El borrador ya se publicó o se descartó."))
    return redirect(f"{request.path}#por-mirar")


def _whole_step(given: QueryDict, desk: Desk) -> Step:
    """To take back what was dropped, put a heading, settle a doubt of the source or all alike.

    Raises MendRefused for what is none of them, or is not there any more.
    """
    form = HeadingForm(given)
    if form.is_valid():
        return form.step()
    restored, settled, alike = (given.get(name, "") for name in ("restore", "settle", "alike"))
    doubts = desk.kept.outline.doubts
    if (key := number_in(restored)) is not None:
        words = _("Recuperó un texto descartado")
        return Step(lambda kept: steps.restore(kept, key), words, (key,))
    if doubt := next((each for each in doubts if each.reason == settled), None):
        words = _("Está bien así: %s") % doubt.reason.rstrip(".")
        return Step(lambda kept: steps.settle(kept, None, doubt), words)
    if alike in DoubtKind.values:
        words = _("Están bien así todos: %s") % DoubtKind(alike).label
        return Step(lambda kept: steps.settle_alike(kept, alike), words)
    raise MendRefused(_("Eso ya no está por mirar: así está ahora el borrador."))


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def about(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    found = import_of(municipality, pk)
    if not found.is_ready:
        return told_over(request, found)
    plan = plan_of(found)
    is_sent = request.method == "POST"
    form = AboutForm(request.POST if is_sent else request.kept, draft=found, plan=plan)
    if is_sent and form.is_valid():
        try:
            describe(found, by=request.user)
        except ImportChanged:
            messages.error(request, _("El borrador ya se publicó o se descartó."))
        else:
            messages.success(request, _("Se guardó lo que se dice del plan."))
        return redirect("office_plans:import", slug=municipality.slug, pk=pk)
    context = {"municipality": municipality, "draft": found, "form": form, "plan_there": plan}
    return form_page(request, "plans/imports/about.html", context)


@office_page("plan.edit")
@button_on("office_plans:import", "pk")
def drop(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    found = import_of(municipality, pk)
    try:
        drop_import(found.pk, by=request.user)
    except ImportChanged:
        messages.error(request, _("El borrador ya se publicó o se descartó."))
    else:
        words = _("Se descartó el borrador de «%s». Lo publicado no cambió.")
        messages.success(request, words % found.file_name)
    return redirect("office_plans:imports", slug=municipality.slug)
