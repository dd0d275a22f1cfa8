"""Find one's municipality."""

from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.choices import MunicipalityKind
from accounts.models import Municipality, Unit
from plans.models import Plan
from tests.factories import make_municipality
from tests.tracking.simulated import AT
from tracking.demo.simulate import simulate


@pytest.fixture
def coata(real_puno: Plan) -> Municipality:
    return make_municipality(
        "Coata",
        "210105",
        kind=MunicipalityKind.DISTRICT,
        province="Puno",
        region="Puno",
        slug="coata-puno",
    )


def test_a_district_learns_which_municipalities_answer(client: Client, coata: Municipality) -> None:
    page = client.get("/municipios/?q=coata").content.decode()
    assert "Municipalidad Distrital de Coata" in page
    assert "Aún no hay un plan aquí." in page
    assert 'También responde la <a href="/m/puno/">Municipalidad Provincial de Puno</a>' in page
    assert "de la que hay un plan aquí" in page


def test_accents_and_case_do_not_matter(client: Client, db: None) -> None:
    make_municipality("Huancané", "210601", region="Puno", slug="huancane")
    for typed in ("huancane", "HUANCANÉ", " huancané  puno "):
        assert (
            "Provincial de Huancané"
            in client.get(f"/municipios/?q={quote(typed)}").content.decode()
        )


def test_the_place_of_exactly_that_name_comes_first(client: Client, coata: Municipality) -> None:
    make_municipality("Coatapampa", "999901", region="Puno", slug="coatapampa")
    page = client.get("/municipios/?q=coata").content.decode()
    assert page.index("Distrital de Coata<") < page.index("Provincial de Coatapampa<")


@pytest.mark.parametrize(
    "typed",
    ["Coata, Puno", "distrito de Coata", "Municipalidad Distrital de Coata", "COATA (Puno)"],
)
def test_people_write_places_in_their_own_way(
    client: Client, coata: Municipality, typed: str
) -> None:
    page = client.get(f"/municipios/?q={quote(typed)}").content.decode()
    assert "Distrital de Coata<" in page


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("Tarapoto", "San Martín"),
        ("Chimbote", "Santa"),
        ("Quillabamba", "La Convención"),
        ("Pucallpa", "Coronel Portillo"),
    ],
)
def test_a_capital_learns_which_province_governs_it(
    client: Client, db: None, typed: str, answers: str
) -> None:
    call_command("load_municipalities", verbosity=0)
    page = client.get(f"/municipios/?q={typed}").content.decode()
    assert f"Municipalidad Provincial de {answers}<" in page


def test_within_a_choice_the_country_is_not_spoken_of(client: Client, coata: Municipality) -> None:
    page = client.get("/municipios/?q=coata&region=Tacna").content.decode()
    assert "Ninguna municipalidad se llama así." not in page
    assert "De las que eligió, ninguna municipalidad se llama así." in page
    assert 'href="?q=coata"' in page


def test_a_place_that_nobody_knows_gets_advice(client: Client, coata: Municipality) -> None:
    assert (
        "Ninguna municipalidad se llama así."
        in client.get("/municipios/?q=Atlantis").content.decode()
    )


def test_filters_by_region_and_by_having_a_plan(client: Client, coata: Municipality) -> None:
    make_municipality("Lamas", "220501", region="San Martín")
    page = client.get("/municipios/?region=Puno").content.decode()
    assert "Provincial de Lamas<" not in page
    page = client.get("/municipios/?plan=1").content.decode()
    assert "Provincial de Puno<" in page
    assert "Distrital de Coata<" not in page


@pytest.mark.parametrize(
    "parameters", ["q=" + "x" * 10_000, "q=%00", "q=%25", "q=a%27%3B--", "region=%00", "pagina=0"]
)
def test_strange_parameters_get_an_ordinary_answer(
    client: Client, coata: Municipality, parameters: str
) -> None:
    assert client.get(f"/municipios/?{parameters}").status_code == 200


def test_a_municipality_without_a_plan_says_so(client: Client, coata: Municipality) -> None:
    page = client.get("/m/coata-puno/").content.decode()
    assert "Todavía no hay un plan de la Municipalidad Distrital de Coata" in page
    assert 'href="/m/puno/"' in page


def test_an_unknown_municipality_is_a_404_that_offers_the_search(client: Client, db: None) -> None:
    response = client.get("/m/nadie/")
    assert response.status_code == 404
    assert 'action="/buscar/"' in response.content.decode()


def test_a_page_of_the_whole_country_costs_five_queries(
    client: Client, db: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    call_command("load_municipalities", verbosity=0)
    with django_assert_num_queries(5):
        response = client.get("/municipios/")
    assert "página 1 de 38" in response.content.decode()


def test_a_municipality_tells_how_its_plans_go_and_names_its_offices(
    client: Client, real_puno: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    simulate(real_puno, at=AT)
    with django_assert_num_queries(9):
        page = " ".join(client.get("/m/puno/").content.decode().split())
    assert "<p>De 50 promesas: " in page
    assert "De 2022-II, que terminó el 31 de diciembre de 2022, informaron " in page
    unit = Unit.objects.get(name="Secretaría General")
    office = page.partition(f'<a href="{unit.get_absolute_url()}">Secretaría General</a>')[2]
    assert office.startswith("<p>De 14 promesas: ")
