"""Say the same of how many promises are measured."""

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from plans.choices import MeasureKind
from plans.forms.alike import AlikeForm
from plans.forms.elements import ElementFilter
from plans.forms.kinds import options_of
from plans.forms.selection import SelectionForm
from plans.models import Plan
from plans.services.editing import state_alike
from plans.term import Term
from plans.views.office.lookup import listed, plan_of


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def measure(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    """What the list sends is a choice, and opens a form; what that form sends is written."""
    plan = plan_of(municipality, term)
    data = request.POST if request.method == "POST" else request.kept
    address = reverse("office_plans:elements", args=[municipality.slug, term])
    back = f"{address}?{request.GET.urlencode()}"
    form = _form(request, plan, data) if data else None
    if form is None:
        return redirect(back)
    if request.method == "POST" and form.is_bound and form.is_valid():
        chosen, reason = form.cleaned_data["elements"], form.cleaned_data["reason"]
        count = state_alike(chosen, form.stated, reason, by=request.user)
        messages.success(request, _message(count, form.cleaned_data["kind"]))
        return redirect(back)
    context = {
        "municipality": municipality,
        "plan": plan,
        "form": form,
        "kinds": options_of(form),
        "rows": listed(plan).filter(ref__in=form.offered),
        "back": back,
    }
    status = 422 if request.method == "POST" and form.is_bound else 200
    return render(request, "plans/measure.html", context, status=status)


def _form(request: OfficeRequest, plan: Plan, data: QueryDict) -> AlikeForm | None:
    """The form that DATA fills in, or opens with a choice; None, with a message, for no choice."""
    if "reason" in data:
        return AlikeForm(data, plan=plan)
    selection = SelectionForm(data, plan=plan)
    if not selection.is_valid():
        reasons = [reason for field in selection.errors.values() for reason in field]
        messages.error(request, " ".join(map(str, reasons)))
        return None
    rows = listed(plan)
    chosen = selection.chosen(rows, ElementFilter(request.GET, plan=plan).of(rows))
    refs = [each.ref for each in chosen if not each.kind_in_force]  # type: ignore[attr-defined]
    if not refs:
        done = _("Ya se dijo cómo se mide cada uno de los elegidos: se cambian uno por uno.")
        messages.error(request, done)
        return None
    return AlikeForm(plan=plan, initial={"elemento": refs})


def _message(count: int, kind: str) -> str:
    said = ngettext(
        "%(n)s elemento tiene ahora forma de medir: %(kind)s.",
        "%(n)s elementos tienen ahora forma de medir: %(kind)s.",
        count,
    )
    return said % {"n": count, "kind": MeasureKind(kind).label.lower()}
