"""Fetch what the public asks for by its address."""

from django.shortcuts import get_object_or_404

from plans.models import Plan
from plans.term import Term


def published_plan(slug: str, term: Term) -> Plan:
    """The published plan of that municipality and term, both in one query. Http404 without it.

    Its document comes along, but for the text, which is asked for where it is shown.
    """
    plans = Plan.objects.published().of_term(term).select_related("municipality", "document")
    plans = plans.defer("document__text")
    plan: Plan = get_object_or_404(plans, municipality__slug=slug)
    return plan
