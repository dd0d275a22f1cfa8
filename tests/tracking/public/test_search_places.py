"""A search takes a word for a place where it is one's name."""

import pytest
from django.test import Client

from accounts.models import Municipality
from plans.models import Plan


@pytest.mark.parametrize("typed", ["puno", "PUNO", "Puno, Puno", "Chucuito"])
def test_the_place_of_that_name_or_capital_stands_first(
    client: Client, real_puno: Plan, typed: str
) -> None:
    Municipality.objects.update(capital="Chucuito")
    page = client.get("/buscar/", {"q": typed}).content.decode()
    assert (
        'href="/m/puno/">Municipalidad Provincial de Puno</a>' in page.partition('role="status"')[0]
    )
    assert "¿Busca un lugar?" not in client.get("/buscar/?q=agua").content.decode()


def test_a_region_leads_to_its_municipalities(client: Client, real_puno: Plan) -> None:
    page = client.get("/buscar/?q=puno").content.decode()
    assert '<a href="/municipios/?region=Puno">toda la región Puno</a>' in page


@pytest.mark.parametrize("typed", ["zanahoria puno", "Zanahoria en Puno", "¿Puno: zanahoria?"])
def test_a_word_beside_a_place_leads_to_the_word_in_its_plan(
    client: Client, real_puno: Plan, typed: str
) -> None:
    page = client.get("/buscar/", {"q": typed}).content.decode().lower()
    assert '<a href="?q=zanahoria&amp;municipio=puno">«zanahoria» en puno</a>' in page


@pytest.mark.parametrize(
    "query", ["q=puno", "q=de+puno", "q=agua+coata", "q=zanahoria+puno&municipio=puno", "q=S.1"]
)
def test_a_place_is_not_offered_without_a_word_or_a_plan(
    client: Client, real_puno: Plan, query: str
) -> None:
    assert '&amp;municipio=puno">«' not in client.get(f"/buscar/?{query}").content.decode()


def test_of_a_question_that_finds_nothing_only_words_are_offered_that_find_something(
    client: Client, real_puno: Plan
) -> None:
    asked = client.get("/buscar/", {"q": "¿Qué hicieron con el agua y las zanahorias?"})
    offered = asked.content.decode().partition("Busque una sola de sus palabras:")[2]
    assert offered.partition("</p>")[0].strip() == '<a href="?q=agua">agua</a>'
