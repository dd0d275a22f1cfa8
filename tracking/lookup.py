"""Fetch what the public asks for by its address."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from plans.models import Plan
from plans.term import Term


def published_plan(slug: str, term: str) -> Plan:
    """The published plan of that municipality and term, both in one query. Http404 without it."""
    try:
        plans = Plan.objects.published().of_term(Term.parse(term))
    except ValueError as error:
        raise Http404(str(error)) from None
    plan: Plan = get_object_or_404(plans.select_related("municipality"), municipality__slug=slug)
    return plan
