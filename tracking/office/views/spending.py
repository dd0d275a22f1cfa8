"""What the plan's activities cost, by fiscal year."""

from collections import defaultdict
from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import Municipality
from accounts.office import OfficeRequest, form_page, office_page
from accounts.sent_numbers import number_in
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.querysets import PlanElementQuerySet, PlanQuerySet
from plans.searching import TYPED
from tracking.models import Expenditure
from tracking.office.forms.spending_sheet import SpendingSheet
from tracking.office.worklists.unit_filter import UnitFilter, unit_filter
from tracking.reading.lookup import governing

PAGE_SIZE: Final = 50
MOST_CHARACTERS: Final = 200


@require_safe
@office_page("expenditure.edit")
def expenditures(request: OfficeRequest, municipality: Municipality) -> HttpResponse:
    return to_nearest_year(municipality, "office:expenditure")


@require_http_methods(["GET", "HEAD", "POST"])
@office_page("expenditure.edit")
def expenditure(request: OfficeRequest, municipality: Municipality, year: int) -> HttpResponse:
    """The activities of the plan that holds YEAR; saves the good rows of those that came back."""
    plan = plan_of_year(municipality, year)
    units = unit_filter(request.GET.get("unidad", ""), request.user, plan, sees_all=True)
    words = words_in(request)
    page = Paginator(shown(plan, units, words), PAGE_SIZE).get_page(request.GET.get("pagina"))
    typed = request.POST if request.method == "POST" else request.kept
    elements = _posted(plan, typed) if typed else list(page)
    sheet = SpendingSheet(elements, revisions_of(elements, year), year, typed)
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
        "query": _filter_in(request),
    }
    return form_page(request, "tracking/office/expenditure.html", context)


def words_in(request: OfficeRequest) -> str:
    """What is looked for."""
    return " ".join(request.GET.get("q", "").translate(TYPED).split())[:MOST_CHARACTERS]


def shown(plan: Plan, units: UnitFilter, words: str) -> QuerySet[PlanElement]:
    """The activities of PLAN that UNITS and WORDS ask for, in its order."""
    rows = activities_of(plan).current().in_document_order()
    if words:
        rows = rows.asked_for(words)
    return units.narrow(rows)


def _posted(plan: Plan, typed: QueryDict) -> list[PlanElement]:
    """The activities whose rows came back, in the plan's order. Http404 for another plan's."""
    ids = {pk for each in typed.getlist("row") if (pk := number_in(each)) is not None}
    activities = list(activities_of(plan).filter(pk__in=ids).in_document_order())
    if len(activities) != len(ids):
        raise Http404
    return activities


def revisions_of(elements: list[PlanElement], year: int) -> dict[int, list[Expenditure]]:
    """What was stated of ELEMENTS in YEAR, oldest first, by element."""
    revisions: dict[int, list[Expenditure]] = defaultdict(list)
    rows = Expenditure.objects.filter(element__in=elements, year=year)
    for row in rows.select_related("by").order_by("revision"):
        revisions[row.element_id].append(row)
    return revisions


def activities_of(plan: Plan) -> PlanElementQuerySet:
    """What spending is stated of, also what was withdrawn."""
    return plan.elements.filter(level=Level.ACTIVITY).defer("search")


def _plans(municipality: Municipality) -> PlanQuerySet:
    return Plan.objects.published().in_force().filter(municipality=municipality)


def to_nearest_year(municipality: Municipality, page: str) -> HttpResponse:
    """To PAGE of this year, or of the nearest year of the plan that governs."""
    today = timezone.localdate()
    plan = governing(_plans(municipality), at=today)
    if plan is None:
        return redirect("office:windows", municipality.slug)  # which says that there is no plan
    return redirect(page, municipality.slug, plan.term.nearest(today.year))


def plan_of_year(municipality: Municipality, year: int) -> Plan:
    """The plan in force whose term holds YEAR. Http404 without one."""
    plan: Plan | None = _plans(municipality).of_year(year).first()
    if plan is None:
        raise Http404
    plan.municipality = municipality
    return plan


def _filter_in(request: OfficeRequest) -> str:
    """Which rows the address asks for, without the page."""
    kept = request.GET.copy()
    kept.pop("pagina", None)
    return kept.urlencode()


def _years(municipality: Municipality) -> list[int]:
    terms = _plans(municipality).values_list("first_year", "last_year")
    return sorted({year for first, last in terms for year in range(first, last + 1)})


def saved_sentence(count: int) -> str:
    sentence = ngettext(
        "Se guardaron las cifras de %s actividad.",
        "Se guardaron las cifras de %s actividades.",
        count,
    )
    return sentence % count


def _tell(request: OfficeRequest, count: int, sheet: SpendingSheet) -> None:
    if count:
        messages.success(request, saved_sentence(count))
    elif not sheet.has_faults:
        messages.info(request, _("No había cifras nuevas que guardar."))
