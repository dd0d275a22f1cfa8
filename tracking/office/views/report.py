"""One report: what it says, in the form that its terms ask for, and what became of it."""

from http import HTTPStatus
from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.models import PlanElement
from plans.semester import Semester
from tracking.measuring.tasks import Task, task_to_write, tasks_of
from tracking.models import ProgressReport, ReviewStep
from tracking.office.forms.report import ReportForm
from tracking.permissions import element_to_read, element_to_report, trouble_entering, window_of
from tracking.reading.differences import differences
from tracking.reading.sentences import measured, of_value
from tracking.reading.story import Revision
from tracking.services import drafts

SUPPORTS: Final = "sustentos"
SEND: Final = "enviar"
"""What the buttons of the form say beside saving, which all of them do."""


@office_page("report.view")
def report(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """Everybody in the municipality reads it; who answers for the element writes in it."""
    if request.method == "POST":
        element = element_to_report(request.user, municipality, semester, ref)
        return _write(request, element, semester)
    element = element_to_read(request.user, municipality, semester, ref)
    return _page(request, element, semester)


@require_POST
@office_page("report.edit")
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
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("Lo recuperó: ya puede cambiarlo."))
    return redirect("office:report", municipality.slug, semester, ref)


def _write(request: OfficeRequest, element: PlanElement, semester: Semester) -> HttpResponse:
    """Save what was typed; send it to review too, or go on to its supports, where asked."""
    task = task_to_write(element, semester)
    form = ReportForm(task, request.POST)
    if not form.is_valid():
        return _page(request, element, semester, form)
    try:
        saved = drafts.save_draft(element, semester, form.values(), by=request.user, edit=form.seen)
    except drafts.EditConflict as conflict:
        return _conflict(request, element, form, conflict)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return _page(request, element, semester, form)
    action = request.POST.get("accion")
    if action == SEND:
        return _send(request, form, saved)
    messages.success(request, _saved(saved, task))
    name = "office:add_support" if action == SUPPORTS else "office:report"
    return redirect(name, element.plan.municipality.slug, semester, element.ref)


def _send(request: OfficeRequest, form: ReportForm, saved: ProgressReport) -> HttpResponse:
    """Send to review what was saved; what is missing is said, and the text stays saved."""
    task = form.task
    try:
        if saved.is_open:  # a form that was sent twice is there already
            drafts.submit(saved, task.entry, by=request.user)
    except ValidationError as refusal:
        mine = _again(form, saved)
        mine.add_error(None, refusal)
        return _page(request, task.element, task.semester, mine, is_saved=True)
    messages.success(request, _("%s se envió a revisión.") % task.element.ref)
    return redirect("office:semester", task.element.plan.municipality.slug, task.semester)


def _conflict(
    request: OfficeRequest, element: PlanElement, form: ReportForm, found: drafts.EditConflict
) -> HttpResponse:
    """What the other hand saved, beside what was typed; saving again is then deliberate."""
    stored = found.stored
    stored.element = element
    context = {
        "told": str(found),
        "stored": stored,
        "changes": differences(stored, form.over(stored)),
    }
    return _page(request, element, form.task.semester, _again(form, stored), conflict=context)


def _again(form: ReportForm, stored: ProgressReport) -> ReportForm:
    """What was typed in FORM, to be saved over STORED."""
    typed: Any = form.data.copy()  # type: ignore[attr-defined]  # a QueryDict
    typed["edit"] = str(stored.edit)
    return ReportForm(form.task, typed)


def _saved(saved: ProgressReport, task: Task) -> str:
    """«Guardado a las 14:05. Se entendió: 1,500 viviendas.»"""
    said = _("Guardado a las %s.") % time_format(timezone.localtime(saved.updated_at))
    if task.entry.has_value and saved.value is not None:
        said += " " + _("Se entendió: %s.") % of_value(saved.value, task.terms)
    return said


def _page(
    request: OfficeRequest,
    element: PlanElement,
    semester: Semester,
    form: ReportForm | None = None,
    *,
    is_saved: bool = False,
    conflict: dict[str, Any] | None = None,
) -> HttpResponse:
    """The page of a report; with FORM where something came back from what was typed.

    IS_SAVED: what was typed is stored, and only lacks something to be sent.
    """
    (task,) = tasks_of([element], element.plan, semester)
    status = HTTPStatus.CONFLICT if conflict else HTTPStatus.UNPROCESSABLE_ENTITY
    if form is None:
        status = HTTPStatus.OK
    municipality = element.plan.municipality
    window = window_of(municipality, semester)
    today = timezone.localdate()
    trouble = trouble_entering(element.plan, window, at=today)
    is_mine: bool = element.is_mine  # type: ignore[attr-defined]
    writes = is_mine and task.is_writable and not (trouble and task.report is None)
    if form is None and writes:
        form = ReportForm(task, request.kept)
    context = {
        "municipality": municipality,
        "plan": element.plan,
        "semester": semester,
        "element": element,
        "task": task,
        "form": form,
        "is_saved": is_saved,
        "conflict": conflict,
        "trouble": trouble,
        "is_mine": is_mine,
        "is_late": task.is_late(window, at=today),
        "window": window,
        "previous_measure": measured(Revision(task.previous)) if task.previous else "",
        **_told(task),
    }
    return render(request, "tracking/office/report.html", context, status=status)


def _told(task: Task) -> dict[str, Any]:
    """What TASK's report says and holds, and what was done with it."""
    report = task.report
    if report is None:
        return {}
    report.element = task.element
    if not report.is_published:
        report.terms = task.terms
    value = report.value if task.entry.has_value else None
    return {
        "report": report,
        "understood": "" if value is None else of_value(value, task.terms),
        "measure": measured(Revision(report)),
        "supports": list(report.supports.with_withholding()),
        "steps": ReviewStep.objects.by_report([report]).get(report.pk, []),
        "returned": ReviewStep.objects.returns_of([report]).get(report.pk),
    }
