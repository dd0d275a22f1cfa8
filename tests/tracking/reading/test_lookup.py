"""A plan is found by its municipality and term, once it is published."""

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from plans.models import Plan
from plans.term import Term
from tests.factories import TERM
from tracking.reading.lookup import plan_in_force


def test_a_plan_comes_with_its_document_and_without_the_text(
    puno_plan: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        plan = plan_in_force("puno", TERM)
        assert (plan, plan.municipality.slug) == (puno_plan, "puno")
        assert plan.document.get_deferred_fields() == {"text"}


def test_what_is_not_published_or_of_another_term_is_not_there(puno_plan: Plan) -> None:
    for slug, term in (("puno", Term(2023, 2026)), ("lamas", TERM)):
        with pytest.raises(Http404):
            plan_in_force(slug, term)
    Plan.objects.update(version=0)
    with pytest.raises(Http404):
        plan_in_force("puno", TERM)
