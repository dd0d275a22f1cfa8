"""Correct what a published plan says of one element, or withdraw it: each a version of the plan."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.forms.whole_rows import tell
from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.forms.correcting import CorrectionForm, WithdrawalForm
from plans.models import Plan, PlanElement
from plans.plan_path import PlanPath
from plans.services.editing import family_of, save_element, withdraw_elements
from plans.views.office.lookup import filed_plan

PREVIEW = "plans/correct.html"


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def correct(
    request: OfficeRequest, municipality: Municipality, path: PlanPath, ref: str
) -> HttpResponse:
    """The first sending shows what the new version will say; the second publishes just that."""
    plan = filed_plan(municipality, path)
    form = CorrectionForm(
        request.POST if request.method == "POST" else request.kept, element=_element(plan, ref)
    )
    context = {
        "municipality": municipality,
        "plan": plan,
        "path": path,
        "element": _element(plan, ref),
        "below": plan.elements.current().filter(parent__ref=ref).in_document_order(),
        "next_version": plan.version + 1,
        "form": form,
    }
    if request.method == "POST" and form.is_valid():
        if not form.is_as_previewed():
            return render(request, PREVIEW, context | {"corrections": form.corrections()})
        try:
            save_element(form.instance, by=request.user)
        except ValidationError as refused:
            tell(form, refused, beside="statement")
        else:
            messages.success(request, _("Se publicó la corrección de %s.") % ref)
            return redirect(request.path)
    return form_page(request, PREVIEW, context)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def withdraw(
    request: OfficeRequest, municipality: Municipality, path: PlanPath, ref: str
) -> HttpResponse:
    plan = filed_plan(municipality, path)
    element = _element(plan, ref)
    form = WithdrawalForm(request.POST if request.method == "POST" else request.kept)
    if request.method == "POST" and form.is_valid():
        count = withdraw_elements([element], by=request.user, reason=form.cleaned_data["reason"])
        said = ngettext(
            "Se retiró %s texto del plan. Su página lo dice.",
            "Se retiraron %s textos del plan. Sus páginas lo dicen.",
            count,
        )
        messages.success(request, said % count)
        return redirect("office_plans:plans", municipality.slug)
    context = {
        "municipality": municipality,
        "plan": plan,
        "path": path,
        "element": element,
        "going": family_of([element]),
        "form": form,
    }
    return form_page(request, "plans/withdraw.html", context)


def _element(plan: Plan, ref: str) -> PlanElement:
    """The element REF as PLAN has it now. Http404 for none, and for one that was withdrawn."""
    rows = plan.elements.current().select_related("parent", "document")
    element: PlanElement | None = rows.filter(ref=ref).defer("search").first()
    if element is None:
        raise Http404(_("El plan no tiene %s, o se retiró.") % ref)
    element.plan = plan
    return element
