"""Begin the correction of what is published: a new revision, with its reason."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.office.forms.support import ReasonForm
from tracking.office.views.about import page_about
from tracking.permissions import element_to_report
from tracking.services.review import start_correction


@office_page("report.edit")
def correct(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """Ask why, and open the next revision; what is published stays public."""
    element = element_to_report(request.user, municipality, semester, ref)
    rows = ProgressReport.objects.filter(element=element, semester=semester).order_by("-revision")
    newest, published = rows.first(), rows.published().first()
    if published is None:
        raise Http404(_("No hay un informe publicado que corregir."))
    if request.method != "POST" and newest != published:
        messages.info(request, _("Esta corrección ya está en preparación."))
        return redirect("office:report", municipality.slug, semester, ref)
    form = ReasonForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        try:
            start_correction(published, form.cleaned_data["reason"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Corrija el informe: lo publicado sigue público."))
            return redirect("office:report", municipality.slug, semester, ref)
    context = page_about(element, semester) | {
        "published": published,
        "form": form,
    }
    return form_page(request, "tracking/office/correct.html", context)
