"""What the plan's activities cost, by fiscal year."""

from collections import defaultdict
from typing import Final

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.querysets import PlanElementQuerySet, PlanQuerySet
from plans.searching import TYPED
from tracking.models import Expenditure
from tracking.office.forms.spending_sheet import SpendingSheet
from tracking.office.worklists.unit_filter import UnitFilter, unit_filter

PAGE_SIZE: Final = 50
MOST_CHARACTERS: Final = 200


@require_safe
@office_page("expenditure.edit")
def expenditures(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    """To this year, or to the last year of the newest plan."""
    plan = _plans(municipality).order_by("-first_year").first()
    if plan is None:
        return redirect("office:windows", municipality.slug)  # which says that there is no plan
    year = min(max(timezone.localdate().year, plan.first_year), plan.last_year)
    return redirect("office:expenditure", municipality.slug, year)


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("expenditure.edit")
def expenditure(request: OfficeRequest, municipality: Municipality, year: int) -> HttpResponse:
    """The activities of the plan that holds YEAR; saves the good rows of those that came back."""
    plan = _plan(municipality, year)
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=True)
    words = " ".join(request.GET.get("q", "").translate(TYPED).split())[:MOST_CHARACTERS]
    page = _page(plan, units, words, request.GET.get("pagina"))
    typed = request.POST if request.method == "POST" else request.kept
    elements = _posted(plan, typed) if typed else list(page)
    sheet = SpendingSheet(elements, _revisions_of(elements, year), year, typed)
    if request.method == "POST":
        _tell(request, sheet.save(by=request.user), sheet)
        if not sheet.has_faults:
            return redirect(request.get_full_path())
    context = {
        "municipality": municipality,
        "plan": plan,
        "year": year,
        "years": _years(municipality),
        "units": units,
        "words": words,
        "page": page,
        "sheet": sheet,
    }
    return form_page(request, "tracking/office/expenditure.html", context)


def _page(plan: Plan, units: UnitFilter, words: str, number: str | None) -> Page[PlanElement]:
    rows = _activities(plan).current().in_document_order()
    if words:
        rows = rows.asked_for(words)
    return Paginator(units.narrow(rows), PAGE_SIZE).get_page(number)


def _posted(plan: Plan, typed: QueryDict) -> list[PlanElement]:
    """The activities whose rows came back, in the plan's order. Http404 for another plan's."""
    ids = {int(each) for each in typed.getlist("row") if each.isdecimal() and len(each) < 19}
    activities = list(_activities(plan).filter(pk__in=ids).in_document_order())
    if len(activities) != len(ids):
        raise Http404
    return activities


def _revisions_of(elements: list[PlanElement], year: int) -> dict[int, list[Expenditure]]:
    revisions: dict[int, list[Expenditure]] = defaultdict(list)
    rows = Expenditure.objects.filter(element__in=elements, year=year)
    for row in rows.select_related("by").order_by("revision"):
        revisions[row.element_id].append(row)
    return revisions


def _activities(plan: Plan) -> PlanElementQuerySet:
    return plan.elements.filter(level=Level.ACTIVITY).defer("search")


def _plans(municipality: Municipality) -> PlanQuerySet:
    return Plan.objects.published().in_force().filter(municipality=municipality)


def _plan(municipality: Municipality, year: int) -> Plan:
    plan: Plan | None = _plans(municipality).of_year(year).first()
    if plan is None:
        raise Http404
    plan.municipality = municipality
    return plan


def _years(municipality: Municipality) -> list[int]:
    terms = _plans(municipality).values_list("first_year", "last_year")
    return sorted({year for first, last in terms for year in range(first, last + 1)})


def _tell(request: OfficeRequest, count: int, sheet: SpendingSheet) -> None:
    if count:
        sentence = ngettext(
            "Se guardaron las cifras de %s actividad.",
            "Se guardaron las cifras de %s actividades.",
            count,
        )
        messages.success(request, sentence % count)
    elif not sheet.has_faults:
        messages.info(request, _("No había cifras nuevas que guardar."))
