"""What a plan promises, as planning prepares it: how it is measured and who answers for it."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality, Unit
from accounts.office import OfficeRequest, form_page, office_page
from plans.forms.elements import ElementFilter
from plans.forms.selection import AnswerForm
from plans.gaps import counts_of
from plans.models import MeasuringTerms, Plan
from plans.services.responsibilities import answer_for
from plans.term import Term
from plans.views.office.lookup import listed, plan_of

PAGE_SIZE = 50


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def elements(request: OfficeRequest, municipality: Municipality, term: Term) -> HttpResponse:
    plan = plan_of(municipality, term)
    form = AnswerForm(request.POST if request.method == "POST" else request.kept, plan=plan)
    if request.method == "POST" and form.is_valid():
        rows = listed(plan)
        chosen = form.chosen(rows, ElementFilter(request.GET, plan=plan).of(rows))
        unit, how = form.cleaned_data["unit"], form.cleaned_data["how"]
        try:
            count = answer_for(chosen, unit, how, by=request.user)
        except ValidationError as refused:
            form.add_error("unit", refused)
        else:
            messages.success(request, _message(count, len(chosen), unit))
            return redirect(request.get_full_path())
    return _list_page(request, plan, form)


def _list_page(request: OfficeRequest, plan: Plan, form: AnswerForm) -> HttpResponse:
    shown = ElementFilter(request.GET, plan=plan)
    terms = Prefetch("terms", MeasuringTerms.objects.in_force(), to_attr="terms_in_force")
    rows = shown.of(listed(plan)).prefetch_related(terms, "units")
    context = {
        "municipality": plan.municipality,
        "plan": plan,
        "shown": shown,
        "form": form,
        "page": Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina")),
        "counts": next(iter(counts_of(listed(plan))), {}),
    }
    return form_page(request, "plans/elements.html", context)


def _message(count: int, chosen: int, unit: Unit) -> str:
    said = ngettext(
        "%(unit)s: cambió %(n)s elemento.", "%(unit)s: cambiaron %(n)s elementos.", count
    )
    sentence = said % {"unit": unit.name, "n": count}
    if count == chosen:
        return sentence
    same = ngettext("%s ya estaba así.", "%s ya estaban así.", chosen - count) % (chosen - count)
    return f"{sentence} {same}"
