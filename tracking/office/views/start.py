"""Where an officer lands: their municipality's semester, or the choice of a municipality."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.choices import Role
from accounts.models import Municipality
from accounts.office import OfficeRequest, office_page
from accounts.permissions import can
from plans.models import Plan
from plans.term import Term
from tracking.office.worklists.background import background
from tracking.office.worklists.first_day import first_day, has_nobody
from tracking.permissions import roles_in

MOST_FOUND = 20
MOST_ALIKE = 5


@require_safe
@office_page("office.enter")
def start(request: OfficeRequest) -> HttpResponse:
    """The person's only municipality; the operator looks one up, others choose."""
    held = request.user.current_memberships
    mine = request.user.workplaces
    searches = any(each.role == Role.OPERATOR for each in held)
    if len(mine) == 1 and not searches:
        return redirect("office:home", slug=mine[0].slug)
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    asked = query if searches else ""
    matching = list(Municipality.objects.named(asked)[:MOST_FOUND]) if asked else []
    alike = Municipality.objects.sounding_like(asked, MOST_ALIKE) if asked and not matching else []
    context = {
        "mine": mine,
        "searches": searches,
        "query": query,
        "found": matching,
        "alike": alike,
        "most": MOST_FOUND,
        "background": background(at=timezone.now()) if searches else None,
    }
    return render(request, "tracking/office/start.html", context)


@require_safe
@office_page("office.enter")
def home(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """The municipality's semester to work in; who only keeps its accounts goes to its people."""
    if set(roles_in(request.user, municipality)) == {Role.ADMINISTRATION}:
        return redirect("office_accounts:people", slug=municipality.slug)
    window = municipality.windows.current(at=timezone.localdate())
    plans = Plan.objects.published().in_force().filter(municipality=municipality)
    if window and plans.of_year(window.semester.year).exists():
        return redirect("office:semester", slug=municipality.slug, semester=window.semester)
    if can(request.user, "directory.view", municipality.pk):
        return redirect("office:first_day", slug=municipality.slug)
    context = {"municipality": municipality, "plans": plans.order_by("-first_year")}
    return render(request, "tracking/office/no_semester.html", context)


@require_safe
@office_page("directory.view")
def prepare(
    request: OfficeRequest, municipality: Municipality, term: Term | None = None
) -> HttpResponse:
    """What is done and what is next until the first report of TERM, by default the coming one."""
    coming = Term.to_prepare(timezone.localdate())
    plans = Plan.objects.published().in_force().filter(municipality=municipality)
    terms = sorted({coming, *(plan.term for plan in plans)}, reverse=True)
    if term and term not in terms:
        raise Http404(_("Esta municipalidad no prepara el periodo %s.") % term.printed)
    context = {
        "municipality": municipality,
        "day": first_day(municipality, term or coming, user=request.user),
        "is_empty": can(request.user, "people.edit", municipality.pk) and has_nobody(municipality),
        "others": [each for each in terms if each != (term or coming)],
    }
    return render(request, "tracking/office/first_day.html", context)
