"""How many promises are measured, in a sheet of the browser or as a file that is filled in."""

import re
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.filled.reading import Left, Returned
from accounts.forms.filled.reply import TRY, Change, Reply
from accounts.forms.spreadsheet import returned_by
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page, sheet_to_fill
from plans.forms.elements import ElementFilter
from plans.forms.measuring_file import FileForm, columns_of, completed, file_of, typed_in
from plans.forms.measuring_sheet import MeasuringSheet, Row, SharedForm
from plans.gaps import counts_of
from plans.models import Plan, PlanElement
from plans.models.element_rules import REF_PATTERN
from plans.querysets import PlanElementQuerySet
from plans.term import Term
from plans.views.office.lookup import listed, plan_of

PAGE_SIZE = 20
FILL, PROPOSE = "rellenar", "proponer"


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def measuring(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    """A page of rows; what comes back is filled with shapes, or saved as far as it is right."""
    plan = plan_of(municipality, term)
    if request.method == "POST":
        return _sent(request, plan)
    shown = ElementFilter(request.GET, plan=plan)
    page = Paginator(_asked_for(plan, shown), PAGE_SIZE).get_page(request.GET.get("pagina"))
    sheet = MeasuringSheet(
        _within(plan, page.object_list), request.kept, proposes=PROPOSE in request.GET
    )
    return _answer(request, plan, sheet, SharedForm(), page=page, shown=shown)


def _sent(request: OfficeRequest, plan: Plan) -> HttpResponse:
    typed = request.POST.copy()
    offered = [ref for ref in typed.get("ofrecido", "").split() if re.fullmatch(REF_PATTERN, ref)]
    elements = _within(plan, listed(plan).filter(ref__in=offered))
    sheet, shared = MeasuringSheet(elements, typed), SharedForm(typed)
    if typed.get("accion") == FILL:
        typed.update(sheet.filled(typed.get("shape", "")))
        return _answer(
            request,
            plan,
            MeasuringSheet(elements, _without_shapes(typed)),
            SharedForm(initial={"reason": typed.get("reason", "")}),
        )
    typed.update(sheet.filled())
    sheet = MeasuringSheet(elements, _without_shapes(typed))
    ready = sheet.check()
    if ready and not shared.is_valid():
        return _answer(request, plan, sheet, shared, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    count = sheet.save(ready, shared.cleaned_data["reason"], by=request.user) if ready else 0
    if count:
        messages.success(request, _saved_sentence(count))
    if sheet.faulty:
        status = HTTPStatus.UNPROCESSABLE_ENTITY
        shared = SharedForm(initial={"reason": typed.get("reason", "")})
        return _answer(request, plan, sheet, shared, status=status)
    if not count:
        messages.info(request, _("No cambió nada: ninguna fila dice otra cosa."))
    return redirect(_next_address(request))


@require_safe
@office_page("plan.edit")
def measuring_file(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    """All that the filter shows, as an XLSX to be filled in."""
    plan = plan_of(municipality, term)
    rows = _asked_for(plan, ElementFilter(request.GET, plan=plan))
    content = file_of(plan, MeasuringSheet(_within(plan, rows)).rows)
    name = f"medicion-{municipality.slug}-{term}.xlsx"
    return sheet_to_fill(content, name)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def measuring_upload(
    request: OfficeRequest, municipality: Municipality, term: Term
) -> HttpResponse:
    """A file that was filled in: shown as it was understood, or saved as far as it is right."""
    plan = plan_of(municipality, term)
    if request.method != "POST":
        return _upload_page(request, plan, FileForm())
    is_tried = request.POST.get("accion") == TRY
    form = FileForm(request.POST, request.FILES)
    if is_tried:
        form.fields["reason"].required = False
    if not form.is_valid():
        return _upload_page(request, plan, form)
    found = returned_by(form, columns_of(plan), place=municipality.slug, period=str(term))
    if found is None:
        return _upload_page(request, plan, form)
    sheet, reply = _taken(plan, found, Reply(is_tried, notes=found.notes, left=list(found.left)))
    lines = {line.key: line for line in found.lines}
    ready = sheet.check(lines)
    count = 0 if is_tried else sheet.save(ready, form.cleaned_data["reason"], by=request.user)
    if count:
        messages.success(request, _saved_sentence(count))
    reply.taken = [_change(row) for row in ready if row.is_saved or is_tried]
    reply.unchanged = sum(not (row.is_checked or row.is_saved) for row in sheet.rows)
    reply.waiting = len(sheet.faulty)
    sheet.rows = list(reply.first(sheet.faulty))
    again = FileForm(initial={"reason": form.cleaned_data["reason"]})
    return _upload_page(request, plan, again, sheet=sheet, reply=reply)


def _taken(plan: Plan, found: Returned, reply: Reply) -> tuple[MeasuringSheet, Reply]:
    """The rows of PLAN that were FOUND in a sheet; REPLY tells of those that are none of them."""
    typed = typed_in(found.lines)
    elements = _within(plan, listed(plan).filter(ref__in=[line.key for line in found.lines]))
    known = {element.ref for element in elements}
    unknown = _("El plan no tiene ese código entre lo que se mide.")
    reply.left += [Left(line, unknown) for line in found.lines if line.key not in known]
    return MeasuringSheet(elements, completed(typed, MeasuringSheet(elements).rows)), reply


def _change(row: Row) -> Change:
    told = [(each.name, each.before, each.after) for each in row.differences]
    return Change(row.element.ref, row.element.statement, told)


def _upload_page(
    request: OfficeRequest,
    plan: Plan,
    form: FileForm,
    *,
    sheet: MeasuringSheet | None = None,
    reply: Reply | None = None,
) -> HttpResponse:
    reason = form.initial.get("reason", "")
    context = {
        "municipality": plan.municipality,
        "plan": plan,
        "file_form": form,
        "form": SharedForm(initial={"reason": reason}),
        "sheet": sheet,
        "reply": reply,
        "sheet_address": reverse(
            "office_plans:measuring", args=[plan.municipality.slug, plan.term]
        ),
    }
    is_faulty = form.errors or (reply and reply.is_faulty)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "plans/measuring_file.html", context, status=status)


def _answer(
    request: OfficeRequest,
    plan: Plan,
    sheet: MeasuringSheet,
    form: SharedForm,
    *,
    page: Page[Any] | None = None,
    shown: ElementFilter | None = None,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    context = {
        "municipality": plan.municipality,
        "plan": plan,
        "sheet": sheet,
        "form": form,
        "page": page,
        "shown": shown,
        "counts": next(iter(counts_of(listed(plan))), {}),
        "proposed": sum(row.is_proposed for row in sheet.rows),
        "query": _query(request),
    }
    return render(request, "plans/measuring.html", context, status=status)


def _asked_for(plan: Plan, shown: ElementFilter) -> PlanElementQuerySet:
    """What the filter shows; without one, all that takes reports: guidelines are chosen by name."""
    rows = shown.of(listed(plan))
    return rows if shown.is_asked else rows.filter(is_reportable=True)


def _within(plan: Plan, elements: Any) -> Sequence[PlanElement]:
    rows = list(elements)
    for element in rows:
        element.plan = plan
    return rows


def _without_shapes(typed: QueryDict) -> QueryDict:
    """TYPED in which the timetables are filled in: no row asks for a shape any more."""
    for name in [name for name in typed if name == "shape" or name.endswith("-shape")]:
        typed[name] = ""
    return typed


def _query(request: OfficeRequest) -> str:
    """The filter, without what is proposed and the page."""
    kept = request.GET.copy()
    for name in (PROPOSE, "pagina"):
        kept.pop(name, None)
    return str(kept.urlencode())


def _next_address(request: OfficeRequest) -> str:
    """The same rows, or the page after them."""
    kept = request.GET.copy()
    if request.POST.get("accion") == "siguiente" and request.POST.get("siguiente", "").isdecimal():
        kept["pagina"] = request.POST["siguiente"]
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


def _saved_sentence(count: int) -> str:
    said = ngettext(
        "Se guardó cómo se mide %s promesa.", "Se guardó cómo se miden %s promesas.", count
    )
    return said % count
