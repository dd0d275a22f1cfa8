"""What a list offered, and is not in force: it is read and searched, and counts nowhere."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.models import Plan
from tests.factories import make_plan
from tests.tracking.published import FIRST, elect, open_window
from tracking.models import Standing
from tracking.services.standings import recount

IN_FORCE, LIST = "/m/puno/2019-2022/", "/m/puno/2019-2022/renovar/"
PAGES = ("", "S.1.1.1/", "documento/", "sobre/", "datos/", "?ver=todo")


@pytest.fixture
def offered(puno: Municipality, puno_plan: Plan) -> Plan:
    return make_plan(puno, list_slug="renovar")


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_each_page_says_whose_it_is_and_leads_to_the_plan_in_force(
    client: Client, offered: Plan, page: str
) -> None:
    words = read(client, LIST + page)
    assert "Lo que ofreció la lista Renovar" in words
    assert "No es el plan que rige" in words
    assert f'href="{IN_FORCE}"' in words
    assert "No es el plan que rige" not in read(client, IN_FORCE + page)


def test_the_plan_in_force_leads_to_the_other_lists_and_they_to_each_other(
    client: Client, puno: Municipality, offered: Plan
) -> None:
    make_plan(puno, list_slug="otra")
    assert "Las demás listas" in read(client, IN_FORCE)
    for about, others in ((IN_FORCE, ["otra", "renovar"]), (LIST, ["otra"])):
        page = read(client, f"{about}sobre/")
        listed = page[page.index('id="listas"') :]
        assert [
            name for name in ("otra", "renovar") if f'href="/m/puno/2019-2022/{name}/"' in listed
        ] == others


def test_without_a_plan_in_force_the_municipality_lists_what_was_offered(
    client: Client, puno: Municipality
) -> None:
    make_plan(puno, list_slug="renovar")
    assert f'href="{LIST}"' in read(client, "/m/puno/")
    assert 'href="/m/puno/#listas"' in read(client, LIST)
    assert client.get(IN_FORCE).status_code == 404


def test_a_search_says_whose_it_is(client: Client, offered: Plan) -> None:
    page = read(client, "/buscar/?q=comedores")
    assert "Puno, 2019–2022 · lista Renovar" in page
    assert "Sin informes: no es el plan que rige" in page
    documents = read(client, "/buscar/?q=comedores&en=documentos")
    assert "Puno, 2019–2022 · lista Renovar ·" in documents


def test_the_data_names_the_list(client: Client, offered: Plan) -> None:
    answer = client.get("/datos/plans.csv")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()  # type: ignore[attr-defined]
    at = lines[0].split(",").index("list")
    assert [line.split(",")[at].strip('"') for line in lines[1:]] == ["", "renovar"]
    rows = client.get("/api/v1/elements/?in_force=false").json()["results"]
    assert {row["list"] for row in rows} == {"renovar"}
    assert rows[0]["page"].endswith(f"{LIST}{rows[0]['ref']}/")
    (row,) = client.get("/api/v1/plans/?in_force=true").json()["results"]
    assert row["list"] == ""


def test_the_ledger_leads_to_the_lists_pages(client: Client, offered: Plan) -> None:
    page = read(client, "/m/puno/registro/")
    assert f'href="{LIST}"' in page
    assert f'href="{LIST}S.1.1.2/"' in page
    assert f'href="{LIST}textos.json"' in page
    data = client.get(f"{LIST}datos/ledger.jsonl")
    assert len(b"".join(data.streaming_content).splitlines()) == 2  # type: ignore[attr-defined]


def test_it_counts_in_no_figure(client: Client, puno: Municipality, offered: Plan) -> None:
    """Even of a list that was elected, while another plan is in force and a semester is open."""
    elect(offered)
    open_window(puno, FIRST)
    recount(offered)
    assert not Standing.objects.filter(plan=offered).exists()
    home = client.get("/")
    assert [plan.path.list_slug for plan, _stand in home.context["plans"]] == [""]
    assert home.context["plan_count"] == 1
    assert "renovar" not in home.content.decode().lower()
    assert client.get("/m/puno/").context["governing"].in_force
    assert not client.get("/buscar/?estado=sin-informe").context["rows"]


def test_a_municipality_with_lists_alone_counts_as_one_without_a_plan(
    client: Client, puno: Municipality
) -> None:
    make_plan(puno, list_slug="renovar")
    assert client.get("/").context["plan_count"] == 0
    assert "Puno" not in read(client, "/municipios/?plan=1").partition("<main")[2]


def test_search_engines_find_its_promises(client: Client, offered: Plan) -> None:
    assert f"{LIST}S.1.1.1/" in read(client, "/sitemap-promesas.xml")


def test_a_page_costs_the_same_however_many_lists_there_are(
    client: Client,
    puno: Municipality,
    offered: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    counted = {}
    for page in (LIST, f"{IN_FORCE}sobre/", "/m/puno/"):
        with CaptureQueriesContext(connection) as asked:
            read(client, page)
        counted[page] = len(asked)
    make_plan(puno, list_slug="otra")
    for page, queries in counted.items():
        with django_assert_num_queries(queries):
            read(client, page)


def test_no_promise_of_a_list_is_said_to_lack_an_office(client: Client, offered: Plan) -> None:
    assert "Sin oficina asignada" in read(client, IN_FORCE)
    assert "Sin oficina asignada" not in read(client, LIST)
