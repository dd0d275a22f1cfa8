"""One office of a municipality: what it answers for, and whether its reports come in time."""

from collections import Counter

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import Unit
from plans.models import Plan
from tracking.models import Standing
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.balance import balances
from tracking.public.figures.overview import Overview, overview_of
from tracking.public.figures.promise_list import PromiseList
from tracking.public.figures.punctuality import Punctuality
from tracking.reading.addresses import absolute
from tracking.reading.lookup import governing


@public_page("periodo", "semestre", scope=Scope.MUNICIPALITY)
def unit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """``?periodo=2019-2022`` and ``?semestre=2021-I`` choose of when it tells; else now."""
    units = Unit.objects.select_related("municipality")
    unit: Unit = get_object_or_404(units, pk=pk, municipality__slug=slug)
    plans = list(
        Plan.objects.published()
        .in_force()
        .filter(municipality=unit.municipality_id)
        .select_related("municipality")
        .order_by("-first_year")
    )
    term, today = request.GET.get("periodo", ""), timezone.localdate()
    asked = [plan for plan in plans if str(plan.term) == term or not term]
    chosen = governing(asked, at=today)
    if term and chosen is None:
        raise Http404
    context: dict[str, object] = {
        "unit": unit,
        "municipality": unit.municipality,
        "plan": chosen,
        "others": [plan for plan in plans if plan != chosen],
        "permanent_link": absolute(unit.get_absolute_url()),
    }
    if chosen:
        choice = {"semestre": request.GET.get("semestre", ""), "oficina": str(pk)}
        try:
            overview = overview_of(chosen, choice, at=today)
        except ValueError as error:
            raise Http404(str(error)) from error
        context |= {"overview": overview, **_how_it_does(unit, overview)}
    return render(request, "tracking/unit.html", context)


def _how_it_does(unit: Unit, overview: Overview) -> dict[str, object]:
    """How what UNIT answers for goes, each of it, and its punctuality in each semester."""
    rows = Standing.objects.filter(plan=overview.plan, unit=unit)
    by_semester = balances(rows, overview.windows, at=overview.at)
    asked = [
        element
        for element in overview.elements
        if element.pk in overview.known
        and unit.pk in overview.units_in(overview.moment, element.pk)
    ]
    charge = [
        element
        for element in overview.elements
        if element in asked or unit.pk in overview.answering.get(element.pk, ())
    ]
    shown = by_semester.get(overview.semester, []) if overview.semester else []
    return {
        "verdicts": Counter(overview.known[each.pk].verdict.value for each in asked),
        "coverage": Punctuality.of(each.standing for each in shown) if shown else None,
        "charge": charge,
        "promises": PromiseList(overview, of_office=charge),
        "semesters": [
            (semester, Punctuality.of(each.standing for each in group), group[0].silence)
            for semester, group in by_semester.items()
            if overview.windows[semester].opens_on <= overview.at
        ],
    }
