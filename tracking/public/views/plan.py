"""A plan at a glance: how it goes, every promise of it, and where the rest is told."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import Subquery
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Unit
from plans.models import Plan, PlanElement
from plans.plan_path import PlanPath
from tracking.choices import Verdict
from tracking.models import ProgressReport
from tracking.public.card import Card
from tracking.public.charts.picture import Mark, Picture
from tracking.public.decorators import Scope, public_page
from tracking.public.figures.balance import begun
from tracking.public.figures.choice import classes_of
from tracking.public.figures.overview import Overview, overview_of
from tracking.public.figures.promise_list import PromiseList, anchor_of
from tracking.public.promise_tree import by_dimension
from tracking.public.tables.promises import promises_table
from tracking.public.tables.spending import spending_table
from tracking.reading.lookup import published_plan
from tracking.reading.spending import leaves, newest_spending

MOST_NAMED = 8
"""Words of a promise in the name of its mark."""

TABLES = {"csv": promises_table, "gasto": spending_table}
CHOSEN_BY = (
    *("semestre", "nivel", "dimension", "oficina", "estado", "senal", "va"),
    *("clasificacion", "distrito"),
    "ver",
    "vista",
)


@public_page(*CHOSEN_BY, scope=Scope.MUNICIPALITY)
def plan(request: HttpRequest, slug: str, path: PlanPath) -> HttpResponseBase:
    """``?vista=problemas`` shows the plan by what hangs from what, ``?ver=todo`` with every word of
    it; ``?vista=distritos`` what is promised for each district; ``?formato=csv`` and
    ``?formato=gasto`` are its figures.

    The rest of the address chooses a semester, and which promises are listed: see `Choice`.
    """
    if request.GET.get("ver", "") not in ("", "todo"):
        raise Http404
    if request.GET.get("vista", "") not in ("", "problemas", "distritos"):
        raise Http404
    plan = published_plan(slug, path)
    overview = chosen_overview(request, plan)
    if table := TABLES.get(request.GET.get("formato", "")):
        return table(overview)
    return _page(request, overview)


def chosen_overview(request: HttpRequest, plan: Plan) -> Overview:
    """What the address of REQUEST chooses of PLAN; Http404 where it chooses what is not offered."""
    try:
        return overview_of(plan, request.GET, at=timezone.localdate())
    except ValueError as error:
        raise Http404(str(error)) from error


def _page(request: HttpRequest, overview: Overview) -> HttpResponse:
    plan = overview.plan
    whole = request.GET.get("ver") == "todo"
    by_problem = whole or request.GET.get("vista") == "problemas"
    promises = PromiseList(overview)
    picture = Picture()
    context: dict[str, Any] = {
        "card": _card(overview, promises),
        "plan": plan,
        "overview": overview,
        "promises": promises,
        "picture": picture,
        "pictured": [
            (title, anchor_of(elements), picture.items(_marks(overview, elements)))
            for title, elements in promises.by_dimension
        ],
        "by_problem": by_problem,
        "by_district": not by_problem and request.GET.get("vista") == "distritos",
        "whole": whole,
        "tree": by_dimension(overview, whole=whole) if by_problem else [],
        "dimensions": overview.plan.dimensions,
        "verdicts": Verdict.choices,
        "classes": classes_of(plan).items(),
        "units": _answering(overview),
        "semesters": begun(overview.windows, at=overview.at),
        "term_status": plan.term.status(at=overview.at),
        "spending": newest_spending(plan, leaves(overview.elements)),
        "as_of": as_of(plan),
        "permanent_link": settings.SITE_URL + plan.get_absolute_url(),
    }
    return render(request, "tracking/plan.html", context)


def _card(overview: Overview, promises: PromiseList) -> Card | None:
    """How the plan goes today; None where the reader asked how it went in a semester."""
    if overview.chosen.semester:
        return None
    row = promises.coverage
    told = (overview.semester, row.reported, row.asked) if row else ()
    return Card.of_plan(overview.plan, promises.counts, *told)


def _marks(overview: Overview, elements: Iterable[PlanElement]) -> Iterator[Mark]:
    """ELEMENTS in the picture; addresses from the page's own, which they lie below."""
    base = overview.plan.get_absolute_url()
    labels = {each: str(each.label) for each in Verdict}
    for element in elements:
        known = overview.known[element.pk]
        words = element.statement.split(maxsplit=MOST_NAMED)
        name = " ".join(words[:MOST_NAMED]) + ("…" if len(words) > MOST_NAMED else "")
        yield Mark(f"{base}{element.ref}/", f"{labels[known.verdict]}: {name}", known)


def as_of(plan: Plan) -> dt.datetime:
    """When something of PLAN was last published: a version of it, or a report. One query."""
    reports = ProgressReport.objects.published().filter(plan=plan).order_by("-published_at")
    newest = Subquery(reports.values("published_at")[:1])
    versions = plan.versions.published().values_list("published_at", newest)
    last: dt.datetime = max(filter(None, versions[0]))
    return last


def _answering(overview: Overview) -> list[Unit]:
    """Who answers for something of the plan today, by name."""
    ids = {pk for units in overview.answering.values() for pk in units}
    return sorted((overview.units[pk] for pk in ids), key=lambda unit: unit.name)
