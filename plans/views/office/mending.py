"""Mend one text of a draft, take a step back, and see the document beside the draft."""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limited.process import BusyError
from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.sent_numbers import number_in
from plans.drafting import Desk
from plans.forms.mending import AddForm, Step, StepForm
from plans.importers.mending.arranging import MendRefused
from plans.models import PlanImport
from plans.services.imports import ImportChanged
from plans.services.mending import ChangedMeanwhile, mend, undo, undoable
from plans.views.office.lookup import import_of, told_over
from plans.views.office.steps import STEPS, Looked

LINES: Final = 200
COME_AGAIN: Final = 5  # seconds
FROM_THE_LIST: Final = "lista"


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def item(request: OfficeRequest, municipality: Municipality, pk: int, key: int) -> HttpResponse:
    found = import_of(municipality, pk)
    if not found.is_ready:
        return told_over(request, found)
    desk = Desk(found)
    row = desk.row(key)
    if row is None:
        if request.method == "POST":  # somebody took it away meanwhile
            messages.error(request, _gone_by(found, key))
            return redirect("office_plans:import", slug=municipality.slug, pk=pk)
        raise Http404
    sent: StepForm | None = None
    status = 200
    if request.method == "POST":
        form = STEPS.get(request.POST.get("paso", ""))
        if form is None:
            raise Http404
        sent = form(request.POST, desk=desk, item=row.item)
        if sent.is_valid():
            step = sent.step()
            if (status := _take(request, found, sent, step, key)) == 200:
                return _after(request, municipality, found, step)
        status = 422 if status == 200 else status
    at = desk.rows.index(row)
    context = {
        "municipality": municipality,
        "draft": found,
        "desk": desk,
        "look": Looked(desk, row, sent, is_alone=True),
        "form": sent,
        "paso": request.POST.get("paso", "") if sent is not None else "",
        "before": desk.rows[at - 1].item if at else None,
        "after": desk.rows[at + 1].item if at + 1 < len(desk.rows) else None,
        "last": undoable(found),
    }
    return render(request, "plans/imports/item.html", context, status=status)


@require_safe
@office_page("plan.edit")
def picture(
    request: OfficeRequest, municipality: Municipality, pk: int, key: int, number: int
) -> HttpResponse:
    """The page NUMBER of the PDF with one text marked, `?entera` or what is near the text.

    Without a picture it leads to the text's own page.
    """
    found = import_of(municipality, pk)
    desk = Desk(found)
    row = desk.row(key) if found.is_ready else None
    is_whole = "entera" in request.GET
    try:
        drawn = desk.picture(row.item, number, is_whole=is_whole) if row else None
    except BusyError:
        later = {"Retry-After": str(COME_AGAIN)}
        return HttpResponse(_("Otras páginas se están dibujando."), status=503, headers=later)
    if drawn is None:
        return redirect("office_plans:import_item", slug=municipality.slug, pk=pk, key=key)
    return HttpResponse(drawn, "image/webp")


def _take(request: OfficeRequest, draft: PlanImport, form: StepForm, step: Step, key: int) -> int:
    """Take STEP; the status: 200, or another with the reason told in FORM."""
    seen = number_in(request.POST.get("visto"))
    try:
        mend(
            draft.pk,
            step.change,
            step.words,
            keys=[key, *step.also],
            by=request.user,
            seen=draft.revision if seen is None else seen,
        )
    except MendRefused as refused:
        form.add_error(None, str(refused))
        return 422
    except ChangedMeanwhile as changed:
        said = _("Otra persona cambió este texto mientras usted lo miraba (%s). Lo que eligió "
                 "sigue aquí: si está bien, envíelo otra vez.")  # fmt: skip
        form.add_error(None, said % changed)
        return 409
    except ImportChanged:
        form.add_error(None, _("El borrador ya se publicó o se descartó."))
        return 409
    messages.success(request, _("%s. Se puede deshacer.") % step.words)
    return 200


def _after(
    request: OfficeRequest, municipality: Municipality, draft: PlanImport, step: Step
) -> HttpResponse:
    """Back to the list that it was sent from, or to the same text."""
    address = reverse("office_plans:import", args=[municipality.slug, draft.pk])
    if request.POST.get("desde") == FROM_THE_LIST:
        return redirect(f"{address}#por-mirar")
    if step.is_end:
        return redirect(address)
    return redirect(request.path)


def _gone_by(draft: PlanImport, key: int) -> str:
    """Who took the text KEY away, and how."""
    steps = draft.steps.select_related("by").defer("before")
    step = next((each for each in steps if key in each.keys), None)
    if step is None:
        return _("Ese texto ya no está en el borrador.")
    shown = {"who": step.by, "what": step.words}
    return _("Ese texto ya no está. %(who)s: %(what)s") % shown


@office_page("plan.edit")
@button_on("office_plans:import", "pk")
def undo_step(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    found = import_of(municipality, pk)
    number = number_in(request.POST.get("paso"))
    try:
        if number is None:
            raise ImportChanged
        step = undo(found.pk, number, by=request.user)
    except ImportChanged:
        messages.error(
            request, _("No se deshizo: alguien dio otro paso antes. Mire cómo está ahora.")
        )
    else:
        messages.success(request, _("Se deshizo: %s") % step.words)
    return redirect("office_plans:import", slug=municipality.slug, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def source(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    """The text that was read, with what the draft takes of it; a text can be added here."""
    found = import_of(municipality, pk)
    if not found.is_ready:
        return told_over(request, found)
    desk = Desk(found)
    is_sent = request.method == "POST"
    asked = number_in(request.GET.get("linea"))
    form = AddForm(request.POST if is_sent else request.kept, desk=desk, line=asked)
    if is_sent and form.is_valid():
        step = form.step()
        try:
            mend(pk, step.change, step.words, keys=[], by=request.user, seen=found.revision)
        except MendRefused as refused:
            form.add_error("words", str(refused))
        except ImportChanged:
            form.add_error(None, _("El borrador ya se publicó o se descartó."))
        else:
            messages.success(request, _("%s. Se puede deshacer.") % step.words)
            return redirect(f"{request.path}?{urlencode({'pagina': request.GET.get('pagina', 1)})}")
    lines = desk.lines
    number = request.GET.get("pagina") or ((asked or 1) - 1) // LINES + 1
    context = {
        "municipality": municipality,
        "draft": found,
        "form": form,
        "page": Paginator(lines, LINES).get_page(number),
    }
    return form_page(request, "plans/imports/source.html", context)
