"""Find one's municipality, and what the portal has of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from http.client import NOT_FOUND
from itertools import groupby
from operator import attrgetter
from typing import Self

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Municipality
from accounts.querysets import PLACE_LENGTH, MunicipalityQuerySet, folded
from plans.models import Plan
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.summaries import summaries_of, verdicts_of_offices
from tracking.reading.lookup import governing
from tracking.reading.places import with_plan_mark
from tracking.reading.verdicts import headline_of

PAGE_SIZE = 50
MOST_ALIKE = 5


@dataclass(frozen=True)
class Where:
    """What somebody asks of municipalities. REGION and PROVINCE as they are written in Peru; what
    is called so nowhere is UNKNOWN."""

    query: str
    region: str
    province: str
    unknown: str
    only_with_plan: bool
    wants_all: bool

    @classmethod
    def read(cls, parameters: QueryDict, regions: Sequence[str]) -> Self:
        """One query where a province is asked for."""

        def plain(name: str) -> str:
            return " ".join(parameters.get(name, "").replace("\x00", " ").split())

        region = _called(plain("region"), regions)
        province, typed = "", plain("provincia")
        if typed and region:
            within = Municipality.objects.in_region(region)
            province = _called(typed, within.provinces())
        unknown = "" if region or not plain("region") else plain("region")
        if region and typed and not province:
            unknown = typed
        return cls(
            plain("q"),
            region,
            province,
            unknown[:PLACE_LENGTH],
            parameters.get("plan") == "1",
            parameters.get("todas") == "1" or parameters.get("pagina", "1") != "1",
        )

    @property
    def region_slug(self) -> str:
        return slugify(self.region)

    @property
    def is_narrowed(self) -> bool:
        return bool(self.region) or self.only_with_plan

    @property
    def is_open(self) -> bool:
        """Whether nothing was asked yet: then the municipalities with a plan are enough."""
        return not (self.query or self.is_narrowed or self.wants_all)

    def within(self) -> MunicipalityQuerySet:
        rows = with_plan_mark(Municipality.objects.in_region(self.region))
        if self.province:
            rows = rows.filter(province=self.province)
        if self.only_with_plan or self.is_open:
            rows = rows.filter(has_plan=True)
        return rows

    def rows(self) -> MunicipalityQuerySet:
        rows = self.within().named(self.query)
        if self.region and not self.query:
            return rows.order_by("-has_plan", "-kind", "search_name")
        return rows


def _called(typed: str, names: Sequence[str]) -> str:
    """That of NAMES which is TYPED but for accents and case; "" where there is none."""
    return next((name for name in names if folded(name) == folded(typed)), "")


@public_page(scope=Scope.PORTAL)
def municipalities(request: HttpRequest) -> HttpResponse:
    """Those that a person's words point at, or ``?region=`` and ``?provincia=``, step by step.

    404 for a region or a province that there is not.
    """
    regions = Municipality.objects.regions()
    where = Where.read(request.GET, regions)
    if where.unknown:
        context = {"where": where, "regions": regions, "page": Paginator([], 1).get_page(1)}
        return render(request, "tracking/municipalities.html", context, status=NOT_FOUND)
    page = Paginator(where.rows(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    plans = _governing_plans([row for row in page if row.has_plan])
    stands = summaries_of(plans.values(), at=timezone.localdate())
    asks_province = where.region and not where.province and not where.query
    context = {
        "where": where,
        "page": page,
        "regions": regions if where.is_open else [],
        "provinces": where.within().provinces() if asks_province else [],
        "places": [
            (row, plan := plans.get(row.pk), plan and stands.get(plan.pk), provincial)
            for row, provincial in (answering(list(page)) if where.query else _alone(page))
        ],
        "is_demonstration": bool(plans) and all(plan.simulated for plan in plans.values()),
        "has_bars": bool(stands),
        "alike": [] if page else where.within().sounding_like(where.query, MOST_ALIKE),
    }
    return render(request, "tracking/municipalities.html", context)


def _alone(rows: Iterable[Municipality]) -> list[tuple[Municipality, None]]:
    return [(row, None) for row in rows]


def _governing_plans(rows: Sequence[Municipality]) -> dict[int, Plan]:
    """The `governing` plan of each of ROWS, by the municipality's id. At most one query."""
    if not rows:
        return {}
    plans = (
        Plan.objects.published()
        .in_force()
        .filter(municipality__in=rows)
        .select_related("municipality")
    )
    found = groupby(plans.order_by("municipality_id"), key=attrgetter("municipality_id"))
    today = timezone.localdate()
    return {pk: plan for pk, own in found if (plan := governing(own, at=today))}


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


@public_page(scope=Scope.PROVINCE)
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    municipality = get_object_or_404(Municipality, slug=slug)
    neighbours = Municipality.objects.of_province(municipality.region, municipality.province)
    others = list(with_plan_mark(neighbours.exclude(pk=municipality.pk)))
    filed = municipality.plans.published().select_related("municipality")
    filed = filed.order_by("-first_year", "organization", "list_slug")
    plans = [plan for plan in filed if plan.in_force]
    of_lists = [plan for plan in filed if not plan.in_force]
    today = timezone.localdate()
    stands = summaries_of(plans, at=today)
    plan = governing(plans, at=today)
    short = stands.get(plan.pk) if plan else None
    offices = verdicts_of_offices(plan, short) if plan and short else {}
    units = municipality.units.order_by("closed_on", "name")
    provincial = next((each for each in others if each.is_provincial), None)
    instead = [provincial] if provincial and provincial.has_plan and not plans else []
    context = {
        "municipality": municipality,
        "governing": plan,
        "short": short,
        "headline": headline_of(short.verdicts) if short else "",
        "lists": [(term, list(same)) for term, same in groupby(of_lists, key=attrgetter("term"))],
        "others": [
            (each, each.term.status(at=today), stands.get(each.pk))
            for each in plans
            if each != plan
        ],
        "is_demonstration": bool(plans) and all(plan.simulated for plan in plans),
        "offices": [(unit, offices.get(unit.pk)) for unit in units],
        "neighbours": others,
        "provincial": provincial,
        "provincial_plan": next(iter(_governing_plans(instead).values()), None),
        "authorities": municipality.authorities.all(),
        "permanent_link": settings.SITE_URL + municipality.get_absolute_url(),
    }
    return render(request, "tracking/municipality.html", context)
