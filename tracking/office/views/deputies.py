"""Deputies: who reports for whom while they are away."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms.whole_rows import tell
from accounts.models import Deputyship, Municipality
from accounts.office import OfficeRequest, button_on, form_page, office_page
from accounts.permissions import can
from accounts.querysets import DeputyshipQuerySet
from tracking.office.forms.deputies import DeputyForm
from tracking.services.deputies import end_deputyship, name_deputy


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("report.edit")
def deputies(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """One's own, and those in which one stands in; planning sees and names everybody's."""
    plans = can(request.user, "report.review", municipality.pk)
    typed = request.POST if request.method == "POST" else request.kept
    form = DeputyForm(typed, municipality=municipality, person=request.user, plans=plans)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            named = name_deputy(
                municipality,
                form.who,
                said["deputy"],
                said["starts_on"],
                said["ends_on"],
                by=request.user,
            )
        except ValidationError as refused:
            tell(form, refused, beside="deputy")
        else:
            shown = {"deputy": named.deputy, "absent": named.absent}
            messages.success(request, _("%(deputy)s reemplazará a %(absent)s.") % shown)
            return redirect("office:deputies", municipality.slug)
    today = timezone.localdate()
    rows = _within_reach(request, municipality) | municipality.deputyships.filter(
        deputy=request.user
    )
    current = rows.filter(ends_on__gte=today, ended_at=None)
    page = {
        "municipality": municipality,
        "form": form,
        "deputyships": current.select_related("absent", "deputy").distinct(),
        "plans": plans,
        "today": today,
    }
    return form_page(request, "tracking/office/deputies.html", page)


@office_page("report.edit")
@button_on("office:deputies")
def end(request: OfficeRequest, municipality: Municipality, pk: int) -> HttpResponse:
    deputyship = get_object_or_404(_within_reach(request, municipality), pk=pk)
    try:
        end_deputyship(deputyship, by=request.user)
    except ValidationError as refused:
        messages.info(request, " ".join(refused.messages))
    else:
        messages.success(request, _("Terminó el reemplazo."))
    return redirect("office:deputies", municipality.slug)


def _within_reach(request: OfficeRequest, municipality: Municipality) -> DeputyshipQuerySet:
    """Those that one may end: one's own absences, and everybody's for whoever plans."""
    rows: DeputyshipQuerySet = Deputyship.objects.filter(municipality=municipality)
    if can(request.user, "report.review", municipality.pk):
        return rows
    return rows.filter(absent=request.user)
