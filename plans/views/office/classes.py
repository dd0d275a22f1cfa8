"""Where the elements of a plan stand in classifications beside its tree."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.classes import is_operating
from plans.coverage import coverage_of
from plans.forms.classes import ClassesForm
from plans.plan_path import PlanPath
from plans.services.classifying import classify
from plans.views.office.lookup import filed_plan, listed


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def classes(request: OfficeRequest, municipality: Municipality, path: PlanPath) -> HttpResponse:
    """``?clasificacion=`` fills the form with what the plan has in that one."""
    plan = filed_plan(municipality, path)
    elements = plan.elements.current().exclude(classes={}).in_document_order()
    rows = list(elements.only("plan", "ref", "classes"))
    chosen = request.GET.get("clasificacion", "")
    initial = {"scheme": chosen, "lines": ClassesForm.written(rows, chosen)}
    data = request.POST if request.method == "POST" else request.kept
    form = ClassesForm(data, initial=initial if chosen in plan.schemes else None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            done = classify(plan, values["scheme"], values["lines"], by=request.user)
        except ValidationError as refused:
            form.add_error("lines", refused)
        else:
            said = ngettext(
                "Cambió %s elemento: ya es público.",
                "Cambiaron %s elementos: ya es público.",
                done.changed,
            )
            messages.success(request, said % done.changed)
            return redirect("office_plans:classes", municipality.slug, path)
    counted = [
        (scheme, sum(scheme in each.classes for each in rows)) for scheme in sorted(plan.schemes)
    ]
    context = {"municipality": municipality, "plan": plan, "form": form, "schemes": counted}
    return form_page(request, "plans/classes.html", context)


@require_safe
@office_page("plan.edit")
def coverage(request: OfficeRequest, municipality: Municipality, path: PlanPath) -> HttpResponse:
    """``?clasificacion=`` is the scheme; without one, the first that is an operating plan."""
    plan = filed_plan(municipality, path)
    schemes = sorted(plan.schemes, key=lambda name: (not is_operating(name), name))
    chosen = request.GET.get("clasificacion", "")
    if chosen not in plan.schemes:
        chosen = schemes[0] if schemes else ""
    rows = list(listed(plan).filter(is_reportable=True))
    for each in rows:
        each.plan = plan  # whose municipality their addresses ask
    context = {
        "municipality": municipality,
        "plan": plan,
        "schemes": schemes,
        "scheme": chosen,
        "coverage": coverage_of(plan, chosen, rows) if chosen else None,
    }
    return render(request, "plans/coverage.html", context)
