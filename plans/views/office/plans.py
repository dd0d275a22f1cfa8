"""A municipality's plans: whose promise each is, and what planning still has to say of it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.forms.standing import StandingForm
from plans.gaps import counts_of
from plans.models import Plan, PlanElement
from plans.plan_path import PlanPath
from plans.services.editing import save_plan
from plans.views.office.lookup import filed_plan


@require_safe
@office_page("plan.edit")
def plans(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """Those in force with what is missing; below them what other lists offered."""
    published = Plan.objects.published().filter(municipality=municipality)
    filed = published.select_related("municipality").order_by(
        "-first_year", "organization", "list_slug"
    )
    in_force = [plan for plan in filed if plan.in_force]
    elements = PlanElement.objects.filter(plan__in=in_force).measurable().with_gaps()
    counted = {row["plan"]: row for row in counts_of(elements)}
    today = timezone.localdate()
    rows = [
        {
            "plan": plan,
            "status": plan.term.status(at=today),
            "counts": counted.get(plan.pk, {}),
        }
        for plan in in_force
    ]
    lists = [plan for plan in filed if not plan.in_force]
    context = {"municipality": municipality, "plans": rows, "lists": lists}
    return render(request, "plans/plans.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def standing(request: OfficeRequest, municipality: Municipality, path: PlanPath) -> HttpResponse:
    plan = filed_plan(municipality, path)
    form = StandingForm(request.POST if request.method == "POST" else request.kept, plan=plan)
    if request.method == "POST" and form.is_valid():
        try:
            save_plan(plan, by=request.user)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            at = time_format(timezone.localtime())
            messages.success(request, _("Guardado a las %s.") % at)
            return redirect("office_plans:plans", slug=municipality.slug)
    context = {"municipality": municipality, "plan": plan, "form": form}
    return form_page(request, "plans/standing.html", context)
