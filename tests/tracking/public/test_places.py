"""Find one's municipality."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.choices import MunicipalityKind
from accounts.models import Authority, Municipality, Unit
from plans.models import Plan
from plans.term import Term
from tests.factories import make_municipality, make_plan
from tests.tracking.simulated import AT, simulated_plan
from tracking.demo.simulate import simulate
from tracking.reading.lookup import governing


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


def test_a_district_without_a_plan_leads_to_what_its_province_promises_for_it(
    client: Client, coata: Municipality
) -> None:
    page = client.get("/m/coata-puno/").content.decode()
    address = f"/m/puno/2019-2022/?distrito={coata.inei}"
    assert f'<a href="{address}#promesas">Las promesas de ese plan para Coata</a>' in page
    assert f'<option value="{coata.inei}" selected>Coata</option>' in (
        client.get(address).content.decode()
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
    make_municipality("Tacna", "230101", region="Tacna", slug="tacna")
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
    "parameters",
    [
        "pagina=38&todas=1",
        "q=" + "x" * 10_000,
        "q=%00",
        "q=%25",
        "q=a%27%3B--",
        "region=%00",
        "pagina=0",
    ],
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
    with django_assert_num_queries(4):
        response = client.get("/municipios/?todas=1")
    assert "página 1 de 38" in response.content.decode()


def test_near_me_is_chosen_region_by_region_then_province_then_district(
    client: Client, coata: Municipality
) -> None:
    ancash = make_municipality("Huaraz", "020101", region="Áncash", slug="huaraz")
    page = client.get("/municipios/").content.decode()
    assert '<a href="?region=%C3%81ncash">Áncash</a>' in page
    assert ancash.full_name not in page
    page = client.get("/municipios/?region=puno").content.decode()
    assert '<a href="?region=Puno&amp;provincia=Puno">Puno</a>' in page
    page = client.get("/municipios/?region=Puno&provincia=PUNO").content.decode()
    assert page.index("Provincial de Puno<") < page.index("Distrital de Coata<")
    page = client.get("/municipios/?region=ancash&provincia=Huaraz").content.decode()
    assert "Provincial de Huaraz<" in page


@pytest.mark.parametrize("where", ["region=Narnia", "region=Puno&provincia=Narnia"])
def test_a_place_that_there_is_not_is_a_404_from_which_one_goes_on(
    client: Client, coata: Municipality, where: str
) -> None:
    response = client.get(f"/municipios/?{where}")
    assert response.status_code == 404
    page = response.content.decode()
    assert "«Narnia»" in page
    assert '<a href="?region=Puno">Puno</a>' in page


def test_a_list_tells_how_each_plan_goes_and_how_much_is_known(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, db: None
) -> None:
    simulated_plan("tarata")
    with django_assert_num_queries(7):
        page = client.get("/municipios/").content.decode()
    assert "De 21 promesas: " in page
    assert "En 2022-II informaron 6 de 21." in page


def test_a_municipality_tells_how_its_plans_go_and_names_its_offices(
    client: Client, real_puno: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    simulate(real_puno, at=AT)
    with django_assert_num_queries(9):
        page = " ".join(client.get("/m/puno/").content.decode().split())
    assert "<p>De 50 promesas: " in page
    assert "De 2022-II, que va hasta el 31 de diciembre de 2022, informaron " in page
    unit = Unit.objects.get(name="Secretaría General")
    office = page.partition(f'<a href="{unit.get_absolute_url()}">Secretaría General</a>')[2]
    assert office.startswith("<p>De 14 promesas: ")


def test_a_municipality_says_from_when_on_an_authority_governs(
    client: Client, puno: Municipality
) -> None:
    """Also of a day that is still to come: who was elected is entered before they begin."""
    for name, since, until in (
        ("Antes", dt.date(2023, 1, 1), dt.date(2026, 12, 31)),
        ("Después", dt.date(2027, 1, 1), None),
    ):
        Authority.objects.create(
            municipality=puno, name=name, office="Alcaldesa", source="JNE", since=since, until=until
        )
    page = " ".join(client.get("/m/puno/").content.decode().split())
    assert "Antes, Alcaldesa · 1 de enero de 2023 – 31 de diciembre de 2026" in page
    assert "Después, Alcaldesa · desde el 1 de enero de 2027" in page


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (dt.date(2018, 12, 31), "2019–2022"),
        (dt.date(2022, 12, 31), "2019–2022"),
        (dt.date(2023, 1, 1), "2023–2026"),
        (dt.date(2027, 1, 1), "2023–2026"),
    ],
)
def test_the_plan_of_a_term_to_come_waits_for_its_first_day(day: dt.date, first: str) -> None:
    plans = [Plan(first_year=year, last_year=year + 3) for year in (2019, 2023)]
    for given in (plans, plans[::-1]):
        chosen = governing(given, at=day)
        assert chosen
        assert chosen.term.printed == first
    assert governing([], at=day) is None


def test_a_plan_to_come_stands_below_the_one_that_governs(
    client: Client, puno: Municipality, puno_unit: Unit
) -> None:
    """It is published months before its term, when those before it still report."""
    now = timezone.localdate().year
    make_plan(puno, term=Term(now + 1, now + 4))
    make_plan(puno, term=Term(now - 3, now))
    page = " ".join(client.get("/m/puno/").content.decode().split())
    above, _heading, below = page.partition("Otros periodos")
    assert f"Plan de gobierno {now - 3}–{now}</a></h2>" in above
    assert (
        f'Plan de gobierno {now + 1}–{now + 4}</a> <span class="muted">aún no vigente</span>'
        in below
    )
    [(_place, listed, *_rest)] = client.get("/municipios/").context["places"]
    assert listed.first_year == now - 3
    office = client.get(puno_unit.get_absolute_url()).context
    assert office["plan"].first_year == now - 3
