"""Find one's municipality, and what the portal has of it."""

from collections.abc import Sequence

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.models import Municipality
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.summaries import summaries_of, verdicts_of_offices
from tracking.reading.places import with_plan_mark

PAGE_SIZE = 50
MOST_ALIKE = 5


@public_page(scope=Scope.PORTAL)
def municipalities(request: HttpRequest) -> HttpResponse:
    """Every municipality, or those that a person's words and region point at."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())
    region = request.GET.get("region", "").replace("\x00", "")
    only_with_plan = request.GET.get("plan") == "1"
    within = with_plan_mark(Municipality.objects.in_region(region))
    if only_with_plan:
        within = within.filter(has_plan=True)
    rows = within.named(query)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "page": page,
        "query": query,
        "region": region,
        "regions": Municipality.objects.regions(),
        "only_with_plan": only_with_plan,
        "places": answering(list(page)),
        "alike": [] if page else within.sounding_like(query, MOST_ALIKE),
        "is_narrowed": bool(region) or only_with_plan,
    }
    return render(request, "tracking/municipalities.html", context)


def answering(rows: Sequence[Municipality]) -> list[tuple[Municipality, Municipality | None]]:
    """Each municipality with the provincial one that answers there too, None for itself."""
    provincial = {
        (row.region, row.province): row
        for row in with_plan_mark(Municipality.objects.provincial()).filter(
            province__in={row.province for row in rows}
        )
    }
    return [
        (row, None if row.is_provincial else provincial.get((row.region, row.province)))
        for row in rows
    ]


@public_page(scope=Scope.PORTAL)
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Municipality, slug=slug)
    neighbours = Municipality.objects.of_province(found.region, found.province)
    others = list(with_plan_mark(neighbours.exclude(pk=found.pk)))
    plans = list(found.plans.published().select_related("municipality").order_by("-first_year"))
    stands = summaries_of(plans, at=timezone.localdate())
    newest = plans[0] if plans else None
    of_newest = stands.get(newest.pk) if newest else None
    offices = verdicts_of_offices(newest, of_newest) if newest and of_newest else {}
    units = found.units.order_by("closed_on", "name")
    context = {
        "municipality": found,
        "newest": newest,
        "short": of_newest,
        "earlier": [(plan, stands.get(plan.pk)) for plan in plans[1:]],
        "is_demonstration": bool(plans) and all(plan.simulated for plan in plans),
        "offices": [(unit, offices.get(unit.pk)) for unit in units],
        "neighbours": others,
        "provincial": next((each for each in others if each.is_provincial), None),
        "authorities": found.authorities.all(),
        "permanent_link": settings.SITE_URL + found.get_absolute_url(),
    }
    return render(request, "tracking/municipality.html", context)
