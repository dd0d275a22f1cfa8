"""A municipality's plans: whose promise each is, and what planning still has to say of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.forms.elements import GAPS, NO_KIND, NO_UNIT, NOT_FOLLOWED
from plans.forms.standing import StandingForm
from plans.models import Plan, PlanElement
from plans.querysets import PlanElementQuerySet
from plans.services.editing import save_plan
from plans.term import Term
from plans.views.office.lookup import plan_of


@require_safe
@office_page("plan.edit")
def plans(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    published = Plan.objects.published().filter(municipality=municipality)
    elements = PlanElement.objects.filter(plan__in=published).measurable().with_gaps()
    counted = {row["plan"]: row for row in counts_of(elements)}
    today = timezone.localdate()
    rows = [
        {
            "plan": plan,
            "status": plan.term.status(at=today),
            "counts": counted.get(plan.pk, {}),
        }
        for plan in published.select_related("municipality")
    ]
    context = {"municipality": municipality, "plans": rows}
    return render(request, "plans/plans.html", context)


def counts_of(elements: PlanElementQuerySet) -> list[dict[str, Any]]:
    """Of measurable ELEMENTS with gaps, how many each plan has, and how many lack what.

    Rows {"plan", "total", "without_kind", "without_unit", "not_followed"}.
    """
    rows = elements.order_by().values("plan")
    counted = rows.annotate(
        total=Count("pk", filter=Q(is_reportable=True)),
        without_kind=Count("pk", filter=Q(**GAPS[NO_KIND])),
        without_unit=Count("pk", filter=Q(**GAPS[NO_UNIT])),
        not_followed=Count("pk", filter=Q(**GAPS[NOT_FOLLOWED])),
    )
    return list(counted)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def standing(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    plan = plan_of(municipality, term)
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
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/standing.html", context, status=status)
