"""The public pages of what the apps below keep, each where its route is."""

import pytest
from django.urls import reverse

from accounts.models import Unit
from plans.models import Plan, PlanElement

pytestmark = pytest.mark.django_db


def test_every_row_with_a_page_leads_to_it(puno_plan: Plan, puno_unit: Unit) -> None:
    place = puno_plan.municipality
    plan = [place.slug, puno_plan.term]
    assert place.get_absolute_url() == reverse("tracking:municipality", args=[place.slug])
    assert puno_unit.get_absolute_url() == reverse("tracking:unit", args=[place.slug, puno_unit.pk])
    assert puno_plan.get_absolute_url() == reverse("tracking:plan", args=plan)
    assert puno_plan.document.get_absolute_url() == reverse("tracking:document", args=plan)


def test_a_promise_s_page_lies_below_its_plan_s(puno_plan: Plan) -> None:
    for element in PlanElement.objects.filter(plan=puno_plan).select_related("plan__municipality"):
        args = [puno_plan.municipality.slug, puno_plan.term, element.ref]
        assert element.get_absolute_url() == reverse("tracking:element", args=args)
