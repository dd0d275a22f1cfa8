"""Where there is a plan and how much of it is known: the country as dots, and each region."""

import re
from decimal import Decimal

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.choices import Standing
from plans.models import Plan
from plans.term import Term
from tests.factories import make_municipality
from tests.pages import on_one_line, shown, unescaped
from tests.tracking.public.counted import bare_plan, counted
from tests.tracking.published import FIRST

Y = Decimal("-15.5")


def place(name: str, inei: str, longitude: str = "", **fields: str) -> Municipality:
    lies = {"latitude": Y, "longitude": Decimal(longitude)} if longitude else {}
    where = {"region": "Puno", "slug": name.lower(), **fields}
    return make_municipality(name, inei, **lies, **where)


@pytest.fixture
def country(db: None) -> None:
    """A plan of each kind, a municipality without, and one that nobody knows where it lies."""
    for n, (name, reported, punctual) in enumerate(
        [("Acora", 18, 2), ("Coata", 12, 12), ("Huata", 3, 1)]
    ):
        plan = bare_plan(place(name, f"21010{n}", f"-70.{n}"))
        counted(plan, FIRST, 20, reported, punctual)
    bare_plan(place("Moho", "211301", "-69.5"), term=Term(2023, 2026))
    place("Ilave", "210501", "-69.6")
    counted(bare_plan(place("Vilque", "210115")), FIRST, 20, 20)
    place("Lamas", "220501", "-76.5", region="San Martín")


def dots(page: str) -> dict[str, tuple[str, str]]:
    """By the name of each link of the map, where it leads and its form."""
    groups = re.findall(r'<g class="dot-([a-z-]+)">(.*?)</g>', page)
    link = re.compile(r'<a href="([^"]+)"><title>([^<]+)</title><path [^>]*d="M')
    found = [(*each, form) for form, drawn in groups for each in link.findall(drawn)]
    return {name: (address, form) for address, name, form in found}


def test_each_plan_is_a_link_whose_form_says_its_share(client: Client, country: None) -> None:
    page = shown(client, "/mapa/")
    assert dots(page) == {
        "Acora: 90\u00a0%": ("/m/acora/2019-2022/", "most"),
        "Coata: 60\u00a0%": ("/m/coata/2019-2022/", "half"),
        "Huata: 15\u00a0%": ("/m/huata/2019-2022/", "little"),
        "Moho: con plan, sin cifra que comparar": ("/m/moho/2023-2026/", "unknown"),
    }
    (specks,) = re.findall(r'<g class="dot-no-plan"><path d="((?:M\d+ \d+h0){2})"/></g>', page)
    assert specks


def test_the_address_says_by_which_share(client: Client, country: None) -> None:
    forms = {
        name: form
        for name, (_address, form) in dots(shown(client, "/mapa/?por=puntualidad")).items()
    }
    assert forms == {
        "Acora: 10\u00a0%": "little",
        "Coata: 60\u00a0%": "half",
        "Huata: 5\u00a0%": "little",
        "Moho: con plan, sin cifra que comparar": "unknown",
    }
    wrong = client.get("/mapa/?por=avance")
    assert wrong.status_code == 400
    assert "«avance» no es una cifra de este mapa." in unescaped(wrong)


def test_the_legend_counts_each_form_in_words_and_who_is_not_on_the_map(
    client: Client, country: None
) -> None:
    page = on_one_line(client.get("/mapa/"))
    legend = re.findall(r"</svg> ([^<]+): <b>(\d+)</b></li>", page)
    assert legend == [
        ("80 % o más", "2"),
        ("de 50 a 79 %", "1"),
        ("menos de 50 %", "1"),
        ("con plan, sin cifra que comparar", "1"),
        ("sin plan aquí", "2"),
    ]
    assert "1 no está en el mapa" in page
    assert 'De ellas tienen un plan: <a href="/m/vilque/2019-2022/">Vilque</a>' in page


def test_who_does_not_see_it_has_the_regions_with_their_counts(
    client: Client, country: None
) -> None:
    page = on_one_line(client.get("/mapa/"))
    assert '<a href="/mapa/puno/">Puno</a> <span class="fine muted">5 de 6</span>' in page
    assert '<a href="/mapa/san-martin/">San Martín</a> <span class="fine muted">0 de 1' in page


def test_a_region_lists_its_municipalities_with_their_figures(
    client: Client, country: None
) -> None:
    page = on_one_line(client.get("/mapa/puno/"))
    assert "<b>5</b> de 6 municipalidades tienen aquí un plan." in page
    assert "Lamas" not in page
    told = page.partition('id="con-plan"')[2].partition("</ul>")[0]
    assert re.findall(r'>(\w+)</a> <span class="fine muted">([\w .]+%?)<', told) == [
        ("Acora", "90 %"),
        ("Coata", "60 %"),
        ("Huata", "15 %"),
        ("Moho", "sin cifra"),
        ("Vilque", "100 %"),
    ]
    assert '<a href="/m/ilave/">Ilave</a>' in page


def test_a_crowd_of_plans_leads_to_the_maps_of_their_regions(
    client: Client, country: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.public.views.maps.MOST_LINKED", 4)
    page = shown(client, "/mapa/")
    assert dots(page) == {"Puno: 5 planes": ("/mapa/puno/", "most")}
    assert page.count("<title>Puno: 5 planes</title>") == 4  # one of each form
    assert len(dots(shown(client, "/mapa/puno/"))) == 4


def test_a_plan_that_is_not_public_or_takes_no_reports_has_no_share(
    client: Client, country: None
) -> None:
    Plan.objects.filter(municipality__slug="acora").update(version=0)
    Plan.objects.filter(municipality__slug="coata").update(
        standing=Standing.UNCONFIRMED, standing_source=""
    )
    found = dots(shown(client, "/mapa/"))
    assert "Acora: 90\u00a0%" not in found
    assert found["Coata: con plan, sin cifra que comparar"][1] == "unknown"


def test_a_region_that_there_is_not_is_said_with_those_that_there_are(
    client: Client, country: None
) -> None:
    answer = client.get("/mapa/narnia/")
    assert answer.status_code == 404
    assert "En el Perú ninguna región se llama «narnia»." in unescaped(answer)
    assert 'href="/mapa/puno/"' in unescaped(answer)


def test_a_country_of_which_nothing_is_known_has_a_page(client: Client, db: None) -> None:
    page = shown(client, "/mapa/")
    assert "<b>0</b> de 0 municipalidades tienen aquí un plan." in page
    assert "<li>" not in page.partition('class="dot-legend"')[2].partition("</ul>")[0]


@pytest.mark.parametrize("address", ["/mapa/", "/mapa/puno/"])
def test_it_costs_five_queries_and_one_once_it_is_stored(
    client: Client,
    country: None,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    with django_assert_num_queries(5):
        client.get(address)
    with django_assert_num_queries(1):
        client.get(address)


def test_places_of_one_name_say_their_province(client: Client, db: None) -> None:
    for province, inei in (("Azángaro", "210201"), ("Melgar", "210801")):
        slug = f"santa-rosa-{inei}"
        place("Santa Rosa", inei, province=province, slug=slug, kind="distrital")
    page = " ".join(re.sub("<[^>]+>", "", shown(client, "/mapa/puno/")).split())
    assert "Santa Rosa (Azángaro), Santa Rosa (Melgar)" in page
