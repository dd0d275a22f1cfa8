"""A plan at a glance: how it goes, the whole hierarchy, what it declares and what it does not."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from plans.choices import Level
from plans.summary import level_counts, undeclared
from plans.term import Term
from plans.version_notes import notes_of
from tracking.models import ProgressReport
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.overview import Overview, overview_of
from tracking.public.tables.promises import promises_table
from tracking.public.tables.spending import spending_table
from tracking.reading.causes import Cause, causes_of
from tracking.reading.lookup import published_plan
from tracking.reading.spending import expenditures_in_force, leaves, spending_by_year

NEWEST = 20
"""Versions shown in full; older ones stay in the database."""

MOST_NOTES = 60
"""Changes of one version that are told."""

TABLES = {"csv": promises_table, "gasto": spending_table}


@public_page(
    "semestre", "nivel", "dimension", "oficina", "estado", "senal", "ver", scope=Scope.MUNICIPALITY
)
def plan(request: HttpRequest, slug: str, term: Term) -> HttpResponseBase:
    """``?ver=todo`` opens every fold; ``?formato=csv`` and ``?formato=gasto`` are its figures.

    The rest of the address chooses a semester, and which promises are listed: see `Choice`.
    """
    if request.GET.get("ver", "") not in ("", "todo"):
        raise Http404
    found = published_plan(slug, term)
    try:
        overview = overview_of(found, request.GET, at=timezone.localdate())
    except ValueError as error:
        raise Http404(str(error)) from error
    if table := TABLES.get(request.GET.get("formato", "")):
        return table(overview)
    return _page(request, overview)


def _page(request: HttpRequest, overview: Overview) -> HttpResponse:
    found, roots = overview.plan, overview.shown_roots
    reports = ProgressReport.objects.published().filter(plan=found).order_by("-published_at")
    newest = Subquery(reports.values("published_at")[:1])
    versions = list(found.versions.published().annotate(reported_at=newest)[:NEWEST])
    context: dict[str, Any] = {
        "plan": found,
        "overview": overview,
        "dimensions": [root for root in roots if root.element.level == Level.DIMENSION],
        "guidelines": [root for root in roots if root.element.level == Level.GUIDELINE],
        "guideline_count": sum(root.count(Level.GUIDELINE) for root in roots),
        "counts": level_counts(found, overview.roots),
        "undeclared": undeclared(overview.roots),
        "versions": [(each, notes_of(each, MOST_NOTES)) for each in versions],
        "term_status": found.term.status(at=overview.at),
        "causes": _causes(overview),
        "spending": spending_by_year(expenditures_in_force(found), leaves(overview.elements)),
        "as_of": max(filter(None, [versions[0].published_at, versions[0].reported_at])),
        "permanent_link": settings.SITE_URL + found.get_absolute_url(),
        "unfolded": request.GET.get("ver") == "todo" or overview.choice.is_filter,
    }
    return render(request, "tracking/plan.html", context)


def _causes(overview: Overview) -> Mapping[int, Cause]:
    """Why each promise is behind, by its element's id, for whoever chose those that are."""
    if overview.semester is None or not overview.choice.is_of_trouble:
        return {}
    kept = [element.pk for element in overview.kept]
    return causes_of(overview.plan, kept, until=overview.semester)
