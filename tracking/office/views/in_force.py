"""The act that brings the plan of a list in force, where that list was elected."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.plan_path import PlanPath
from plans.views.office.lookup import filed_plan
from tracking.services.in_force import bring_in_force, trouble_coming_in_force


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def come_in_force(
    request: OfficeRequest, municipality: Municipality, path: PlanPath
) -> HttpResponse:
    """Asked once more, because what is in force then moves; 422 where it cannot be."""
    plan = filed_plan(municipality, path)
    trouble = trouble_coming_in_force(plan)
    if request.method == "POST":
        try:
            done = bring_in_force(plan, by=request.user)
        except ValidationError as refused:
            trouble = " ".join(refused.messages)
        else:
            sentence = _("Desde ahora rige el plan de la lista %s: es el de la municipalidad.")
            messages.success(request, sentence % done.filed_by)
            return redirect("office_plans:plans", slug=municipality.slug)
    context = {"municipality": municipality, "plan": plan, "trouble": trouble}
    return form_page(request, "tracking/office/in_force.html", context)
