"""Saying the same of how many promises are measured."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Municipality, User
from plans.models import MeasuringTerms, Plan
from tests.conftest import SignIn
from tests.factories import make_plan
from tests.forms import drawn_with
from tests.pages import errors_of

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:measure", args=["puno", "2019-2022"])
LIST = reverse("office_plans:elements", args=["puno", "2019-2022"])


def sent(**fields: Any) -> dict[str, Any]:
    refs = ["S.1.1.1", "L"]
    return {
        "elemento": refs,
        "ofrecido": " ".join(refs),
        "kind": "entrega",
        "reason": "Lo acordó el comité",
        **fields,
    }


def stated(plan: Plan) -> dict[str, str]:
    rows = MeasuringTerms.objects.in_force().filter(element__plan=plan).select_related("element")
    return {each.element.ref: each.kind for each in rows}


def test_a_choice_in_the_list_opens_the_form_and_writes_nothing(
    browser: Client, puno_plan: Plan
) -> None:
    answer = browser.post(PAGE, {"elemento": ["S.1.1.1", "L"], "unit": "", "how": "agregar"})
    assert answer.status_code == 200
    assert [element.ref for element in answer.context["rows"]] == ["S.1.1.1", "L"]
    assert answer.context["form"].errors == {}
    assert puno_plan.versions.count() == 1


def test_only_what_has_no_kind_is_offered(browser: Client) -> None:
    answer = browser.post(PAGE, {"todo": "on"})
    assert [element.ref for element in answer.context["rows"]] == ["S.1.1.1", "L"]


def test_all_that_the_filter_shows_is_offered(
    planner: User, puno: Municipality, signed_in: SignIn
) -> None:
    make_plan(puno, more=60)
    answer = signed_in(planner).post(f"{PAGE}?falta=seguimiento&q=lineamiento", {"todo": "on"})
    assert [element.ref for element in answer.context["rows"]] == [f"M.{n}" for n in range(1, 61)]


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        ({}, "No eligió nada: marque algo en la lista."),
        ({"elemento": ["Z.9"]}, "El plan no tiene, entre lo que se mide, «Z.9»."),
        ({"elemento": ["S.1.1.2"]}, "Ya se dijo cómo se mide cada uno de los elegidos"),
    ],
)
def test_a_choice_of_nothing_goes_back_to_the_list_and_says_so(
    browser: Client, choice: dict[str, Any], said: str
) -> None:
    answer = browser.post(f"{PAGE}?nivel=target", {**choice, "how": "agregar"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?nivel=target", 302)]
    (message,) = answer.context["messages"]
    assert said in str(message)


def test_without_a_choice_there_is_no_form(browser: Client) -> None:
    assert browser.get(PAGE).status_code == 302


def test_the_marked_get_the_same_kind_in_one_version(
    browser: Client, puno_plan: Plan, planner: User
) -> None:
    answer = browser.post(f"{PAGE}?falta=medida", sent(), follow=True)
    assert answer.redirect_chain == [(f"{LIST}?falta=medida", 302)]
    (message,) = answer.context["messages"]
    assert str(message) == "2 elementos tienen ahora forma de medir: entrega."
    assert stated(puno_plan) == {"S.1.1.1": "entrega", "S.1.1.2": "variacion", "L": "entrega"}
    assert puno_plan.versions.get(number=2).by == planner


def test_what_was_chosen_when_the_session_ended_opens_the_form_again(
    planner: User, puno_plan: Plan
) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(planner)
    drawn = drawn_with(client.get(LIST))
    client.session.flush()
    client.post(PAGE, {**sent(reason="A medias", kind=""), **drawn})
    client.force_login(planner)
    page = client.get(PAGE)
    assert page.status_code == 200
    assert page.context["form"]["reason"].value() == "A medias"
    assert [element.ref for element in page.context["rows"]] == ["S.1.1.1", "L"]
    assert stated(puno_plan) == {"S.1.1.2": "variacion"}


def test_a_mark_taken_off_leaves_it_out(browser: Client, puno_plan: Plan) -> None:
    browser.post(PAGE, sent(elemento=["L"]))
    assert stated(puno_plan) == {"S.1.1.2": "variacion", "L": "entrega"}


def test_what_has_a_kind_already_is_left_alone(browser: Client, puno_plan: Plan) -> None:
    browser.post(PAGE, sent(elemento=["L", "S.1.1.2"]))
    assert stated(puno_plan) == {"S.1.1.2": "variacion", "L": "entrega"}


def test_a_level_needs_its_figure(browser: Client, puno_plan: Plan) -> None:
    errors = errors_of(browser.post(PAGE, sent(kind="nivel")))
    assert errors == {
        "goal": ["S.1.1.1: Un nivel necesita el valor de la meta."],
        "unit_of_measure": ["S.1.1.1: Diga en qué se mide: %, km, viviendas…"],
    }
    level = sent(kind="nivel", goal="100", unit_of_measure="por ciento", direction="aumentar")
    assert errors_of(browser.post(PAGE, level)).keys() == {"nature"}
    answer = browser.post(PAGE, {**level, "nature": "parte"})
    assert answer.status_code == 302
    terms = MeasuringTerms.objects.get(element__ref="L")
    assert (terms.kind, terms.goal_printed, terms.unit_of_measure) == ("nivel", "100", "%")
    assert (terms.nature, terms.direction) == ("parte", "aumentar")


def test_the_figure_of_a_level_is_not_stated_of_another_kind(
    browser: Client, puno_plan: Plan
) -> None:
    browser.post(PAGE, sent(goal="100", unit_of_measure="%"))
    assert MeasuringTerms.objects.get(element__ref="L").goal is None


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "variacion"}, "kind"),
        ({"reason": ""}, "reason"),
        ({"reason": "a" * 301}, "reason"),
        ({"kind": "nivel", "goal": "140", "unit_of_measure": "%", "nature": "parte"}, "goal"),
        (
            {"kind": "nivel", "goal": "1", "unit_of_measure": "km", "direction": "mantener"},
            "direction",
        ),
        ({"kind": "nivel", "goal": "1,500", "unit_of_measure": "km"}, "goal"),
        ({"kind": "nivel", "goal": "0", "unit_of_measure": "km"}, "direction"),
        ({"elemento": []}, "elemento"),
        ({"elemento": ["S.1"]}, "elemento"),
    ],
)
def test_what_cannot_be_stated_says_why_and_keeps_what_was_typed(
    browser: Client, puno_plan: Plan, fields: dict[str, Any], field: str
) -> None:
    answer = browser.post(PAGE, sent(**fields))
    assert errors_of(answer).keys() == {field}
    assert [element.ref for element in answer.context["rows"]] == ["S.1.1.1", "L"]
    assert answer.context["form"]["reason"].value() == sent(**fields)["reason"]
    assert puno_plan.versions.count() == 1


def test_what_the_page_did_not_offer_is_not_listed(browser: Client) -> None:
    answer = browser.post(PAGE, sent(reason="", ofrecido="L S.1 \x00"))
    assert [element.ref for element in answer.context["rows"]] == ["L"]
