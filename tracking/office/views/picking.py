"""Sustain a report with what was sent already: nothing is uploaded twice."""

from typing import Final

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.office.forms.support import PickForm
from tracking.office.views.about import page_about
from tracking.office.views.supports import report_to_sustain, save_first
from tracking.permissions import element_to_report, supports_to_pick
from tracking.services.supports import sustain_again

PAGE_SIZE: Final = 24


@office_page("report.edit")
def pick(
    request: OfficeRequest, municipality: Municipality, semester: Semester, ref: str
) -> HttpResponse:
    """What the person may choose from, newest first, and the form to choose several."""
    element = element_to_report(request.user, municipality, semester, ref)
    report = report_to_sustain(element, semester)
    if report is None:
        return save_first(request, element, semester)
    offered = supports_to_pick(request.user, report)
    form = PickForm(offered, request.POST if request.method == "POST" else None)
    if form.is_valid() and _picked(form, report, request):
        return redirect("office:add_support", municipality.slug, semester, ref)
    words = request.GET.get("q", "").strip()
    found = offered.saying(words).with_previews()
    context = page_about(element, semester) | {
        "form": form,
        "chosen": set(request.POST.getlist("sustento")),
        "words": words,
        "page": Paginator(found, PAGE_SIZE).get_page(request.GET.get("pagina")),
    }
    return form_page(request, "tracking/office/pick_supports.html", context)


def _picked(form: PickForm, report: ProgressReport, request: OfficeRequest) -> bool:
    try:
        added = sustain_again(report, form.cleaned_data["sustento"], by=request.user)
    except ValidationError as refusal:
        form.add_error("sustento", refusal)
        return False
    told = ngettext("Se agregó %d sustento.", "Se agregaron %d sustentos.", len(added))
    messages.success(request, told % len(added) if added else _("Ya estaban en este informe."))
    return True
