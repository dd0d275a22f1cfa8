"""How a plan comes in: what is sent, how far it is, what is said of it as a whole."""

from typing import Any, Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.choices import ImportState
from plans.drafting import LOOKED_AT, Desk
from plans.forms.imports import AboutForm, SendForm
from plans.importers import mending
from plans.importers.arranging import MendRefused
from plans.models import PlanImport
from plans.services.imports import ImportChanged, begin, describe, drop_import, plan_of
from plans.services.mending import ChangedMeanwhile, mend, undoable
from plans.views.office.lookup import import_of, ready_import_of
from plans.views.office.steps import Looked

LOOK_AGAIN: Final = 5  # seconds after which a page of a file that is being read asks again
PAGE_SIZE: Final = 200
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
        "under_way": rows.exclude(state__in=OVER),
        "published": rows.filter(state=ImportState.PUBLISHED)[:5],
    }
    return render(request, "plans/imports/imports.html", context, status=422 if is_sent else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def draft(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """One page at each address: how far it is, or what was understood."""
    found = import_of(municipality, pk)
    if request.method == "POST":
        return _mend_the_whole(request, found)
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
        "plan_there": desk.plan,
    }
    return render(request, "plans/imports/draft.html", context)


def _mend_the_whole(request: OfficeRequest, found: PlanImport) -> HttpResponse:
    """A step that is of no item which is there: a doubt of the source, or what was dropped."""
    given, address = request.POST, redirect(request.path)
    kept = Desk(found).kept if found.is_ready else None
    restored, settled = given.get("restore", ""), given.get("settle", "")
    try:
        if kept and restored.isdecimal():
            key = int(restored)
            words = _("Recuperó un texto descartado.")
            mend(
                found.pk,
                lambda kept: mending.restore(kept, key),
                words,
                keys=[key],
                by=request.user,
                seen=found.revision,
            )
        elif kept and settled.isdecimal() and int(settled) < len(kept.outline.doubts):
            doubt = kept.outline.doubts[int(settled)]
            words = _("Está bien así: %s") % doubt.reason
            mend(
                found.pk,
                lambda kept: mending.settle(kept, None, doubt),
                words,
                keys=[],
                by=request.user,
                seen=found.revision,
            )
    except (MendRefused, ChangedMeanwhile, ImportChanged) as refused:
        messages.error(request, str(refused) or _("El borrador ya no se puede cambiar."))
    return address


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def about(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    found = ready_import_of(municipality, pk)
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
    return render(request, "plans/imports/about.html", context, status=422 if is_sent else 200)


@require_POST
@office_page("plan.edit")
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
