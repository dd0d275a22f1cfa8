"""Where there is a plan, and how much of it is known: the country as dots, and each region."""

from collections import Counter
from collections.abc import Iterator
from http import HTTPStatus
from operator import itemgetter
from statistics import median
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from tracking.public.charts.dot_map import Label, Placed
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.comparing import Ground
from tracking.public.figures.mapped import SHOWN, Dot, DotMap, Kind
from tracking.public.figures.regions import regions
from tracking.reading.addresses import absolute
from tracking.reading.sentences import percentage

MOST_LINKED: Final = 200
"""Plans: of more, nobody can hit the one that they mean, and dots lead to their region's map."""


@public_page("por", scope=Scope.PORTAL)
def country_map(request: HttpRequest) -> HttpResponse:
    """The country; ``?por=puntualidad`` tells dots apart by that."""
    mapped, context = _mapped(request, Municipality.objects.all())
    is_crowded = len(mapped.with_plan) > MOST_LINKED
    picture = _of_regions(mapped) if is_crowded else _of_plans(mapped)
    context["regions"] = mapped.by_region()
    return _page(request, mapped, list(picture), _regions_named(mapped), context)


@public_page("por", scope=Scope.REGION)
def region_map(request: HttpRequest, region: str) -> HttpResponse:
    """One REGION, with its municipalities beside it. 404 for one that there is not."""
    mapped, context = _mapped(request, Municipality.objects.of_region(region))
    if not mapped.dots:
        context = {"regions": regions(), "missing": region}
        return render(request, "tracking/map_missing.html", context, status=HTTPStatus.NOT_FOUND)
    named = Counter(each.municipality.name for each in mapped.dots)
    context |= {
        "region": mapped.dots[0].municipality.region,
        "region_slug": region,
        "without_plan": [each for each in mapped.dots if each.kind == Kind.NO_PLAN],
        "shared_names": {name for name, n in named.items() if n > 1},
    }
    return _page(request, mapped, list(_of_plans(mapped)), _capitals_named(mapped), context)


def _mapped(request: HttpRequest, rows: MunicipalityQuerySet) -> tuple[DotMap, dict[str, Any]]:
    by = request.GET.get("por", "") or SHOWN[0]
    fault = "" if by in SHOWN else _("«%s» no es una cifra de este mapa.") % by[:20]
    ground = Ground.of(rows, at=timezone.localdate())
    comparison = ground.compared(with_verdicts=False)
    return DotMap(comparison, SHOWN[0] if fault else by), {"fault": fault}


def _page(
    request: HttpRequest,
    mapped: DotMap,
    picture: list[Placed],
    labels: list[Label],
    context: dict[str, Any],
) -> HttpResponse:
    context |= {
        "mapped": mapped,
        "picture": picture,
        "labels": labels,
        "title": _("%(figure)s de cada plan, en el mapa") % {"figure": mapped.figure.label},
        "is_demonstration": mapped.comparison.is_simulated,
        "permanent_link": absolute(request.path),
    }
    status = HTTPStatus.BAD_REQUEST if context["fault"] else HTTPStatus.OK
    return render(request, "tracking/map.html", context, status=status)


def _of_plans(mapped: DotMap) -> Iterator[Placed]:
    """Each plan's dot leads to it."""
    for each in mapped.dots:
        if each.point:
            plan = each.place.plan
            address = plan.get_absolute_url() if plan else ""
            yield Placed(each.point, each.kind.form, address, _named(each) if plan else "")


def _of_regions(mapped: DotMap) -> Iterator[Placed]:
    """The dots of a region's plans lead to its map."""
    for region in mapped.by_region():
        address = reverse("tracking:region_map", args=[region.slug])
        said = ngettext("%(name)s: %(n)s plan", "%(name)s: %(n)s planes", region.with_plan)
        title = said % {"name": region.name, "n": region.with_plan}
        for each in region.dots:
            if each.point:
                leads = address if each.kind != Kind.NO_PLAN else ""
                yield Placed(each.point, each.kind.form, leads, title)


def _regions_named(mapped: DotMap) -> list[Label]:
    """Each region in its middle; first those with most plans, then the largest."""
    named = []
    for region in mapped.by_region():
        points = [each.point for each in region.dots if each.point]
        if points:
            middle = tuple(median(part) for part in zip(*points, strict=True))
            label = Label((middle[0], middle[1]), region.name, centred=True)
            named.append((-region.with_plan, -len(region.dots), label))
    return [label for _plans, _size, label in sorted(named, key=itemgetter(0, 1))]


def _capitals_named(mapped: DotMap) -> list[Label]:
    """What has a plan, then the capitals of the provinces, each beside its dot."""
    named = sorted(mapped.dots, key=lambda each: each.kind == Kind.NO_PLAN)
    return [
        Label(each.point, each.municipality.name)
        for each in named
        if each.point and (each.kind != Kind.NO_PLAN or each.municipality.is_provincial)
    ]


def _named(dot: Dot) -> str:
    """ "Coata: 62.5 %", or why nothing can be said."""
    name = dot.municipality.name
    if dot.share is None:
        return f"{name}: {dot.kind.label}"
    return f"{name}: {percentage(dot.share)}"
