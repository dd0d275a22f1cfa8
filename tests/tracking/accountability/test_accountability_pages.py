"""The accountability reports as the public finds, reads and downloads them."""

import datetime as dt
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.models import Plan
from plans.semester import Semester
from tests.pages import shown
from tests.tracking.heads import head_of
from tests.tracking.issued import Accounted, closed_semester
from tests.tracking.published import closed_window, elect
from tracking.accountability.issuing import issue
from tracking.accountability.rendering import make_files
from tracking.choices import LedgerAct
from tracking.models import AccountabilityReport, LedgerEntry

pytestmark = pytest.mark.django_db

ALL = "/rendicion/"
OF_PLAN = "/m/puno/2019-2022/rendicion/"
PAGE = f"{OF_PLAN}2019-I/"
FIRST_EDITION = f"{PAGE}edicion-1/"
NEWEST_PDF, NEWEST_JSON = f"{OF_PLAN}2019-I.pdf", f"{OF_PLAN}2019-I.json"


def test_nothing_is_there_before_it_is_issued(client: Client, accounted: Accounted) -> None:
    assert "Todavía no se emitió ninguno" in shown(client, ALL)
    assert "Todavía no se emitió ningún informe" in shown(client, OF_PLAN)
    for address in (PAGE, FIRST_EDITION, NEWEST_PDF, NEWEST_JSON):
        assert client.get(address).status_code == 404


def test_its_page_says_what_the_report_says(client: Client, report: AccountabilityReport) -> None:
    page = shown(client, f"{PAGE}todo/")
    for said in (
        "Rendición de cuentas 2019-I, Municipalidad Provincial de Puno",
        "De 2 promesas: 1 no se sabe cómo va, 1 no se sabe si va a tiempo.",
        "Esta edición se emitió el",
        "De 1 meta: 1 sin informe",
        "De 1 actividad: 1 en ejecución",
        "Se firmó el convenio.\n<b>Con tres</b> comedores & una posta.",
        "Las lluvias cortaron el camino.",
        "30/06/2019",
        "Gerencia de Obras",
        report.printed_code,
    ):
        assert said in page


def test_it_leads_to_the_proof_of_its_entry(client: Client, report: AccountabilityReport) -> None:
    number = LedgerEntry.objects.get(act=LedgerAct.EDITION).number
    for address in (PAGE, f"/verificar/{report.printed_code}/"):
        assert f'href="/m/puno/registro/{number}/prueba.json"' in shown(client, address)


def test_its_chapter_of_spending_says_who_spent_what(client: Client, accounted: Accounted) -> None:
    accounted.spend()
    accounted.issue()
    page = shown(client, f"{PAGE}presupuesto/").replace("\u00a0", " ")
    row = "gastado S/ 50 de un presupuesto de S/ 200 (25 %) · sin gastar S/ 150"
    assert page.count(row) == 3  # by dimension, by office, and of the activity
    assert "1 de 1 actividades tiene gasto registrado." in page
    assert "En 2019, gastado S/ 50 de un presupuesto de S/ 200 (25 %). Quedaron S/ 150 sin" in page


def test_half_a_year_leaves_nothing_over_yet(client: Client, accounted: Accounted) -> None:
    accounted.spend(until=dt.date(2019, 6, 30))
    accounted.issue()
    page = shown(client, f"{PAGE}presupuesto/").replace("\u00a0", " ")
    assert "Hasta el 30/06/2019, gastado S/ 50 de un presupuesto de S/ 200 (25 %). Faltaba" in page


def test_its_page_gives_the_head_of_the_ledger_with_its_number(
    client: Client, report: AccountabilityReport
) -> None:
    own = LedgerEntry.objects.get(act=LedgerAct.EDITION)
    assert f"n.º {own.number - 1}: <code>{own.previous}</code>" in shown(client, f"{PAGE}metodo/")


def test_files_are_told_to_be_in_preparation_until_they_are_there(
    client: Client, report: AccountabilityReport
) -> None:
    assert "PDF en preparación" in shown(client, PAGE)
    waiting = client.get(NEWEST_PDF)
    assert (waiting.status_code, waiting["Retry-After"]) == (503, "60")
    assert "La edición 1 del semestre 2019-I ya se emitió" in unescape(waiting.content.decode())
    make_files()
    page = shown(client, PAGE)
    assert "PDF en preparación" not in page
    assert f'href="{FIRST_EDITION[:-1]}.pdf"' in page


def test_a_new_edition_supersedes_and_the_old_one_stays(
    client: Client, accounted: Accounted
) -> None:
    accounted.issue()
    make_files()
    old_pdf, old_page = client.get(NEWEST_PDF), shown(client, FIRST_EDITION)
    assert "reemplaza" not in old_page
    accounted.correct()
    accounted.issue(2, "Se corrigió un dato.")
    assert client.get(NEWEST_PDF).status_code == 503  # being made; the old one keeps its address
    assert client.get(f"{PAGE}edicion-1.pdf").content == old_pdf.content
    make_files()
    assert client.get(NEWEST_PDF).content != old_pdf.content
    old_page, page = shown(client, FIRST_EDITION), shown(client, PAGE)
    assert "Otra posterior la reemplaza." in old_page
    assert "Es la 2, la vigente." in page
    changed = "Se corrigió: decía «en ejecución» y dice «entregado en parte»"
    assert changed in shown(client, f"{PAGE}edicion-anterior/")
    assert "Otra posterior la reemplaza." in shown(client, f"{FIRST_EDITION}oficinas/")
    assert "De 1 actividad: 1 en ejecución" in shown(client, f"{FIRST_EDITION}todo/")
    assert "De 1 actividad: 1 en parte" in shown(client, f"{PAGE}todo/")


@pytest.fixture
def two_places(
    report: AccountabilityReport, lamas_plan: Plan, lamas_unit: Unit, outsider: User
) -> None:
    for semester in (Semester(2019, 1), Semester(2019, 2)):
        window = closed_window(lamas_plan.municipality, semester, outsider)
        issue(elect(lamas_plan), window, edition=1, by=outsider)


def found(client: Client, query: str = "") -> list[str]:
    answer = client.get(f"{ALL}{query}")
    assert answer.status_code == 200
    return [
        f"{each.report.plan.municipality.slug} {each.report.semester}"
        for each in answer.context["reports"]
    ]


def test_all_of_the_country_newest_semester_first(client: Client, two_places: None) -> None:
    assert found(client) == ["lamas 2019-II", "lamas 2019-I", "puno 2019-I"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?region=Puno", ["puno 2019-I"]),
        ("?municipio=lamas", ["lamas 2019-II", "lamas 2019-I"]),
        ("?semestre=2019-I", ["lamas 2019-I", "puno 2019-I"]),
        ("?periodo=2019-2022&semestre=2019-II", ["lamas 2019-II"]),
        ("?region=Puno&municipio=lamas", []),
    ],
)
def test_they_are_filtered(
    client: Client, two_places: None, query: str, expected: list[str]
) -> None:
    assert found(client, query) == expected


@pytest.mark.parametrize(
    "query", ["?region=Narnia", "?semestre=2019-III", "?periodo=x", "?municipio=%00", "?pagina=zz"]
)
def test_a_filter_that_is_not_offered_says_so(client: Client, two_places: None, query: str) -> None:
    page = shown(client, f"{ALL}{query}")
    assert ("Revise lo que eligió" in page) != ("pagina" in query)


def test_a_superseded_edition_is_not_listed(client: Client, accounted: Accounted) -> None:
    accounted.issue()
    accounted.correct()
    accounted.issue(2, "Se corrigió.")
    answer = client.get(ALL)
    assert [each.report.edition for each in answer.context["reports"]] == [2]


def test_queries_do_not_grow(
    client: Client,
    accounted: Accounted,
    lamas_plan: Plan,
    outsider: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    addresses = {ALL: 9, OF_PLAN: 4, PAGE: 6, f"{PAGE}social/": 5, f"{PAGE}todo/": 6}
    accounted.issue()
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            client.get(address)
    for year in (2019, 2020, 2021):
        window = closed_window(lamas_plan.municipality, Semester(year, 1), outsider)
        issue(elect(lamas_plan), window, edition=1, by=outsider)
    for year in (2020, 2021):
        window = closed_window(accounted.plan.municipality, Semester(year, 1), accounted.planner)
        issue(accounted.plan, window, edition=1, by=accounted.planner)
    for address, queries in addresses.items():
        with django_assert_num_queries(queries):
            client.get(address)


def test_what_is_simulated_says_so_and_is_not_to_be_found(
    client: Client, puno_plan: Plan, puno_unit: Unit, planner: User, reporter: User
) -> None:
    Plan.objects.update(simulated=True)
    puno_plan.refresh_from_db()
    accounted = closed_semester(puno_plan, puno_unit, planner, reporter)
    accounted.issue()
    make_files()
    assert "simulado" in shown(client, ALL)
    page = shown(client, PAGE)
    assert "Avances simulados para demostración" in page
    assert '<meta name="robots" content="noindex">' in page
    described = head_of(client.get(PAGE)).meta["description"]
    assert described.count("Avances simulados para demostración") == 1
    assert client.get(NEWEST_PDF)["X-Robots-Tag"] == "noindex"
