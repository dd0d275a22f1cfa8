"""What a draft changes of the plan that is there, and its publication."""

from collections.abc import Mapping

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.permissions import can
from accounts.sent_numbers import number_in
from plans.drafting import Desk
from plans.forms.imports import ReasonsForm
from plans.importers.differences import differences as differences_of
from plans.importers.faults import FileRefused
from plans.importers.mending import steps
from plans.importers.mending.kept import KeptOutline
from plans.services.imports import ImportChanged, publish_import, with_vision
from plans.services.mending import mend
from plans.views.office.lookup import import_of, told_over


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def differences(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """GET shows them; POST keeps why something of the published plan is gone."""
    found = import_of(municipality, pk)
    if not found.is_ready:
        return told_over(request, found)
    desk = Desk(found)
    told = differences_of(desk.with_refs, desk.published)
    given = request.POST if request.method == "POST" else request.kept
    form = ReasonsForm(given, gone=told.gone, reasons=desk.kept.reasons)
    if request.method == "POST" and form.is_valid():
        wanted = form.reasons()
        if wanted != {each.ref: desk.kept.reasons.get(each.ref, "") for each in told.gone}:
            _explain(request, pk, wanted, found.revision)
        return redirect(f"{request.path}#publicar")
    reports = import_string(settings.REPORTS_ON_A_PLAN)(desk.plan) if desk.plan else {}
    gone = [
        {
            "element": each,
            "reports": reports.get(each.ref, 0),
            "reason": form.of(each.ref),
        }
        for each in told.gone
    ]
    context = {
        "municipality": municipality,
        "draft": found,
        "desk": desk,
        "plan_there": desk.plan,
        "told": told,
        "gone": gone,
        "reasons": form,
        "unexplained": sum(not desk.kept.reasons.get(each.ref) for each in told.gone),
        "loses_vision": bool(desk.plan and desk.plan.vision)
        and not with_vision(desk.kept.outline, desk.plan).about.vision,
        "may_publish": can(request.user, "plan.publish", municipality.pk),
    }
    return form_page(request, "plans/imports/differences.html", context)


def _explain(request: OfficeRequest, pk: int, wanted: Mapping[str, str], seen: int) -> None:
    def change(kept: KeptOutline) -> KeptOutline:
        for ref, reason in wanted.items():
            kept = steps.explain(kept, ref, reason)
        return kept

    words = _("Dijo por qué algo ya no está en el plan")
    try:
        mend(pk, change, words, keys=[], by=request.user, seen=seen)
    except ImportChanged:
        messages.error(request, _("El borrador ya se publicó o se descartó."))
    else:
        messages.success(request, _("Se guardaron los motivos."))


@office_page("plan.publish")
@button_on("office_plans:import_differences", "pk")
def publish(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    found = import_of(municipality, pk)
    if not found.is_ready:
        return told_over(request, found)
    back = reverse("office_plans:import_differences", args=[municipality.slug, pk])
    desk = Desk(found)
    gone = differences_of(desk.with_refs, desk.published).gone
    if not found.provenance:
        messages.error(request, _("Diga antes de dónde viene el documento: es público."))
        return redirect("office_plans:import_about", slug=municipality.slug, pk=pk)
    if any(not desk.kept.reasons.get(each.ref) for each in gone):
        messages.error(request, _("Diga por qué ya no está cada texto que se retira."))
        return redirect(back)
    try:
        done = publish_import(
            pk,
            by=request.user,
            revision=_number(request, "revision"),
            version=_number(request, "version"),
        )
    except ImportChanged:
        if import_of(municipality, pk).is_ready:  # and not sent twice: the page says what it did
            words = _("No se publicó: algo cambió desde que abrió esta página. Así está ahora.")
            messages.error(request, words)
        return redirect(back)
    except FileRefused as refused:
        reasons = " ".join(str(fault) for fault in refused.faults[:5])
        messages.error(request, _("No se publicó. %s") % reasons)
        return redirect(back)
    said = ngettext(
        "Se publicó la versión %(version)s, con %(n)s texto.",
        "Se publicó la versión %(version)s, con %(n)s textos.",
        len(desk.kept.items),
    )
    messages.success(request, said % {"version": done.plan.version, "n": len(desk.kept.items)})
    return redirect("office_plans:import", slug=municipality.slug, pk=pk)


def _number(request: OfficeRequest, name: str) -> int:
    """What the page that was looked at said; -1, which nothing is, for anything else."""
    given = number_in(request.POST.get(name))
    return -1 if given is None else given
