"""One promise: chain, quotation, permanent link."""

import pytest
from django.template.loader import render_to_string
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.services.editing import withdraw_elements
from tests.factories import state


def page_of(client: Client, ref: str) -> str:
    response = client.get(f"/m/puno/2019-2022/{ref}/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_links_its_chain_its_siblings_and_its_place(client: Client, real_puno: Plan) -> None:
    page = page_of(client, "S.1.1.2")
    for ref in ("S", "S.1", "S.1.1", "S.1.1.1"):
        assert f'href="/m/puno/2019-2022/{ref}/"' in page
    assert 'href="/m/puno/2019-2022/documento/#S.1.1.2"' in page
    assert (
        "<mark>Incrementar la cobertura de viviendas con servicios básicos al 100%.</mark>" in page
    )


def test_it_shows_the_figure_that_the_plan_states_and_invents_no_baseline(
    client: Client, real_puno: Plan
) -> None:
    page = page_of(client, "S.1.1.2")
    assert "100\u00a0%" in page
    assert "el plan no la declara" in page


def test_it_gives_a_permanent_link_and_a_citation(client: Client, real_puno: Plan) -> None:
    page = page_of(client, "S.1")
    assert 'href="http://localhost:8000/m/puno/2019-2022/S.1/"' in page
    assert "Cómo citarlo" in page


def test_an_element_of_every_level_and_depth_has_its_page(client: Client, real_puno: Plan) -> None:
    refs = real_puno.elements.values_list("level", "activity_kind", "ref")
    for ref in {(level, kind, ref.count(".")): ref for level, kind, ref in refs}.values():
        page_of(client, ref)


def test_it_costs_ten_queries(
    client: Client, real_lamas: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        client.get("/m/lamas/2019-2022/S.1/")


@pytest.mark.parametrize("ref", ["S.99", "Z", "S.1.1.1.1.1.1.1.1", "S.0", "S.1000"])
def test_an_unknown_ref_is_a_404(client: Client, real_puno: Plan, ref: str) -> None:
    assert client.get(f"/m/puno/2019-2022/{ref}/").status_code == 404


def test_a_ref_in_lower_case_leads_to_its_address(client: Client, real_puno: Plan) -> None:
    response = client.get("/m/puno/2019-2022/s.1/")
    assert (response.status_code, response["Location"]) == (301, "/m/puno/2019-2022/S.1/")


def test_what_was_withdrawn_keeps_its_address_and_says_so(client: Client, real_puno: Plan) -> None:
    person = User.objects.create_user("planner@puno.pe")
    withdraw_elements([PlanElement.objects.get(ref="S.1.1.2")], by=person)
    page = page_of(client, "S.1.1.2")
    assert "Desde la versión 2 (" in page
    assert "Vigía ya no recoge este texto" in page
    assert 'href="/m/puno/2019-2022/documento/#L175"' in page
    hierarchy = client.get("/m/puno/2019-2022/").content.decode().partition("<aside>")[0]
    assert "S.1.1.2/" not in hierarchy
    for relative in ("S.1.1", "S.1.1.1"):
        assert "/S.1.1.2/" not in page_of(client, relative)


def test_goalposts_cannot_move_unseen(client: Client, real_puno: Plan) -> None:
    target = PlanElement.objects.get(ref="S.1.1.2")
    planner = User.objects.create_user("planner@puno.pe")
    state(target, planner, kind="nivel", goal=10, unit_of_measure="%")
    page = page_of(client, "S.1.1.2")
    assert "Acuerdo de concejo" in page
    assert "Recoge lo que dice el texto del plan." in page
    assert "Valor de la meta: 100\u00a0%" in page
    assert "Valor de la meta: 10\u00a0%" in page
    plan = client.get("/m/puno/2019-2022/sobre/").content.decode()
    assert "valor de la meta: «100» → «10»" in plan


@pytest.mark.parametrize(
    ("statement", "headline", "is_folded"),
    [("Agua", "“Agua”</h1>", False), ("agua " * 400, "agua …”</h1>", True)],
)
def test_a_promise_of_four_letters_is_its_heading_and_one_of_two_thousand_folds_whole(
    statement: str, headline: str, is_folded: bool
) -> None:
    element = PlanElement(statement=statement.strip(), level=Level.TARGET)
    page = render_to_string("tracking/promise/_words.html", {"element": element})
    assert headline in page
    assert ("<details" in page) is is_folded
    assert statement.strip() in page
