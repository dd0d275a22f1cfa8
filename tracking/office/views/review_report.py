"""One report in review: read beside the last one, decided, and on to the next."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.office.forms.review import PublishForm, ReturnForm
from tracking.office.forms.talk import MessageForm
from tracking.office.views.publishing import kept_unit, publish_form, tell
from tracking.office.worklists.cases import cases_of
from tracking.office.worklists.queue import QUEUE, Turn, of_unit, turn_of, waiting
from tracking.office.worklists.talk import talk_of
from tracking.permissions import others_who_review, plan_of
from tracking.services.review import return_report


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.review")
def report(
    request: OfficeRequest, municipality: Municipality, semester: Semester, pk: int
) -> HttpResponse:
    """One report with its history; publishes or returns it, and leads on to the next."""
    report = get_object_or_404(ProgressReport, municipality=municipality, semester=semester, pk=pk)
    typed = request.POST if request.method == "POST" else request.kept
    returns = "reason" in typed if typed else False
    back = ReturnForm(typed if returns else None, initial={"edit": report.edit})
    publish = publish_form(request, municipality, None if returns else typed)
    plan = plan_of(municipality, semester)
    reports = waiting(municipality).filter(plan=plan, semester=semester)
    turn = turn_of(report, of_unit(reports, request.GET.get("unidad", "")))
    if request.method == "POST":
        decided = _returned(request, report, back) if returns else _published(request, publish)
        if decided:
            return redirect(_after(request, municipality, semester, turn))
    report.refresh_from_db()
    (case,) = cases_of([report], plan, semester, reader=request.user)
    page = {
        "municipality": municipality,
        "plan": plan,
        "semester": semester,
        "case": case,
        "form": publish,
        "back": back,
        "is_alone": not others_who_review(municipality, request.user),
        "turn": turn,
        "kept": kept_unit(request),
        "talk": talk_of(report),
        "message": None if case.task.element.is_withdrawn else MessageForm(),
    }
    return form_page(request, "tracking/office/review_report.html", page)


def _after(
    request: OfficeRequest, municipality: Municipality, semester: Semester, turn: Turn
) -> str:
    """Where one goes on once this report is decided: the next that waits, or the queue."""
    place: list[Any] = [municipality.slug, semester]
    if turn.next and request.POST.get("desde") != QUEUE:
        return reverse("office:review_report", args=[*place, turn.next]) + kept_unit(request)
    return reverse("office:review", args=place) + kept_unit(request)


def _published(request: OfficeRequest, form: PublishForm) -> bool:
    if not form.is_valid():
        return False
    done = form.publish()
    for _report, reason in done.left:
        form.add_error(None, reason)
    if done.published:
        tell(request, done)
    return bool(done.published)


def _returned(request: OfficeRequest, report: ProgressReport, form: ReturnForm) -> bool:
    if not form.is_valid():
        return False
    reason, read = form.cleaned_data["reason"], form.cleaned_data["edit"]
    try:
        back = return_report(report, reason, report.municipality, read=read, by=request.user)
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    messages.success(request, _("Se devolvió %s a quienes lo escribieron.") % back.element.ref)
    return True
