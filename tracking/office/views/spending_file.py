"""A year's spending as a spreadsheet: downloaded and filled in, or as the SIAF exports it."""

from decimal import Decimal
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.filled.reply import TRY, Change, Reply
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page, sheet_to_fill
from accounts.spreadsheets.cells import SpreadsheetRefused
from plans.models import Plan, PlanElement
from tracking.models.expenditure import FIGURES
from tracking.office.forms.spending import SHARED, SpendingFileForm, SpendingForm
from tracking.office.forms.spending_sheet import SpendingSheet
from tracking.office.sheets.spending_file import (
    HEADINGS,
    SpendingLines,
    file_of,
    read,
    typed_in,
    without_the_unread,
)
from tracking.office.views.spending import (
    activities_of,
    plan_of_year,
    revisions_of,
    saved_sentence,
    shown,
    words_in,
)
from tracking.office.worklists.unit_filter import unit_filter


@require_safe
@office_page("expenditure.edit")
def expenditure_file(request: OfficeRequest, municipality: Municipality, year: int) -> HttpResponse:
    """All that the filter shows, with what is in force, to be filled in."""
    plan = plan_of_year(municipality, year)
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=True)
    elements = list(shown(plan, units, words_in(request)))
    stored = {number: rows[-1] for number, rows in revisions_of(elements, year).items()}
    content = file_of(elements, stored, municipality.slug, year)
    return sheet_to_fill(content, f"gasto-{municipality.slug}-{year}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("expenditure.edit")
def expenditure_upload(
    request: OfficeRequest, municipality: Municipality, year: int
) -> HttpResponse:
    """A sheet of figures: shown as it was understood, or saved as far as it is right."""
    plan = plan_of_year(municipality, year)
    if not plan.takes_reports:
        raise PermissionDenied(_("Solo se registra el gasto del plan de una autoridad elegida."))
    if request.method != "POST":
        return _page(request, plan, year, SpendingFileForm(year=year))
    form = SpendingFileForm(request.POST, request.FILES, year=year)
    if not form.is_valid():
        return _page(request, plan, year, form)
    elements = list(activities_of(plan).current().in_document_order())
    try:
        lines = without_the_unread(
            read(form.cleaned_data["file"], elements, municipality.slug, year)
        )
    except SpreadsheetRefused as refused:
        form.add_error("file", str(refused))
        return _page(request, plan, year, form)
    named = [each for each in elements if each.pk in lines.by_activity]
    return _taken(request, plan, year, form, named=named, lines=lines)


def _taken(
    request: OfficeRequest,
    plan: Plan,
    year: int,
    form: SpendingFileForm,
    *,
    named: list[PlanElement],
    lines: SpendingLines,
) -> HttpResponse:
    """What LINES say of the activities NAMED: saved as far as it is right, or tried and shown."""
    revisions = revisions_of(named, year)
    typed, told = typed_in(lines, {number: rows[-1] for number, rows in revisions.items()})
    shared = {name: form[name].value() or "" for name in SHARED}
    sheet = SpendingSheet(named, revisions, year, {**typed, **shared})
    ready = sheet.ready(told)
    changes = {row.element.pk: _change(row) for row in ready if not sheet.says_the_same(row)}
    reply = Reply(request.POST.get("accion") == TRY, left=lines.left, notes=lines.notes)
    if not reply.is_tried:
        saved = sheet.state(ready, by=request.user)
        changes = {number: each for number, each in changes.items() if number in saved}
        if saved:
            messages.success(request, saved_sentence(len(saved)))
    reply.taken, reply.waiting = list(changes.values()), len(sheet.faulty)
    reply.unchanged = len(named) - len(reply.taken) - reply.waiting
    sheet.rows = list(reply.first(sheet.faulty))
    again = SpendingFileForm(year=year, initial={name: shared[name] for name in SHARED})
    return _page(request, plan, year, again, sheet=sheet, reply=reply)


def _page(
    request: OfficeRequest,
    plan: Plan,
    year: int,
    form: SpendingFileForm,
    *,
    sheet: SpendingSheet | None = None,
    reply: Reply | None = None,
) -> HttpResponse:
    context = {
        "municipality": plan.municipality,
        "plan": plan,
        "year": year,
        "form": form,
        "sheet": sheet,
        "reply": reply,
    }
    is_faulty = form.errors or (reply and reply.is_faulty)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if is_faulty else HTTPStatus.OK
    return render(request, "tracking/office/spending_file.html", context, status=status)


def _change(row: SpendingForm) -> Change:
    """What ROW says otherwise than what is in force, in soles."""
    now = row.cleaned_data
    told = [
        (HEADINGS[name], _soles(getattr(row.stored, name, None)), _soles(now[name]))
        for name in FIGURES
        if now[name] != getattr(row.stored, name, None)
    ]
    return Change(row.element.ref, row.element.statement, told)


def _soles(amount: Decimal | None) -> str:
    return "" if amount is None else f"S/ {number_format(amount, 2)}"
