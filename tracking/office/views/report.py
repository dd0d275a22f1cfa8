"""One report: what it says, in the form that its terms ask for, and what became of it."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.office import OfficeRequest, button_on, office_page
from plans.models import PlanElement
from plans.semester import Semester
from tracking.measuring.tasks import Task, task_to_write, tasks_of
from tracking.models import ProgressReport
from tracking.office.forms.report import ReportForm
from tracking.office.views.proposals import proposal_of, taken_sentence
from tracking.office.views.report_page import Conflict, ReportPage
from tracking.permissions import element_to_read, element_to_report
from tracking.reading.differences import differences
from tracking.reading.sentences import of_value
from tracking.services import drafts

SUPPORTS: Final = "sustentos"
NOTEBOOK: Final = "cuaderno"
SEND: Final = "enviar"
"""What the buttons of the form say beside saving, which all of them do."""
NEXT: Final = {SUPPORTS: "office:add_support", NOTEBOOK: "office:notebook"}


@office_page("report.view")
def report(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """Everybody in the municipality reads it; who answers for the element writes in it."""
    if request.method == "POST":
        element = element_to_report(request.user, municipality, semester, ref)
        return _write(request, element, semester)
    element = element_to_read(request.user, municipality, semester, ref)
    page = ReportPage.to_read(element, semester, request.kept)
    return _answer(request, page, HTTPStatus.OK)


@office_page("report.edit")
@button_on("office:report", "semester", "ref")
def recall(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """Take a report back from review, to change it."""
    element = element_to_report(request.user, municipality, semester, ref)
    (task,) = tasks_of([element], element.plan, semester)
    try:
        if task.report is None:
            raise ValidationError(_("Todavía no hay un informe de este semestre."))
        drafts.recall(task.report, by=request.user)
    except ValidationError as refusal:
        if task.report and ProgressReport.objects.get(pk=task.report.pk).is_open:
            messages.info(request, _("Este informe está en preparación: ya puede cambiarlo."))
        else:
            messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Lo recuperó: ya puede cambiarlo."))
    return redirect("office:report", municipality.slug, semester, ref)


def _write(request: OfficeRequest, element: PlanElement, semester: Semester) -> HttpResponse:
    """Save what was typed; send it to review too, or go on to its supports, where asked."""
    task = task_to_write(element, semester)
    if code := request.POST.get("poi", ""):
        return _take(request, task, code)
    form = ReportForm(task, request.POST)
    if not form.is_valid():
        return _answer(request, ReportPage.with_back(form))
    try:
        saved = drafts.save_draft(element, semester, form.values(), by=request.user, edit=form.seen)
    except drafts.EditConflict as conflict:
        return _conflict(request, form, conflict)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _answer(request, ReportPage.with_back(form))
    action = request.POST.get("accion")
    if action == SEND:
        return _send(request, form, saved)
    messages.success(request, _saved_sentence(saved, task))
    name = NEXT.get(action or "", "office:report")
    page = reverse(name, args=[element.plan.municipality.slug, semester, element.ref])
    return redirect(f"{page}#esperan" if action == NOTEBOOK else page)


def _take(request: OfficeRequest, task: Task, code: str) -> HttpResponse:
    """What was typed, with the value that CODE of the operating plan proposes; not saved."""
    typed = request.POST.copy()
    proposal = proposal_of(task, code)
    if proposal:
        typed["value"] = proposal.typed
        typed.pop("value_como", None)
    messages.info(request, taken_sentence(is_taken=proposal is not None))
    return _answer(request, ReportPage.with_back(ReportForm(task, typed)), HTTPStatus.OK)


def _send(request: OfficeRequest, form: ReportForm, saved: ProgressReport) -> HttpResponse:
    """Send to review what was saved; what is missing is said, and the text stays saved."""
    task = form.task
    try:
        if saved.is_open:  # a form that was sent twice is there already
            drafts.submit(saved, task.entry, by=request.user)
    except ValidationError as refusal:
        again = _over(form, saved)
        again.add_error(None, refusal)
        return _answer(request, ReportPage.with_back(again, is_saved=True))
    messages.success(request, _("%s se envió a revisión.") % task.element.ref)
    return redirect("office:semester", task.element.plan.municipality.slug, task.semester)


def _conflict(
    request: OfficeRequest, form: ReportForm, refusal: drafts.EditConflict
) -> HttpResponse:
    """What the other hand saved, beside what was typed; saving again is then deliberate."""
    stored = refusal.stored
    stored.element = form.task.element
    conflict = Conflict(str(refusal), stored, differences(stored, form.over(stored)))
    page = ReportPage.with_back(_over(form, stored), conflict=conflict)
    return _answer(request, page, HTTPStatus.CONFLICT)


def _over(form: ReportForm, stored: ProgressReport) -> ReportForm:
    """A form with what was typed in FORM, at the edition of STORED."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed["edit"] = str(stored.edit)
    return ReportForm(form.task, typed)


def _saved_sentence(saved: ProgressReport, task: Task) -> str:
    """«Guardado a las 14:05. Se entendió: 1,500 viviendas.»"""
    sentence = _("Guardado a las %s.") % time_format(timezone.localtime(saved.updated_at))
    if task.entry.has_value and saved.value is not None:
        sentence += " " + _("Se entendió: %s.") % of_value(saved.value, task.terms)
    return sentence


def _answer(
    request: OfficeRequest, page: ReportPage, status: HTTPStatus = HTTPStatus.UNPROCESSABLE_ENTITY
) -> HttpResponse:
    plan = page.task.element.plan
    context = {
        "municipality": plan.municipality,
        "plan": plan,
        "semester": page.task.semester,
        "page": page,
        "form": page.form,
    }
    return render(request, "tracking/office/report.html", context, status=status)
