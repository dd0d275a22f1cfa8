"""Search in the whole text of the documents."""

import csv
import io
import re
from collections.abc import Iterator

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.models import Passage, Plan
from tests.conftest import MakeOnce
from tests.real_plans import publish_real_plan


@pytest.fixture(scope="module")
def published_once(make_once: MakeOnce) -> dict[str, Plan]:
    return make_once(lambda: {slug: publish_real_plan(slug) for slug in ("huancane", "puno")})


@pytest.fixture
def plans(published_once: dict[str, Plan], db: None) -> dict[str, Plan]:
    return published_once


def page_of(client: Client, **parameters: str) -> str:
    response = client.get("/buscar/", parameters)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def passages(page: str) -> list[str]:
    """The addresses of the lines that PAGE lists."""
    return re.findall(r'href="(/m/[^"]+/documento/#L[0-9]+)"', page)


def test_what_only_the_document_says_is_found_at_its_line(
    client: Client, plans: dict[str, Plan]
) -> None:
    page = page_of(client, q="40 millones")
    assert passages(page) == ["/m/huancane/2019-2022/documento/#L25"]
    assert "<mark>40</mark> <mark>millones</mark> de nuevos soles" in page
    assert '0 resultados <a href="#documentos">y 1 pasaje de los documentos</a>' in page
    assert "Ninguna de las promesas que Vigía recoge lo dice con esas palabras" in page
    assert 'id="L25"' in client.get("/m/huancane/2019-2022/documento/").content.decode()


def test_promises_come_before_passages_and_are_counted_apart(
    client: Client, plans: dict[str, Plan]
) -> None:
    page = page_of(client, q="agua")
    assert re.search(r"[1-9][0-9]* resultados? <a [^>]+>y [1-9][0-9]* pasajes? de los ", page)
    assert page.index('id="promesas"') < page.index('id="documentos"')


def test_of_many_passages_no_more_are_counted_than_are_ranked(
    client: Client, plans: dict[str, Plan], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracking.public.views.search.MOST_RANKED", 6)
    page = page_of(client, q="agua")
    assert '<a href="#documentos">y más de 6 pasajes de los documentos</a>' in page
    assert ">Todos los pasajes</a>" in page


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ('"una cantidad de pequeños centros poblados"', 46),  # from one page to the next
        ('"partido político todos por el Perú"', 5),  # over the lines of a title
    ],
)
def test_a_passage_that_is_split_over_lines_is_found_whole(
    client: Client, plans: dict[str, Plan], typed: str, line: int
) -> None:
    found = passages(page_of(client, q=typed, en="documentos"))
    assert f"/m/puno/2019-2022/documento/#L{line}" in found


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        (
            {"q": "teleférico"},
            "De los planes publicados, ni las promesas ni el texto completo de los documentos",
        ),
        (
            {"q": "teleférico", "municipio": "puno"},
            "En los planes de ese municipio, ni las promesas ni el texto completo",
        ),
        ({"q": "teleférico", "municipio": "puno"}, ">Buscar en todos los municipios<"),
        (
            {"q": "millones", "nivel": "target"},
            "El texto de los documentos no se buscó",
        ),
        ({"q": "millones", "nivel": "target"}, ">Buscar sin filtros, también en los documentos<"),
        ({"q": "s.9.9"}, "Ninguna promesa publicada tiene ese código."),
        ({"estado": "en-ejecucion"}, "Ninguna promesa publicada está así."),
        (
            {"q": "teleférico", "en": "documentos"},
            "El texto completo de los documentos publicados no lo dice con esas palabras.",
        ),
    ],
)
def test_an_empty_result_claims_only_what_was_searched(
    client: Client, plans: dict[str, Plan], parameters: dict[str, str], said: str
) -> None:
    page = page_of(client, **parameters)
    assert said in page
    assert passages(page) == []


def test_the_document_of_a_plan_that_is_not_published_is_nowhere_found(
    client: Client, plans: dict[str, Plan]
) -> None:
    Plan.objects.filter(pk=plans["huancane"].pk).update(version=0)
    assert Passage.objects.filter(document__plan=plans["huancane"]).exists()
    for more in ({}, {"en": "documentos"}, {"municipio": "huancane"}):
        page = page_of(client, q="40 millones", **more)
        assert passages(page) == []
        assert "nuevos soles" not in page
    assert list(table(client, q="40 millones")) == []


def test_a_municipality_narrows_the_documents_too(client: Client, plans: dict[str, Plan]) -> None:
    found = passages(page_of(client, q="provincia", municipio="puno", en="documentos"))
    assert found
    assert all(address.startswith("/m/puno/") for address in found)


def test_all_passages_can_be_read_page_by_page(client: Client, plans: dict[str, Plan]) -> None:
    beside = page_of(client, q="provincia")
    assert len(passages(beside)) == 5
    address = re.search(r'href="(\?[^"]*en=documentos)"', beside)
    assert address is not None
    numbers = ("1", "2", "3")
    pages = [page_of(client, q="provincia", en="documentos", pagina=each) for each in numbers]
    listed = [address for page in pages for address in passages(page)]
    assert len(listed) == Passage.objects.published().matching("provincia").count()
    assert len(set(listed)) == len(listed)


def table(client: Client, **parameters: str) -> Iterator[dict[str, str]]:
    response = client.get("/buscar/", {**parameters, "en": "documentos", "formato": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    return csv.DictReader(io.StringIO(text))


def test_passages_can_be_taken_home_with_their_source(
    client: Client, plans: dict[str, Plan]
) -> None:
    (row,) = table(client, q="40 millones")
    document = plans["huancane"].document
    assert row["pasaje"].startswith("Con los ingresos previstos para los próximos 4 años")
    assert row["enlace"].endswith("/m/huancane/2019-2022/documento/#L25")
    assert (row["linea"], row["documento"]) == ("25", document.file_name)
    assert row["codigo_de_verificacion"] == document.sha256
    assert row["municipalidad"] == "Municipalidad Provincial de Huancané"


def test_a_long_passage_is_cut_around_its_first_hit(client: Client, plans: dict[str, Plan]) -> None:
    page = page_of(client, q='"rondas campesinas y patrullaje"', en="documentos")
    shown = re.search(r'<p class="quote">“(.*?)”</p>', page)
    assert shown is not None
    assert "<mark>" in shown[1]
    assert len(re.sub("<[^>]+>", "", shown[1])) < 400
    assert shown[1].startswith("… ")
    assert shown[1].endswith(" …")


def test_the_number_of_queries_does_not_grow_with_the_passages(
    client: Client, plans: dict[str, Plan], django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(7):
        client.get("/buscar/", {"q": "población", "en": "documentos"})
    with django_assert_num_queries(7):  # one of its words may be a place's name
        client.get("/buscar/", {"q": "40 millones", "en": "documentos"})
