"""The page of a municipality's plans."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Answering
from plans.models import Plan
from plans.services.editing import state_alike
from plans.services.responsibilities import answer_for
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_plan

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:plans", args=["puno"])
QUERIES = 7  # session, person, roles, notices, simulated plan, plans, counts


def test_it_counts_what_planning_still_has_to_say(
    browser: Client, puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    (row,) = browser.get(PAGE).context["plans"]
    assert row["counts"] == {
        "plan": puno_plan.pk,
        "total": 2,
        "without_kind": 1,
        "without_unit": 2,
        "not_followed": 1,
    }
    activity, guideline = puno_plan.elements.filter(ref__in=["S.1.1.1", "L"])
    answer_for([activity], puno_unit, Answering.ADD, by=planner)
    state_alike([activity, guideline], {"kind": "entrega"}, "x", by=planner)
    (row,) = browser.get(PAGE).context["plans"]
    assert row["counts"] == {
        "plan": puno_plan.pk,
        "total": 3,
        "without_kind": 0,
        "without_unit": 2,
        "not_followed": 0,
    }


def test_it_says_whose_promise_each_is(browser: Client) -> None:
    page = browser.get(PAGE).content.decode()
    assert "Sin confirmar" in page
    assert "De este plan no se informan avances" in page


def test_an_elected_authoritys_plan_takes_reports(browser: Client, puno_plan: Plan) -> None:
    Plan.objects.update(
        standing="autoridad elegida", standing_source="Acta del JNE, 7 de noviembre de 2018"
    )
    page = browser.get(PAGE).content.decode()
    assert "Acta del JNE, 7 de noviembre de 2018" in page
    assert "De este plan no se informan avances" not in page


def test_only_plans_of_that_municipality_are_shown(
    browser: Client, puno: Municipality, puno_plan: Plan, lamas_plan: Plan
) -> None:
    later = make_plan(puno, term=Term(2023, 2026))
    rows = browser.get(PAGE).context["plans"]
    assert [row["plan"] for row in rows] == [later, puno_plan]


def test_a_municipality_without_a_plan_learns_where_plans_come_from(
    planner: User, signed_in: SignIn
) -> None:
    assert "no tiene todavía un plan" in signed_in(planner).get(PAGE).content.decode()


def test_it_asks_the_same_whatever_the_number_of_plans(
    browser: Client, puno: Municipality, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
    make_plan(puno, term=Term(2023, 2026), more=30)
    with django_assert_num_queries(QUERIES):
        browser.get(PAGE)
