"""What the operating plan says was executed: kept by planning, quarter by quarter, from a sheet."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms.filled.reply import TRY, Change, Reply
from accounts.forms.spreadsheet import SpreadsheetForm
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from accounts.spreadsheets.cells import SpreadsheetRefused
from plans.classes import operating_codes
from plans.figures import figure_text
from plans.models import Plan
from tracking.measuring.proposed import ORDINALS
from tracking.models import ExecutedQuantity
from tracking.office.sheets.operating import Executed, read
from tracking.office.views.spending import plan_of_year, to_nearest_year
from tracking.services.executed import keep_executed


@require_safe
@office_page("executed.edit")
def newest(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    return to_nearest_year(municipality, "office:executed")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("executed.edit")
def executed(request: OfficeRequest, municipality: Municipality, year: int) -> HttpResponse:
    """What is kept of YEAR by code; a sheet that is sent is shown as understood, or kept."""
    plan = plan_of_year(municipality, year)
    form = SpreadsheetForm()
    sheet: Executed | None = None
    reply: Reply | None = None
    codes = _codes(plan, year)
    if request.method == "POST":
        form = SpreadsheetForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                sheet = read(form.cleaned_data["file"], codes, year, _kept(municipality, year))
            except SpreadsheetRefused as refused:
                form.add_error("file", str(refused))
            else:
                file: Any = request.FILES["file"]
                reply = _keep(request, plan, year, sheet, file.name)
                form = SpreadsheetForm()
    context = {
        "municipality": municipality,
        "plan": plan,
        "year": year,
        "years": range(plan.first_year, plan.last_year + 1),
        "form": form,
        "reply": reply,
        "serve_none": sheet.serve_none if sheet else {},
        "has_codes": bool(codes),
        "kept": _by_code(_kept(municipality, year), codes),
    }
    status = 422 if form.errors or (reply and reply.is_faulty) else 200
    return render(request, "tracking/office/executed.html", context, status=status)


def _keep(request: OfficeRequest, plan: Plan, year: int, sheet: Executed, source: str) -> Reply:
    """Keep what SHEET, the file SOURCE, says otherwise than what is kept; not where it is tried."""
    before = {(row.code, row.quarter): row for row in _kept(plan.municipality, year)}
    changed: list[ExecutedQuantity] = []
    reply = Reply(request.POST.get("accion") == TRY, left=sheet.left, notes=sheet.notes)
    for _line, row in sheet.taken:
        stored = before.get((row.code, row.quarter))
        if stored and stored.says_the_same(row):
            reply.unchanged += 1
            continue
        row.municipality, row.source, row.by = plan.municipality, source[:200], request.user
        changed.append(row)
        told = [(_("Ejecutado"), _told(stored, dated=True), _told(row))]
        shown = {"ordinal": ORDINALS[row.quarter - 1], "year": year}
        title = _("%(ordinal)s trimestre de %(year)s") % shown
        reply.taken.append(Change(row.code, title, told))
    if changed and not reply.is_tried:
        keep_executed(changed)
        said = ngettext("Se guardó %s cantidad.", "Se guardaron %s cantidades.", len(changed))
        messages.success(request, said % len(changed))
    return reply


def _told(row: ExecutedQuantity | None, *, dated: bool = False) -> str:
    """«12 informes, meta 20 (guardado el 3 de abril)»; "" for none."""
    if row is None:
        return ""
    said = figure_text(row.quantity, row.unit)
    if row.target is not None:
        said = _("%(said)s, meta %(target)s") % {"said": said, "target": figure_text(row.target)}
    if dated:
        day = date_format(timezone.localdate(row.at))
        said = _("%(said)s (guardado el %(day)s)") % {"said": said, "day": day}
    return said


def _codes(plan: Plan, year: int) -> dict[str, list[str]]:
    """The codes of the operating plan of YEAR that texts of PLAN have, each with their refs."""
    rows = plan.elements.current().exclude(classes={}).in_document_order()
    codes: dict[str, list[str]] = {}
    for ref, classes in rows.values_list("ref", "classes"):
        for code in operating_codes(classes, year):
            codes.setdefault(code, []).append(ref)
    return codes


def _kept(municipality: Municipality, year: int) -> list[ExecutedQuantity]:
    rows = ExecutedQuantity.objects.filter(municipality=municipality, year=year)
    return list(rows.select_related("by").order_by("code", "quarter"))


def _by_code(
    rows: Sequence[ExecutedQuantity], codes: dict[str, list[str]]
) -> list[tuple[str, list[str], list[tuple[ExecutedQuantity, str]]]]:
    """ROWS, each in words, by their code, with the references of the texts that have it today."""
    by_code: dict[str, list[tuple[ExecutedQuantity, str]]] = {}
    for row in rows:
        by_code.setdefault(row.code, []).append((row, _told(row)))
    return [(code, codes.get(code, []), kept) for code, kept in by_code.items()]
