"""The sheet: a unit's promises as a table, entered row by row or all at once."""

import re
from dataclasses import replace
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.models import PlanElement
from plans.models.element_rules import REF_PATTERN
from plans.semester import Semester
from tracking.measuring.proposed import proposals_for
from tracking.measuring.tasks import task_to_write, tasks_of
from tracking.office.forms.sheet_cells import SentRow, prefix_of
from tracking.office.forms.sheet_row import SheetRow
from tracking.office.forms.sheet_saving import save_row
from tracking.office.views.proposals import taken_sentence
from tracking.office.views.sheet_page import OPEN, STEPS, SheetPage, rows_of
from tracking.permissions import element_to_report

UNPROCESSABLE: Final = 422


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.edit")
def sheet(request: OfficeRequest, municipality: Municipality, semester: Semester) -> HttpResponse:
    """A page of rows. A form saves one of them, all that were touched, or says which were idle."""
    if request.htmx and request.method == "POST":
        return _one_row(request, municipality, semester)
    if request.htmx and (ref := request.GET.get("abrir", "")):
        return _piece(request, _row_of(request, municipality, semester, ref), "")
    page = SheetPage(request, municipality, semester)
    if request.method == "POST":
        return _answer(request, page)
    return render(request, "tracking/office/sheet.html", page.context())


def _answer(request: OfficeRequest, page: SheetPage) -> HttpResponse:
    """Do what the form asks; go on where all is done, and else give back all that was typed."""
    ref, action = request.POST.get("fila", ""), request.POST.get("accion", "")
    if begin := request.POST.get("anterior", ""):
        messages.info(request, _begun_sentence(page.begin_from_previous(begin)))
        return render(request, "tracking/office/sheet.html", page.context())
    if taken := request.POST.get("poi", ""):
        ref, _space, code = taken.partition(" ")
        messages.info(request, taken_sentence(is_taken=page.take_proposed(ref, code)))
        return render(request, "tracking/office/sheet.html", page.context())
    if page.form.is_valid():
        if action == "inactivas":
            if idle := page.mark_idle(by=request.user):
                messages.success(request, _idle_sentence(len(idle)))
        else:
            saved = page.save(ref, by=request.user)
            if saved or not page.has_faults:
                messages.success(request, _saved_sentence(saved))
    if page.has_faults or page.is_unsaved:
        status = UNPROCESSABLE if page.has_faults else 200
        return render(request, "tracking/office/sheet.html", page.context(), status=status)
    return redirect(page.address_after(ref, action))


def _one_row(
    request: OfficeRequest, municipality: Municipality, semester: Semester
) -> HttpResponse:
    """Save one row and give it back, as a piece of the page."""
    element = _element_of(request, municipality, semester, request.POST.get("fila", ""))
    task = task_to_write(element, semester)
    row = SheetRow(task, SentRow.of(request.POST, prefix_of(task)))
    if request.POST.get("anterior"):
        whole = replace(row, task=tasks_of([element], element.plan, semester)[0])
        return _piece(request, whole.begun_from_previous(), _begun_sentence(1))
    if taken := request.POST.get("poi", ""):
        whole = _with_proposals(replace(row, task=tasks_of([element], element.plan, semester)[0]))
        filled = whole.with_proposed(taken.partition(" ")[2])
        return _piece(request, filled, taken_sentence(is_taken=filled.is_changed))
    if row.sent and row.is_changed:
        row = save_row(row, row.sent, request.POST.get("as_of", ""), by=request.user)
    if not row.is_saved:
        row = row.completed(tasks_of([element], element.plan, semester)[0])
    return _piece(request, row, _saved_sentence([row] if row.is_saved else []))


def _element_of(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> PlanElement:
    if not re.fullmatch(REF_PATTERN, ref):
        raise Http404
    element = element_to_report(request.user, municipality, semester, ref)
    if not element.is_reportable:
        raise Http404
    return element


def _row_of(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> SheetRow:
    """The row REF as it is stored, for a page that shows it closed."""
    element = _element_of(request, municipality, semester, ref)
    return rows_of(tasks_of([element], element.plan, semester), None)[0]


def _piece(request: OfficeRequest, row: SheetRow, sentence: str) -> HttpResponse:
    """ROW as a piece of the page, open, and the SENTENCE that says what became of it."""
    context = {
        "row": _with_proposals(row),
        "municipality": row.task.element.plan.municipality,
        "semester": row.task.semester,
        "steps": STEPS,
        "open_rows": OPEN,
        "sentence": sentence,
    }
    status = UNPROCESSABLE if row.is_faulty else 200
    return render(request, "tracking/office/_sheet_saved.html", context, status=status)


def _with_proposals(row: SheetRow) -> SheetRow:
    """ROW with what the operating plan proposes. One query at most."""
    return replace(row, proposals=proposals_for([row.task]).get(row.task.element.pk, ()))


def _saved_sentence(rows: list[SheetRow]) -> str:
    """«S.1.2: guardado a las 14:05.»"""
    shown = {"n": len(rows), "time": time_format(timezone.localtime())}
    if not rows:
        return _("No había cambios que guardar.")
    if len(rows) == 1:
        return _("%(ref)s: guardado a las %(time)s.") % {**shown, "ref": rows[0].ref}
    return _("Se guardaron %(n)s filas a las %(time)s.") % shown


def _begun_sentence(count: int) -> str:
    if not count:
        return _("No hay textos del semestre anterior que traer.")
    sentence = ngettext(
        "Se trajo el texto del informe anterior a %(n)s fila. Cámbielo y guarde: no se guardó aún.",
        "Se trajo el texto del informe anterior a %(n)s filas. Cámbielo y guarde: no se guardó "
        "aún.",
        count,
    )
    return sentence % {"n": count}


def _idle_sentence(count: int) -> str:
    sentence = ngettext(
        "Se informó «sin actividad» en %(n)s fila, que ya está en revisión.",
        "Se informó «sin actividad» en %(n)s filas, que ya están en revisión.",
        count,
    )
    return sentence % {"n": count}
