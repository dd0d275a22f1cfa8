"""Search in what was promised."""

import csv
import io
import re
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.choices import Level
from plans.models import Plan, PlanElement
from tests.tracking.published import FIRST, draft, publish
from tests.tracking.simulated import simulated_plan


def results(client: Client, query: str, **filters: str) -> list[str]:
    response = client.get("/buscar/", {"q": query, **filters})
    assert response.status_code == 200
    page = response.content.decode()
    listed = page.partition('id="promesas"')[2].partition("</section>")[0]
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
    assert re.search(rf">Puno \({in_puno}\)</option>", page)
    found = results(client, "agua", municipio="puno", nivel="problem")
    assert found == ["puno/2019-2022/S.1"]


def test_what_is_no_promise_is_not_counted_as_one(client: Client, real_puno: Plan) -> None:
    """A plan's problems and dimensions are found, too: its page counts fewer promises."""
    page = client.get("/buscar/?nivel=problem").content.decode()
    problems = PlanElement.objects.published().current().filter(level=Level.PROBLEM)
    assert f'role="status">{problems.count()} resultados<' in page


def test_what_was_withdrawn_is_not_found(client: Client, real_puno: Plan) -> None:
    PlanElement.objects.filter(ref="S.1").update(until_version=1)
    assert results(client, "agua", nivel="problem") == []


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
        "oficina=\u0661",
        "oficina=99999999999999999999999999",
        "oficina=x&formato=csv",
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
    with django_assert_num_queries(11):
        client.get("/buscar/?q=promover")
    with django_assert_num_queries(11):
        client.get("/buscar/?q=analfabetos")


def test_how_each_result_goes_costs_the_same_for_one_as_for_many(
    client: Client, reported: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(11):
        client.get("/buscar/?q=desnutrición")
    simulated_plan("tarata")
    with django_assert_num_queries(12):  # why it is late
        client.get("/buscar/?q=salud")


def test_a_code_finds_its_element_and_what_is_below(client: Client, real_puno: Plan) -> None:
    assert results(client, "s.1.1")[:2] == ["puno/2019-2022/S.1.1", "puno/2019-2022/S.1.1.1"]


def test_what_a_plan_calls_otherwise_is_searched_too_and_told_apart(
    client: Client, real_puno: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(10):
        response = client.get("/buscar/?q=basura")
    page = " ".join(response.content.decode().split())
    assert results(client, "basura") == []
    assert (
        'También buscamos: <a href="?q=%22residuos+s%C3%B3lidos%22">&quot;residuos sólidos&quot;'
        in page
    )
    assert '(<a href="#tambien">3 resultados más</a>)' in page
    told_apart = page.partition('id="tambien"')[2]
    assert "gestión de los <mark>residuos</mark> <mark>sólidos</mark>" in told_apart
    assert "También buscamos" not in client.get("/buscar/?q=agua").content.decode()


def test_what_says_both_is_found_once(client: Client, real_puno: Plan) -> None:
    page = client.get("/buscar/?q=parque").content.decode()
    assert page.count('href="/m/puno/2019-2022/A.3/"') == 1  # "áreas verdes y parques"
    assert 'id="tambien"' not in page.partition('href="/m/puno/2019-2022/A.3/"')[0]


def test_other_words_keep_to_what_was_chosen(client: Client, real_puno: Plan) -> None:
    page = client.get("/buscar/?q=basura&nivel=guideline").content.decode()
    assert "(ningún resultado más)" in page


# By what was reported


@pytest.mark.parametrize(
    ("filters", "refs"),
    [
        ({"estado": "en-ejecucion"}, ["S.1.1.1"]),
        ({"estado": "en-preparacion", "semestre": "2019-I"}, ["S.1.1.1"]),
        ({"semestre": "2019-I"}, ["S.1.1.1"]),
        ({"semestre": "2020-I"}, []),
        ({"estado": "sin-informe"}, ["S.1.1.2"]),
        ({"senal": "sin-cronograma"}, ["S.1.1.1"]),
        ({"semestre": "ayer"}, []),
        ({"estado": "en-ejecucion", "nivel": "target"}, []),
    ],
)
def test_it_finds_by_how_a_promise_stands(
    client: Client, reported: Plan, filters: dict[str, str], refs: list[str]
) -> None:
    found = results(client, "", municipio="puno", **filters)
    assert found == [f"puno/2019-2022/{ref}" for ref in refs]


def test_each_result_says_how_it_goes_since_when_and_who_answers(
    client: Client, reported: Plan, reporter: User, planner: User
) -> None:
    page = client.get("/buscar/?nivel=activity").content.decode()
    assert (
        "<b>No se sabe si va a tiempo</b> · semestre 2019-II: en ejecución · Gerencia de Obras · "
        "Puno, " in page
    )
    then = client.get("/buscar/?nivel=activity&semestre=2019-I").content.decode()
    assert (
        "<b>No se sabe si va a tiempo</b> · semestre 2019-I: en preparación · Gerencia de Obras"
        in then
    )
    publish(draft(reported.elements.get(ref="S"), FIRST, reporter, step=None), by=planner)
    for level in ("problem", "dimension"):  # of which nobody says that it goes
        holder = client.get(f"/buscar/?nivel={level}").content.decode()
        assert "Reúne varias promesas: se informa de cada una · Puno, 2019–2022" in holder
        assert "<b>No se sabe" not in holder


def test_a_semester_is_chosen_among_those_that_there_are(client: Client, reported: Plan) -> None:
    page = client.get("/buscar/?semestre=2019-I").content.decode()
    assert re.findall(r"<option( selected)?>(20[^<]+)</option>", page) == [
        ("", "2019-II"),
        (" selected", "2019-I"),
    ]
    assert "De ningún plan se informa" not in page


@pytest.mark.parametrize(
    ("semester", "said"),
    [
        ("2050-I", "De ningún plan se informa el semestre 2050-I."),
        ("ayer", "Un semestre se escribe como 2021-I o 2021-II."),
    ],
)
def test_a_semester_that_nobody_could_choose_is_told_and_can_be_given_up(
    client: Client, reported: Plan, semester: str, said: str
) -> None:
    page = client.get("/buscar/", {"q": "obras", "semestre": semester}).content.decode()
    assert said in page
    assert '<a class="tag" href="?q=obras">' in page


def test_a_filter_that_leaves_nothing_is_kept_and_can_be_given_up(
    client: Client, reported: Plan
) -> None:
    page = client.get("/buscar/?q=xyz&municipio=puno&nivel=target").content.decode()
    assert '<option value="puno" selected>Puno (0)</option>' in page
    assert '<a class="tag" href="?q=xyz&amp;nivel=target">Municipio: Puno' in page


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("basrua", 'href="?q=basura">basura</a>'),
        ("comedores lunares", 'href="?q=comedores">comedores</a>'),
        ("basura lunar", 'href="?q=basura">basura</a>'),  # also searched in other words
    ],
)
def test_an_empty_answer_offers_what_is_near(
    client: Client, reported: Plan, typed: str, offered: str
) -> None:
    assert offered in client.get("/buscar/", {"q": typed}).content.decode()


def test_an_office_without_its_municipality_can_be_given_up(
    client: Client, reported: Plan, puno_unit: Unit
) -> None:
    page = client.get(f"/buscar/?oficina={puno_unit.pk}").content.decode()
    assert ">Gerencia de Obras (2)</option>" in page


def test_it_filters_by_the_office_that_answers(
    client: Client, reported: Plan, puno_unit: Unit
) -> None:
    found = results(client, "", municipio="puno", oficina=str(puno_unit.pk))
    assert found == ["puno/2019-2022/S.1.1.1", "puno/2019-2022/S.1.1.2"]
    page = client.get("/buscar/?municipio=puno").content.decode()
    assert ">Gerencia de Obras (2)</option>" in page
    assert ">Gerencia de Obras (2)</option>" not in client.get("/buscar/").content.decode()


def test_what_was_found_can_be_taken_home(client: Client, reported: Plan) -> None:
    response = client.get("/buscar/?municipio=puno&estado=en-ejecucion&formato=csv")
    text = b"".join(response.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    (row,) = csv.DictReader(io.StringIO(text))
    told = {name: row[name] for name in ("codigo", "lista", "periodo", "semestre", "estado")}
    assert told == {
        "codigo": "S.1.1.1",
        "lista": "Lista de Puno",
        "periodo": "2019-2022",
        "semestre": "2019-II",
        "estado": "En ejecución",
    }
    assert (row["cobertura"], row["declarado_por"], row["simulado"]) == (
        "1 de 1",
        "la municipalidad",
        "no",
    )


def test_a_draft_is_nowhere_found(client: Client, reported: Plan) -> None:
    page = client.get("/buscar/?q=disminuir").content.decode()
    assert "2019-I:" not in page
    assert results(client, "disminuir", semestre="2019-I") == []


def test_what_was_found_is_chosen_among_all_places(
    client: Client, puno_plan: Plan, lamas_plan: Plan
) -> None:
    page = client.get("/buscar/?q=desnutrición&en=lugares").content.decode()
    assert re.findall(r'<li><a href="(\?[^"]+)">([^<]+)</a>[^:]+: (\d+)</li>', page) == [
        (f"?q=desnutrici%C3%B3n&amp;municipio={slug}", name, "3")
        for slug, name in (("lamas", "Lamas"), ("puno", "Puno"))
    ]
    assert 'id="promesas"' not in page


def test_too_many_to_be_ranked_go_by_place_and_the_page_says_so(
    client: Client, puno_plan: Plan, lamas_plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "van por municipio" not in client.get("/buscar/?q=desnutrición").content.decode()
    monkeypatch.setattr("tracking.public.views.search.MOST_RANKED", 5)
    monkeypatch.setattr("tracking.public.views.search.MOST_LISTED", 4)
    response = client.get("/buscar/?q=desnutrición&pagina=99")
    page = response.content.decode()
    assert "van por municipio" in page
    assert "Se hojean los primeros 4" in page
    assert results(client, "desnutrición") == [
        *(f"lamas/2019-2022/{ref}" for ref in ("S.1", "S.1.1", "S.1.1.2")),
        "puno/2019-2022/S.1",
    ]
    assert "6 resultados" in page


def test_by_how_a_promise_stands_costs_the_same_for_one_as_for_many(
    client: Client, reported: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asked = ("senal=sin-cronograma", "senal=sin-cronograma&semestre=2019-II")
    for each in asked:
        with django_assert_num_queries(8):
            client.get(f"/buscar/?{each}")
    simulated_plan("tarata")
    for each in asked:
        with django_assert_num_queries(8):
            client.get(f"/buscar/?{each}")
