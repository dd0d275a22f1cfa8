"""The plan page: the whole hierarchy, what it declares and what it does not."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.models import Plan
from tests.conftest import SignIn


def test_it_shows_every_statement_in_its_own_words(client: Client, real_puno: Plan) -> None:
    page = client.get("/m/puno/2019-2022/?ver=todo").content.decode()
    missing = [
        each.ref
        for each in real_puno.elements.all()
        if each.statement.replace('"', "&quot;") not in page
    ]
    assert missing == []


def test_it_says_whose_offer_it_is_and_never_that_they_won(client: Client, real_puno: Plan) -> None:
    page = client.get("/m/puno/2019-2022/").content.decode()
    assert "Lo que ofreció la lista PARTIDO POLITICO TODOS POR EL PERU" in page
    assert "Periodo terminado" in page
    assert "prometió" not in page


def test_an_elected_authoritys_plan_is_a_promise(client: Client, real_puno: Plan) -> None:
    Plan.objects.update(
        standing="autoridad elegida", standing_source="Acta de prueba, 7 de noviembre de 2018"
    )
    page = client.get("/m/puno/2019-2022/sobre/").content.decode()
    assert "Lo que prometió su municipalidad" in page
    assert "Acta de prueba, 7 de noviembre de 2018" in page


@pytest.mark.parametrize(
    ("slug", "sentences"),
    [
        ("puno", ["Ninguna meta declara su línea de base"]),
        (
            "lamas",
            [
                "No enlaza sus objetivos con problemas.",
                "Ninguna de sus 42 metas tiene una cifra recogida.",
            ],
        ),
        (
            "otuzco",
            [
                "No detalla actividades para sus objetivos.",
                "No dice qué objetivo responde a qué problema",
            ],
        ),
    ],
)
def test_it_says_what_the_plan_does_not_declare(
    client: Client, request: pytest.FixtureRequest, slug: str, sentences: list[str]
) -> None:
    request.getfixturevalue(f"real_{slug}")
    page = client.get(f"/m/{slug}/2019-2022/sobre/").content.decode()
    assert [each for each in sentences if each not in page] == []


def test_the_number_of_queries_does_not_grow_with_the_plan(
    client: Client,
    real_otuzco: Plan,
    real_lamas: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(11):  # it has no activity on which something could be spent
        client.get("/m/otuzco/2019-2022/")
    with django_assert_num_queries(12):
        client.get("/m/lamas/2019-2022/?ver=todo")


@pytest.mark.parametrize(
    "address",
    ["/m/nadie/2019-2022/", "/m/puno/2023-2026/", "/m/puno/2022-2019/", "/m/puno/0000-9999/"],
)
def test_what_is_not_there_is_a_404_that_offers_the_search(
    client: Client, real_puno: Plan, address: str
) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert 'action="/buscar/"' in response.content.decode()


def test_a_plan_that_nobody_published_is_not_there(client: Client, real_puno: Plan) -> None:
    Plan.objects.update(version=0)
    assert client.get("/m/puno/2019-2022/").status_code == 404
    assert client.get("/m/puno/2019-2022/S.1/").status_code == 404
    assert client.get("/m/puno/2019-2022/documento/").status_code == 404
    assert "2019-2022" not in client.get("/").content.decode()
    assert "2019-2022" not in client.get("/m/puno/").content.decode()
    assert "0 resultados" in client.get("/buscar/?q=agua").content.decode()


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_a_page_is_only_read(real_puno: Plan, method: str) -> None:
    client = Client(enforce_csrf_checks=True)
    assert getattr(client, method)("/m/puno/2019-2022/").status_code == 405


def test_simulated_progress_says_so_and_is_not_indexed(client: Client, real_puno: Plan) -> None:
    Plan.objects.update(simulated=True)
    for address in ("/m/puno/2019-2022/", "/m/puno/2019-2022/S.1/", "/m/puno/2019-2022/documento/"):
        page = client.get(address).content.decode()
        assert "Avances simulados para demostración" in page
        assert '<meta name="robots" content="noindex">' in page


def test_a_real_plan_says_nothing_of_a_simulation(
    client: Client, puno_plan: Plan, planner: User, signed_in: SignIn
) -> None:
    for address in ("/", "/m/puno/", "/m/puno/2019-2022/", "/m/puno/2019-2022/S.1/"):
        assert "simulad" not in client.get(address).content.decode()
    assert "simulad" not in signed_in(planner).get("/gestion/unidades/puno/").content.decode()
