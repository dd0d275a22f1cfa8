"""Municipalities side by side: those of a region, or those that a reader chose."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.querysets import PLACE_LENGTH
from plans.searching import TYPED
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.compared_choice import (
    FIGURES,
    MOST,
    WHY_NOT_BY_PROGRESS,
    ComparedChoice,
)
from tracking.public.figures.comparing import Ground
from tracking.public.figures.regions import regions
from tracking.public.tables.compared import compared_table
from tracking.reading.addresses import absolute
from tracking.reading.places import with_plan_mark

PAGE_SIZE: Final = 30
MOST_MEANT: Final = 8
MOST_ALIKE: Final = 5
MOST_SEMESTERS: Final = 8


@public_page("orden", "semestre", scope=Scope.REGION)
def compare_region(request: HttpRequest, region: str) -> HttpResponseBase:
    """Those of a REGION that have a plan; its order and its semester as the address says.

    404 for a region that there is not.
    """
    ground = Ground.of(Municipality.objects.of_region(region), at=timezone.localdate())
    if not ground.municipalities:
        return _to_choose(request, missing=region)
    name = ground.municipalities[0].region
    with_plan = ground.having_plans()
    choice, faults = ComparedChoice.read(request.GET)
    context = {
        "region": name,
        "region_slug": region,
        "without_plan": len(ground.municipalities) - len(with_plan.municipalities),
    }
    return _compared(request, with_plan, choice, faults, context)


@public_page(scope=Scope.PORTAL)
def compare(request: HttpRequest) -> HttpResponseBase:
    """Those of ``?m=puno&m=lamas``; ``?agregar=`` looks for one more by its name.

    Without any, the regions to choose from. 404 where one of them is no municipality, beside those
    that are.
    """
    choice, faults = ComparedChoice.read(request.GET)
    words = " ".join(request.GET.get("agregar", "").translate(TYPED).split())[:PLACE_LENGTH]
    meant = _meant(words)
    if len(meant) == 1:
        with_it = choice.address(slugs=(*choice.slugs, meant[0].slug))
        return HttpResponseRedirect(f"{request.path}{with_it}")
    context: dict[str, Any] = {
        "choice": choice,
        "words": words,
        "meant": [(each, choice.address(slugs=(*choice.slugs, each.slug))) for each in meant],
    }
    if not choice.slugs:
        return _to_choose(request, faults=faults, **context)
    rows = Municipality.objects.filter(slug__in=choice.slugs)
    ground = Ground.of(rows, at=timezone.localdate())
    known = {each.slug for each in ground.municipalities}
    context["unknown"] = [each[:PLACE_LENGTH] for each in choice.slugs if each not in known]
    return _compared(request, ground, choice.among(known), faults, context)


def _meant(words: str) -> list[Municipality]:
    """Which municipalities WORDS may mean; one alone where it is the only one of that name."""
    if not words:
        return []
    named: list[Municipality] = list(Municipality.objects.named(words)[:MOST_MEANT])
    exact: Any = [each for each in named if each.closeness == 0]  # type: ignore[attr-defined]
    if len(exact) == 1:
        return [*exact]
    return named or [*Municipality.objects.sounding_like(words, MOST_ALIKE)]


def _to_choose(
    request: HttpRequest, *, missing: str = "", faults: Sequence[str] = (), **context: Any
) -> HttpResponse:
    """What can be compared; MISSING is the name of a region that there is not."""
    status = HTTPStatus.OK
    if missing:
        status = HTTPStatus.NOT_FOUND
    elif faults:
        status = HTTPStatus.BAD_REQUEST
    known = regions()
    context |= {
        "regions_with_plan": [each for each in known if each.with_plan],
        "regions_without_plan": [each for each in known if not each.with_plan],
        "missing": missing,
        "faults": faults,
        "all": _all_of_them() if sum(each.with_plan for each in known) <= MOST else None,
        "why_not_by_progress": WHY_NOT_BY_PROGRESS,
        "permanent_link": absolute(request.path),
    }
    return render(request, "tracking/compare.html", context, status=status)


def _all_of_them() -> ComparedChoice | None:
    """All that have a plan, who reports least first; None where there is nothing beside another."""
    rows = with_plan_mark(Municipality.objects.all()).filter(has_plan=True)
    slugs = tuple(rows.values_list("slug", flat=True))
    return ComparedChoice(slugs, order="cobertura") if len(slugs) > 1 else None


def _compared(
    request: HttpRequest,
    ground: Ground,
    choice: ComparedChoice,
    faults: list[str],
    context: dict[str, Any],
) -> HttpResponseBase:
    semester = choice.semester if choice.semester in ground.semesters else None
    is_missing = choice.semester != semester
    status = HTTPStatus.NOT_FOUND if is_missing or context.get("unknown") else HTTPStatus.OK
    if faults:
        status = HTTPStatus.BAD_REQUEST
    if is_missing:
        faults = [*faults, _("De %s no hay nada que comparar aquí.") % choice.semester]
    comparison = ground.compared(semester)
    places = choice.in_order(comparison)
    if request.GET.get("formato") == "csv" and status == HTTPStatus.OK:
        return compared_table(context.get("region_slug", ""), comparison, places)
    offered = [(each, choice.address(semester=each)) for each in comparison.semesters]
    page = Paginator(places, PAGE_SIZE).get_page(request.GET.get("pagina"))
    rows = [(each, choice.without(each.municipality.slug)) for each in page]
    context |= {
        "comparison": comparison,
        "choice": choice,
        "semesters": offered[:MOST_SEMESTERS],
        "csv_address": choice.address(form="csv"),
        "page": page,
        "compared": [row for row in rows if row[0].is_compared],
        "others": [row for row in rows if not row[0].is_compared],
        "is_demonstration": comparison.is_simulated,
        "faults": faults,
        "figures": FIGURES.values(),
        "why_not_by_progress": WHY_NOT_BY_PROGRESS,
        "permanent_link": absolute(f"{request.path}{choice.address().rstrip('?')}"),
    }
    return render(request, "tracking/compared.html", context, status=status)
