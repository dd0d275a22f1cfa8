"""Saying in the list which unit answers for what."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan
from tests.conftest import SignIn
from tests.factories import make_plan, make_unit
from tests.pages import errors_of

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:elements", args=["puno", "2019-2022"])
# The door's four, the plan, the unit, what was chosen, and the service's but for rows to take out.
QUERIES = 33


def answering(plan: Plan) -> dict[str, list[str]]:
    rows = plan.elements.in_document_order().prefetch_related("units")
    found = {each.ref: sorted(unit.name for unit in each.units.all()) for each in rows}
    return {ref: names for ref, names in found.items() if names}


def said(answer: Any) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_the_marked_get_the_unit(browser: Client, puno_plan: Plan, puno_unit: Unit) -> None:
    sent = {"elemento": ["S.1.1.1", "L"], "unit": puno_unit.pk, "how": "agregar"}
    answer = browser.post(PAGE, sent, follow=True)
    assert said(answer) == ["Gerencia de Obras: cambiaron 2 elementos."]
    assert answering(puno_plan) == {"S.1.1.1": ["Gerencia de Obras"], "L": ["Gerencia de Obras"]}


def test_the_operator_may_do_it_too(
    operator: User, puno_plan: Plan, puno_unit: Unit, signed_in: SignIn
) -> None:
    sent = {"elemento": ["L"], "unit": puno_unit.pk, "how": "agregar"}
    assert signed_in(operator).post(PAGE, sent).status_code == 302
    assert puno_plan.versions.get(number=2).by == operator


def test_all_that_the_filter_shows_get_it_whatever_the_page(
    planner: User, puno: Municipality, puno_unit: Unit, signed_in: SignIn
) -> None:
    plan = make_plan(puno, more=60)
    place = f"{PAGE}?nivel=guideline&q=lineamiento"
    sent = {"todo": "on", "unit": puno_unit.pk, "how": "agregar"}
    answer = signed_in(planner).post(place, sent, follow=True)
    assert answer.redirect_chain == [(place, 302)]
    assert said(answer) == ["Gerencia de Obras: cambiaron 60 elementos."]
    assert list(answering(plan)) == [f"M.{n}" for n in range(1, 61)]
    assert plan.versions.count() == 2


def test_a_unit_replaces_another_and_is_taken_away(
    browser: Client, puno: Municipality, puno_plan: Plan, puno_unit: Unit
) -> None:
    other = make_unit(puno, "Gerencia de Salud")
    both = ["S.1.1.1", "S.1.1.2"]
    browser.post(PAGE, {"elemento": both, "unit": puno_unit.pk, "how": "agregar"})
    browser.post(PAGE, {"elemento": both[:1], "unit": other.pk, "how": "reemplazar"})
    assert answering(puno_plan) == {
        "S.1.1.1": ["Gerencia de Salud"],
        "S.1.1.2": ["Gerencia de Obras"],
    }
    sent = {"elemento": both, "unit": puno_unit.pk, "how": "quitar"}
    answer = browser.post(PAGE, sent, follow=True)
    assert said(answer)[-1] == "Gerencia de Obras: cambió 1 elemento. 1 ya estaba así."
    assert answering(puno_plan) == {"S.1.1.1": ["Gerencia de Salud"]}


def test_a_filter_that_cannot_be_read_changes_nothing(
    browser: Client, puno_plan: Plan, puno_unit: Unit
) -> None:
    sent = {"todo": "on", "unit": puno_unit.pk, "how": "agregar"}
    assert browser.post(f"{PAGE}?unidad=abc", sent).status_code == 302
    assert answering(puno_plan) == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"elemento": []}, "elemento"),
        ({"elemento": ["S.1"]}, "elemento"),
        ({"elemento": ["Z.9"]}, "elemento"),
        ({"elemento": ["\x00"]}, "elemento"),
        ({"unit": ""}, "unit"),
        ({"unit": "abc"}, "unit"),
        ({"unit": "99999999999999999999"}, "unit"),
        ({"how": ""}, "how"),
        ({"how": "borrar"}, "how"),
    ],
)
def test_what_cannot_be_done_says_why_and_keeps_the_marks(
    browser: Client, puno_plan: Plan, puno_unit: Unit, fields: dict[str, Any], field: str
) -> None:
    sent = {"elemento": ["L"], "unit": puno_unit.pk, "how": "agregar", **fields}
    answer = browser.post(PAGE, sent)
    assert errors_of(answer).keys() == {field}
    assert answer.context["form"].refs == sent["elemento"]
    assert answering(puno_plan) == {}


def test_a_unit_of_another_municipality_is_refused(
    browser: Client, puno_plan: Plan, lamas_unit: Unit
) -> None:
    sent = {"elemento": ["L"], "unit": lamas_unit.pk, "how": "agregar"}
    assert errors_of(browser.post(PAGE, sent)).keys() == {"unit"}


def test_a_closed_unit_can_only_be_taken_away(
    browser: Client, puno_plan: Plan, puno_unit: Unit
) -> None:
    sent = {"elemento": ["L"], "unit": puno_unit.pk, "how": "agregar"}
    browser.post(PAGE, sent)
    puno_unit.closed_on = timezone.localdate()
    puno_unit.save()
    errors = errors_of(browser.post(PAGE, {**sent, "elemento": ["S.1.1.1"]}))
    assert errors == {"unit": ["Esa unidad se suprimió: solo se puede quitar."]}
    assert browser.post(PAGE, {**sent, "how": "quitar"}).status_code == 302
    assert answering(puno_plan) == {}


@pytest.mark.parametrize("more", [0, 60])
def test_it_asks_the_same_whatever_their_number(
    more: int,
    planner: User,
    puno: Municipality,
    puno_unit: Unit,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    make_plan(puno, more=more)
    client = signed_in(planner)
    with django_assert_num_queries(QUERIES):
        client.post(PAGE, {"todo": "on", "unit": puno_unit.pk, "how": "agregar"})
