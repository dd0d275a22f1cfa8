"""How one promise is measured: stated anew each time, every version in sight."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.curve import curve_of
from plans.forms.kinds import options_of
from plans.forms.promise import TermsForm
from plans.forms.terms import caution
from plans.models import MeasuringTerms, PlanElement
from plans.services.editing import TermsConflict, state_terms
from plans.term import Term
from plans.terms_history import history_of
from plans.views.office.lookup import element_of, next_without_kind, plan_of


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("plan.edit")
def terms(request: OfficeRequest, municipality: Municipality, term: Term, ref: str) -> HttpResponse:
    plan = plan_of(municipality, term)
    element = element_of(plan, ref)
    versions = _versions(element)
    data = request.POST if request.method == "POST" else request.kept
    form = TermsForm(data, element=element, newest=versions[0] if versions else None)
    if request.method == "POST" and form.is_valid():
        try:
            state_terms(form.instance, by=request.user, seen=form.cleaned_data["seen"])
        except TermsConflict:
            versions = _versions(element)
            form.tell_outrun(versions[0])
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _message(form.instance))
            return redirect(request.path)
    context = {
        "municipality": municipality,
        "plan": plan,
        "element": element,
        "units": element.units.all(),
        "form": form,
        "kinds": options_of(form),
        "versions": history_of(versions),
        "newest": versions[0] if versions else None,
        "curve": curve_of(versions[0], plan.term) if versions else None,
        "caution": caution(versions[0]) if versions else "",
        "next": next_without_kind(element),
    }
    return form_page(request, "plans/terms.html", context)


def _versions(element: PlanElement) -> list[MeasuringTerms]:
    """Newest first."""
    return list(element.terms.select_related("by").order_by("-version"))


def _message(stated: MeasuringTerms) -> str:
    at = time_format(timezone.localtime())
    return _("Guardado a las %(at)s: rige la versión %(n)s.") % {"at": at, "n": stated.version}
