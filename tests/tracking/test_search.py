"""Search in what was promised."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from plans.models import Plan, PlanElement


def results(client: Client, query: str, **filters: str) -> list[str]:
    response = client.get("/buscar/", {"q": query, **filters})
    assert response.status_code == 200
    page = response.content.decode()
    listed = page.partition("<ol")[2].partition("</ol>")[0]
    return re.findall(r'href="/m/([^"]+)/"', listed)


# The word typed, and the one that the plan prints.
PAIRS = [
    ("educacion", "Educación provincial intercultural."),
    ("educaciones", "Educación provincial intercultural."),
    ("EDUCACIÓN", "Educación provincial intercultural."),
    ("analfabeto", "Declarar la provincia de Lamas libre de analfabetos."),
    ("turistico", "Incrementar el flujo turístico local, regional, nacional y extranjero."),
    (
        "maestro capacitado",
        "Contar con maestros capacitados y comprometidos con la mejora de la calidad educativa.",
    ),
]


@pytest.mark.parametrize(("typed", "statement"), PAIRS)
def test_spanish_stems_meet_and_accents_do_not_matter(
    real_lamas: Plan, typed: str, statement: str
) -> None:
    found = PlanElement.objects.published().matching(typed)
    assert statement in [each.statement for each in found]


def test_hits_are_marked_in_the_plans_own_spelling(client: Client, real_lamas: Plan) -> None:
    page = client.get("/buscar/?q=educacion+intercultural").content.decode()
    assert "<mark>Educación</mark> provincial <mark>intercultural</mark>." in page


def test_quotes_and_minus_work_as_people_use_them(real_puno: Plan) -> None:
    found = PlanElement.objects.published()
    assert {e.ref for e in found.matching('"agua y desagüe"')} == {"S.1", "S.1.1.1.1", "S.1.1.1.2"}
    assert "S.1" not in {e.ref for e in found.matching("agua -desagüe")}


def test_filters_narrow_and_carry_counts(client: Client, real_puno: Plan, real_lamas: Plan) -> None:
    everything = PlanElement.objects.published().current().matching("agua")
    page = client.get("/buscar/?q=agua").content.decode()
    in_puno = everything.filter(plan=real_puno).count()
    assert re.search(rf"<span>Puno</span> <span class=\"muted\">{in_puno}</span>", page)
    found = results(client, "agua", municipio="puno", nivel="problem")
    assert found == ["puno/2019-2022/S.1"]


def test_what_was_withdrawn_is_not_found(client: Client, real_puno: Plan) -> None:
    PlanElement.objects.filter(ref="S.1").update(until_version=1)
    assert results(client, "agua", nivel="problem") == []


def test_it_suggests_the_place_of_that_name(client: Client, real_puno: Plan) -> None:
    assert (
        'href="/m/puno/">Municipalidad Provincial de Puno</a>'
        in client.get("/buscar/?q=puno").content.decode()
    )


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000,
        "agua\x00potable",
        "'; DROP TABLE plans_plan; --",
        "<script>alert(1)</script>",
        "& | ! <-> ( ' \\",
        ":* <2> 'agua",
        "de la",
        "%",
        "\u202eagua\ud7ff",
        "🙂",
        "",
    ],
)
def test_whatever_is_typed_gets_an_ordinary_answer(
    client: Client, real_puno: Plan, typed: str
) -> None:
    response = client.get(f"/buscar/?q={quote(typed)}")
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "parameters",
    [
        "municipio=%00",
        "municipio=nadie",
        "nivel=nada",
        "dimension=%27",
        "pagina=999999999999",
        "pagina=-1",
        "pagina=x",
        "q=%FF%FE",
        "q=a&q=b",
        "nivel=%F0%9F%99%82",
    ],
)
def test_strange_parameters_get_an_ordinary_answer(
    client: Client, real_puno: Plan, parameters: str
) -> None:
    assert client.get(f"/buscar/?{parameters}").status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_results(
    client: Client, real_lamas: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(6):
        client.get("/buscar/?q=promover")
    with django_assert_num_queries(6):
        client.get("/buscar/?q=analfabetos")


def test_a_code_finds_its_element_and_what_is_below(client: Client, real_puno: Plan) -> None:
    assert results(client, "s.1.1")[:2] == ["puno/2019-2022/S.1.1", "puno/2019-2022/S.1.1.1"]
