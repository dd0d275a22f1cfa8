"""Fetch what the public asks for by its address."""

import datetime as dt
from collections.abc import Iterable
from operator import attrgetter

from django.db.models import Count, Exists, IntegerField, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404

from plans.models import Plan
from plans.plan_path import PlanPath
from plans.querysets import PlanQuerySet
from plans.term import Term


class PlanMoved(Exception):
    """PLAN has another address than the one that was asked for, which keeps leading to it."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(str(plan))
        self.plan = plan


def plan_in_force(slug: str, term: Term) -> Plan:
    """The published plan of that municipality and term, both in one query. Http404 without it.

    Its document comes along, but for the text, which is asked for where it is shown. ``others`` is
    how many lists' plans there are beside it.
    """
    plan: Plan = get_object_or_404(_with_their_places(term).in_force(), municipality__slug=slug)
    return plan


def published_plan(slug: str, path: PlanPath) -> Plan:
    """The same, also of a list whose plan is not in force: then ``has_one_in_force`` says whether
    there is one. PlanMoved where the list's plan came in force.
    """
    if not path.list_slug:
        return plan_in_force(slug, path.term)
    plans = _with_their_places(path.term).filter(list_slug=path.list_slug)
    plan: Plan = get_object_or_404(plans, municipality__slug=slug)
    if plan.path != path:
        raise PlanMoved(plan)
    return plan


def governing(plans: Iterable[Plan], *, at: dt.date) -> Plan | None:
    """Of PLANS of one municipality the one to begin with on the day AT, None without any.

    That of the running term, or else of the last that ran; where none has run yet, of the next:
    a plan is published months before its term begins.
    """
    plans = sorted(plans, key=attrgetter("first_year"))
    begun = [plan for plan in plans if plan.first_year <= at.year]
    return begun[-1] if begun else next(iter(plans), None)


def beside(plan: Plan) -> PlanQuerySet:
    """What the other lists offered to the municipality of PLAN for its term, not in force."""
    rows: PlanQuerySet = (
        Plan.objects.published()
        .of_lists()
        .filter(municipality=plan.municipality_id, first_year=plan.first_year)
        .exclude(pk=plan.pk)
        .select_related("municipality")
        .order_by("organization", "list_slug")
    )
    return rows


def _with_their_places(term: Term) -> PlanQuerySet:
    """The published plans of TERM, each with what stands beside it."""
    same = Plan.objects.published().filter(
        municipality=OuterRef("municipality"), first_year=OuterRef("first_year")
    )
    others = same.of_lists().exclude(pk=OuterRef("pk")).order_by().values("municipality")
    rows: PlanQuerySet = (
        Plan.objects.published()
        .of_term(term)
        .select_related("municipality", "current_document")
        .defer("current_document__text")
        .annotate(
            has_one_in_force=Exists(same.in_force()),
            others=Coalesce(
                Subquery(others.annotate(n=Count("pk")).values("n")), 0, output_field=IntegerField()
            ),
        )
    )
    return rows
