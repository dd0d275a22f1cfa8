"""The talk under a report: read it, and say something, without sending the report again."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from accounts.permissions import can
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.office.forms.talk import MessageForm
from tracking.office.views.about import page_about
from tracking.office.worklists.queue import QUEUE
from tracking.office.worklists.talk import talk_of
from tracking.permissions import element_to_report
from tracking.services.talk import say


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.edit")
def talk(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """For those who may write the report: its unit, and planning."""
    element = element_to_report(request.user, municipality, semester, ref)
    family = ProgressReport.objects.filter(element=element, semester=semester)
    report = family.select_related("municipality").order_by("-revision").first()
    if report is None:
        raise Http404(_("Todavía no hay un informe de ese semestre sobre el cual conversar."))
    form = MessageForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        say(report, form.cleaned_data["mensaje"], by=request.user)
        messages.success(request, _("Su mensaje quedó con el informe."))
        return redirect(_back(request, report, ref))
    page = page_about(element, semester) | {
        "talk": talk_of(report),
        "message": form,
        "from_review": "revision" in request.POST or request.POST.get("desde") == QUEUE,
    }
    return form_page(request, "tracking/office/talk.html", page)


def _back(request: OfficeRequest, report: ProgressReport, ref: str) -> str:
    """Where they were reading it: in the review, or on the report's own page."""
    place = [report.municipality.slug, report.semester]
    reviews = can(request.user, "report.review", report.municipality_id)
    if reviews and request.POST.get("desde") == QUEUE:
        return reverse("office:review", args=place) + f"#informe-{report.pk}"
    if reviews and "revision" in request.POST:
        return reverse("office:review_report", args=[*place, report.pk]) + "#conversacion"
    return reverse("office:report", args=[*place, ref]) + "#conversacion"
