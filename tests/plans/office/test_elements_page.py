"""The list of what a plan promises, as planning prepares it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Answering
from plans.models import Plan
from plans.services.editing import state_alike, withdraw_elements
from plans.services.responsibilities import answer_for
from tests.conftest import SignIn
from tests.factories import make_plan

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:elements", args=["puno", "2019-2022"])
# The door's four, the plan, counts; how many, rows, their terms, their units; units for the filter
# and for the form; the menu's notices.
QUERIES = 12


def shown(client: Client, **asked: Any) -> list[str]:
    return [element.ref for element in client.get(PAGE, asked).context["page"]]


def test_it_shows_what_is_measured_and_guidelines_that_may_be_followed(browser: Client) -> None:
    assert shown(browser) == ["S.1.1.1", "S.1.1.2", "L"]


def test_a_closed_unit_answers_for_nothing(
    browser: Client, puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    answer_for([puno_plan.elements.get(ref="S.1.1.1")], puno_unit, Answering.ADD, by=planner)
    assert shown(browser, falta="unidad") == ["S.1.1.2"]
    puno_unit.closed_on = timezone.localdate()
    puno_unit.save()
    assert shown(browser, falta="unidad") == ["S.1.1.1", "S.1.1.2"]


def test_what_was_withdrawn_is_not_shown(browser: Client, puno_plan: Plan, planner: User) -> None:
    withdraw_elements([puno_plan.elements.get(ref="L")], by=planner)
    assert shown(browser) == ["S.1.1.1", "S.1.1.2"]


@pytest.mark.parametrize(
    ("asked", "refs"),
    [
        ({"dimension": "social"}, ["S.1.1.1", "S.1.1.2"]),
        ({"dimension": "economica"}, []),
        ({"nivel": "target"}, ["S.1.1.2"]),
        ({"nivel": "guideline"}, ["L"]),
        ({"q": "desnutriciones"}, ["S.1.1.2"]),
        ({"q": "s.1.1"}, ["S.1.1.1", "S.1.1.2"]),
        ({"q": "«comedores de Puno»"}, ["S.1.1.1"]),
        ({"falta": "medida"}, ["S.1.1.1"]),
        ({"falta": "unidad"}, ["S.1.1.1", "S.1.1.2"]),
        ({"falta": "seguimiento"}, ["L"]),
        ({"falta": "unidad", "nivel": "target"}, ["S.1.1.2"]),
    ],
)
def test_it_is_filtered(browser: Client, asked: dict[str, str], refs: list[str]) -> None:
    assert shown(browser, **asked) == refs


def test_it_is_filtered_by_unit(
    browser: Client, puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    target = puno_plan.elements.get(ref="S.1.1.2")
    answer_for([target], puno_unit, Answering.ADD, by=planner)
    assert shown(browser, unidad=puno_unit.pk) == ["S.1.1.2"]
    assert shown(browser, falta="unidad") == ["S.1.1.1"]
    puno_unit.closed_on = timezone.localdate()
    puno_unit.save()
    assert shown(browser, unidad=puno_unit.pk) == ["S.1.1.2"]


@pytest.mark.parametrize(
    "asked",
    [
        {"dimension": "otra"},
        {"nivel": "problem"},
        {"falta": "todo"},
        {"unidad": "abc"},
        {"unidad": "99999999999999999999"},
        {"q": "\x00"},
        {"q": "a" * 201},
    ],
)
def test_a_filter_that_cannot_be_read_shows_nothing_and_says_so(
    browser: Client, asked: dict[str, str]
) -> None:
    answer = browser.get(PAGE, asked)
    assert answer.status_code == 200
    assert list(answer.context["page"]) == []
    assert answer.context["shown"].errors.keys() == asked.keys()


def test_a_unit_of_another_municipality_is_no_filter(browser: Client, lamas_unit: Unit) -> None:
    answer = browser.get(PAGE, {"unidad": lamas_unit.pk})
    assert answer.context["shown"].errors.keys() == {"unidad"}
    assert "Gerencia de Obras" not in answer.content.decode()


def test_a_followed_guideline_is_counted_with_the_rest(
    browser: Client, puno_plan: Plan, planner: User
) -> None:
    state_alike([puno_plan.elements.get(ref="L")], {"kind": "entrega"}, "x", by=planner)
    assert shown(browser, falta="seguimiento") == []
    assert browser.get(PAGE).context["counts"] == {
        "plan": puno_plan.pk,
        "total": 3,
        "without_kind": 1,
        "without_unit": 3,
        "not_followed": 0,
    }


@pytest.mark.parametrize(("number", "refs"), [("1", 50), ("2", 3), ("x", 50), ("999", 3)])
def test_it_comes_in_pages_of_50(
    planner: User, puno: Municipality, signed_in: SignIn, number: str, refs: int
) -> None:
    make_plan(puno, more=50)
    assert len(shown(signed_in(planner), pagina=number)) == refs


@pytest.mark.parametrize("more", [0, 60])
def test_it_asks_the_same_whatever_its_length(
    more: int,
    planner: User,
    puno: Municipality,
    puno_unit: Unit,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = make_plan(puno, more=more)
    answer_for(list(plan.elements.all()), puno_unit, Answering.ADD, by=planner)
    client = signed_in(planner)
    with django_assert_num_queries(QUERIES):
        client.get(PAGE, {"falta": "seguimiento"})
