"""What the page of a plan says in two sentences, told whole, each at an address of its own."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.plan_path import PlanPath
from plans.summary import level_counts, undeclared
from plans.term import Term
from plans.version_notes import notes_of
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.by_semester import bars_of, columns_of, dimension_bars
from tracking.public.figures.overview import Overview
from tracking.public.figures.promise_list import row_of
from tracking.public.views.plan import as_of, chosen_overview
from tracking.reading.lookup import beside, plan_in_force, published_plan
from tracking.reading.spending import expenditures_in_force, leaves, spending_by_year

NEWEST = 20
"""Versions shown in full; older ones stay in the database."""

MOST_NOTES = 60
"""Changes of one version that are told."""


@public_page("semestre", scope=Scope.MUNICIPALITY)
def semesters(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    """``?semestre=2021-I`` chooses the one whose counts are told; else the last one due."""
    overview = _told(request, slug, term)
    context = {
        "bars": bars_of(overview),
        "columns": columns_of(overview),
        "dimension_bars": dimension_bars(overview),
    }
    return _section(request, overview, "semesters", context)


@public_page("semestre", scope=Scope.MUNICIPALITY)
def changes(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    """``?semestre=2021-I``: since the one before it; else since the one before the last due."""
    overview = _told(request, slug, term)
    if overview.changes is None:
        raise Http404(_("No hay un semestre anterior con que comparar."))
    groups = [
        (title, [row_of(overview, each) for each in elements])
        for title, elements in overview.changes.by_kind
    ]
    return _section(request, overview, "changes", {"groups": groups})


@public_page("semestre", scope=Scope.MUNICIPALITY)
def unreported(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    """``?semestre=2021-I``: what did not arrive in it, by who had to send it."""
    overview = _told(request, slug, term)
    debts = [
        (debt.unit, [row_of(overview, each) for each in debt.elements]) for debt in overview.debts
    ]
    return _section(request, overview, "unreported", {"debts": debts})


@public_page(scope=Scope.MUNICIPALITY)
def spending(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    overview = chosen_overview(request, plan_in_force(slug, term))
    years = spending_by_year(expenditures_in_force(overview.plan), leaves(overview.elements))
    return _section(request, overview, "spending", {"spending": years})


@public_page(scope=Scope.MUNICIPALITY)
def about(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponse:
    """What the plan declares and what it does not, who filed it, its versions, and the lists that
    filed another."""
    overview = chosen_overview(request, published_plan(slug, path))
    versions = list(overview.plan.versions.published()[:NEWEST])
    context = {
        "counts": level_counts(overview.plan, overview.roots),
        "lists": beside(overview.plan),
        "undeclared": undeclared(overview.plan, overview.roots),
        "versions": [(each, notes_of(each, MOST_NOTES)) for each in versions],
    }
    return _section(request, overview, "about", context)


def _told(request: HttpRequest, slug: str, term: Term) -> Overview:
    """The plan of that address, of which reports are asked. Http404 where none are."""
    overview = chosen_overview(request, plan_in_force(slug, term))
    if not overview.balances:
        raise Http404(_("De este plan no se ha pedido ningún informe en ese semestre."))
    return overview


def _section(
    request: HttpRequest, overview: Overview, name: str, context: dict[str, Any]
) -> HttpResponse:
    plan = overview.plan
    address = reverse(f"tracking:plan_{name}", args=plan.url_args)
    shared = {
        "plan": plan,
        "overview": overview,
        "as_of": as_of(plan),
        "permanent_link": settings.SITE_URL + address,
    }
    return render(request, f"tracking/plan/{name}.html", shared | context)
