"""Municipalities side by side: what is compared, what is not and why, and what is asked wrongly."""

import csv
import io
import re

import pytest
from django.test import Client
from django.utils.text import slugify
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality
from plans.choices import Standing
from plans.models import Plan
from plans.term import Term
from tests.factories import make_municipality
from tests.pages import on_one_line, shown, unescaped
from tests.tracking.public.counted import bare_plan, counted
from tests.tracking.published import FIRST

REGION = "/comparar/puno/"


def district(name: str, inei: str) -> Municipality:
    return make_municipality(
        name, inei, kind="distrital", province="Puno", region="Puno", slug=slugify(f"{name}-puno")
    )


@pytest.fixture
def acora(db: None) -> Plan:
    """Reported of 9 of 12, 6 in time, all with support."""
    plan = bare_plan(district("Acora", "210102"))
    counted(plan, FIRST, 12, 9, 6, 9)
    return plan


@pytest.fixture
def coata(db: None) -> Plan:
    """Reported of all 20, 19 in time, 4 with support."""
    plan = bare_plan(district("Coata", "210107"))
    counted(plan, FIRST, 20, 20, 19, 4)
    return plan


@pytest.fixture
def silent(db: None) -> Plan:
    plan = bare_plan(district("Vilque", "210115"))
    counted(plan, FIRST, 15, 0)
    return plan


def compared(page: str) -> list[str]:
    """The names in the table, from above."""
    table = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return re.findall(r'<a href="/m/[^"]+/2019-2022/">([^<]+)</a>', table)


def semester_of(page: str) -> str:
    return page.partition('se pueden comparar en <span class="semester">')[2].partition("<")[0]


def others(page: str) -> dict[str, str]:
    """Whose figures are not compared, and why."""
    part = page.partition('id="sin-comparar"')[2].partition("</ul>")[0]
    found = re.findall(
        r'<a href="[^"]+">(?:Municipalidad Distrital de )?([^<]+)</a>.*?<p>(.*?)</p>', part
    )
    return {name: re.sub("<[^>]+>", "", why).strip() for name, why in found}


def test_whose_list_nobody_confirmed_is_told_beside_its_figures(client: Client, db: None) -> None:
    place = district("Acora", "210102")
    plan = bare_plan(place, simulated=True, standing=Standing.UNCONFIRMED)
    counted(plan, FIRST, 12, 9)
    assert "sin confirmar si su lista ganó" in shown(client, REGION).partition("<tbody>")[2]


def test_a_region_shows_each_share_with_what_it_is_of(client: Client, acora: Plan) -> None:
    page = shown(client, REGION)
    words = " ".join(re.sub("<[^>]+>", " ", page.partition("<tbody>")[2]).split())
    assert "De 12 promesas: 9 van a tiempo, 3 no se sabe cómo van." in words
    assert "75 % 9 de 12 50 % 6 de 12 100 % 9 de 9" in words


@pytest.mark.parametrize(
    ("order", "names"),
    [
        ("", ["Acora", "Coata", "Vilque"]),
        ("cobertura", ["Vilque", "Acora", "Coata"]),
        ("-cobertura", ["Coata", "Acora", "Vilque"]),
        ("puntualidad", ["Vilque", "Acora", "Coata"]),
        ("sustento", ["Coata", "Acora", "Vilque"]),
        ("-sustento", ["Acora", "Coata", "Vilque"]),
    ],
)
def test_the_address_says_the_order_and_what_nobody_knows_comes_last(
    client: Client, acora: Plan, coata: Plan, silent: Plan, order: str, names: list[str]
) -> None:
    assert compared(shown(client, f"{REGION}?orden={order}")) == names


def test_nothing_is_ordered_by_progress(client: Client, acora: Plan) -> None:
    answer = client.get(f"{REGION}?orden=avance")
    assert answer.status_code == 400
    page = unescaped(answer)
    assert "«avance» no es un orden de esta página." in page
    assert "No se ordena por avance: cada plan promete otras cosas" in page
    assert compared(page) == ["Acora"]


def test_who_reported_nothing_is_compared_by_that(client: Client, silent: Plan) -> None:
    page = on_one_line(client.get(REGION))
    assert '<b>0 %</b> <span class="fine muted">0 de 15</span>' in page
    assert "sin informes" in page


def test_what_cannot_be_compared_says_why(client: Client, acora: Plan, coata: Plan) -> None:
    few = bare_plan(district("Atuncolla", "210103"))
    counted(few, FIRST, 9, 9)
    running = bare_plan(district("Capachica", "210104"))
    counted(running, FIRST, 12, 3, due=False)
    bare_plan(district("Chucuito", "210105"), term=Term(2023, 2026))
    bare_plan(district("Huata", "210106"), standing=Standing.UNCONFIRMED, standing_source="")
    shown_only = bare_plan(district("Mañazo", "210108"), simulated=True)
    counted(shown_only, FIRST, 12, 12)
    idle = bare_plan(district("Paucarcolla", "210109"))
    counted(idle, FIRST.next, 12, 12)
    page = shown(client, REGION)
    assert compared(page) == ["Acora", "Coata"]
    told = others(page)
    assert list(told) == [
        *("Atuncolla", "Capachica", "Chucuito", "Huata", "Mañazo", "Paucarcolla"),
    ]
    assert told["Atuncolla"].startswith("Se le pidieron solo 9 informes: con tan pocos")
    assert told["Capachica"] == "Aquí todavía no vence el plazo de 2019-I."
    assert told["Chucuito"] == "Lo que hay aquí es de otro periodo: 2023–2026."
    assert told["Huata"] == "No se ha confirmado si esta lista ganó: no se le piden informes."
    assert told["Mañazo"].startswith("Avances simulados: no se comparan con lo que informó")
    assert told["Paucarcolla"] == "Aquí todavía no vence el plazo de 2019-I."


def test_where_all_is_simulated_it_is_compared_and_nobody_finds_it(
    client: Client, db: None
) -> None:
    for name, inei in (("Acora", "210102"), ("Coata", "210107")):
        counted(bare_plan(district(name, inei), simulated=True), FIRST, 12, 12)
    page = shown(client, REGION)
    assert compared(page) == ["Acora", "Coata"]
    assert page.count("simulados") == 1
    assert '<meta name="robots" content="noindex">' in page


def test_the_usual_semester_is_the_newest_that_was_due_in_half_of_them(
    client: Client, acora: Plan, coata: Plan, silent: Plan
) -> None:
    counted(acora, FIRST.next, 12, 12)
    assert semester_of(shown(client, REGION)) == "2019-I"
    assert compared(shown(client, f"{REGION}?semestre=2019-II")) == ["Acora"]
    counted(coata, FIRST.next, 20, 20)
    Municipality.objects.let_pages_know()
    assert semester_of(shown(client, REGION)) == "2019-II"


def test_a_plan_that_is_not_public_is_no_plan_here(
    client: Client, acora: Plan, coata: Plan
) -> None:
    Plan.objects.filter(pk=coata.pk).update(version=0)
    page = shown(client, REGION)
    assert "Coata" not in page
    assert "De otra municipalidad de la región todavía no hay un plan" in page
    chosen = shown(client, "/comparar/?m=Acora-Puno&m=coata-puno")
    assert others(chosen)["Coata"].startswith("Todavía no hay un plan aquí.")


def test_the_chosen_ones_can_be_left_out_and_others_added(
    client: Client, acora: Plan, coata: Plan, silent: Plan
) -> None:
    page = shown(client, "/comparar/?m=acora-puno&m=vilque-puno&orden=cobertura")
    assert compared(page) == ["Vilque", "Acora"]
    assert 'href="?m=acora-puno&orden=cobertura">Quitar' in page
    added = client.get("/comparar/?m=acora-puno&agregar=coata&orden=cobertura")
    assert (added.status_code, added["Location"]) == (
        302,
        "/comparar/?m=acora-puno&m=coata-puno&orden=cobertura",
    )
    which = shown(client, "/comparar/?m=acora-puno&agregar=puno")
    assert '<a href="?m=acora-puno&m=vilque-puno">Municipalidad Distrital de Vilque</a>' in which
    assert "Ninguna municipalidad se llama «xyzzy»." in shown(client, "/comparar/?agregar=xyzzy")


@pytest.mark.parametrize(
    ("address", "status", "sentence"),
    [
        ("/comparar/narnia/", 404, "En el Perú ninguna región se llama «narnia»."),
        ("/comparar/?m=acora-puno&m=nada", 404, "Ninguna municipalidad tiene la dirección «nada»."),
        (f"{REGION}?semestre=ayer", 400, "Un semestre se escribe «2019-I» o «2019-II»."),
        (f"{REGION}?semestre=2050-I", 404, "De 2050-I no hay nada que comparar aquí."),
        (f"/comparar/?{'&'.join(f'm=m{n}' for n in range(200))}", 400, "eligió 200."),
        ("/comparar/?m=%00%ff", 404, "Ninguna municipalidad tiene la dirección"),
    ],
)
def test_what_is_asked_wrongly_gets_a_sentence(
    client: Client, acora: Plan, address: str, status: int, sentence: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert sentence in unescaped(answer)


def test_what_is_beside_a_wrong_name_is_still_compared(client: Client, acora: Plan) -> None:
    assert compared(unescaped(client.get("/comparar/?m=acora-puno&m=nada"))) == ["Acora"]


def test_the_table_can_be_taken_home_with_why_a_row_is_not_compared(
    client: Client, acora: Plan, silent: Plan
) -> None:
    few = bare_plan(district("Atuncolla", "210103"))
    counted(few, FIRST, 9, 9)
    answer = client.get(f"{REGION}?orden=-cobertura&formato=csv")
    assert answer["Content-Disposition"] == 'attachment; filename="comparacion-puno-2019-I.csv"'
    text = b"".join(answer).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    wanted = ("municipalidad", "se_compara", "promesas", "cobertura_pct", "sustento_pct")
    assert [
        tuple(row[name].removeprefix("Municipalidad Distrital de ") for name in wanted)
        for row in rows
    ] == [
        ("Acora", "sí", "12", "75", "100"),
        ("Vilque", "sí", "15", "0", ""),
        ("Atuncolla", "no", "9", "", ""),
    ]
    assert rows[2]["por_que_no"].startswith("Se le pidieron solo 9 informes")


def test_it_costs_the_same_however_many_are_compared(
    client: Client, acora: Plan, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(5):
        client.get(REGION)
    for n in range(3):
        counted(bare_plan(district(f"Otro {n}", f"21012{n}")), FIRST, 12, 9)
    Municipality.objects.let_pages_know()
    with django_assert_num_queries(5):
        client.get(REGION)
    with django_assert_num_queries(1):
        client.get(REGION)


def test_what_another_region_publishes_leaves_it_stored(
    client: Client, acora: Plan, lamas: Municipality
) -> None:
    before = client.get(REGION)["ETag"]
    Municipality.objects.filter(pk=lamas.pk).let_pages_know()
    assert client.get(REGION)["ETag"] == before
    Municipality.objects.filter(slug="acora-puno").let_pages_know()
    assert client.get(REGION)["ETag"] != before


def test_without_any_the_regions_are_offered(
    client: Client, acora: Plan, lamas: Municipality
) -> None:
    page = on_one_line(client.get("/comparar/"))
    assert '<a href="/comparar/puno/">Puno</a> <span class="fine muted">1 plan</span>' in page
    folded = page.partition("todavía no hay ningún plan</summary>")[2].partition("</details>")[0]
    assert '<a href="/comparar/san-martin/">San Martín</a>' in folded
    assert "/comparar/puno/" not in folded


def test_where_there_is_nothing_to_compare_that_is_all_it_says(
    client: Client, lamas: Municipality
) -> None:
    region = shown(client, "/comparar/san-martin/")
    assert "En la región San Martín todavía no hay ningún plan." in region
    unknown = unescaped(client.get("/comparar/?m=atlantis"))
    assert "Ninguna municipalidad tiene la dirección «atlantis»." in unknown
    assert "Todavía no eligió ninguna." not in unknown
    for page in (region, unknown):
        assert "todavía no hay un plan" not in page  # of others of the region
        assert "Puntualidad: " not in page


def test_while_they_are_few_all_are_offered_who_reports_least_first(
    client: Client, acora: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered = "que tienen un plan, la que menos informa primero"
    assert offered not in shown(client, "/comparar/")  # one alone
    bare_plan(district("Coata", "210107"))
    leads_to = "/comparar/?m=acora-puno&m=coata-puno&orden=cobertura"
    assert f'<a href="{leads_to}">Las 2 {offered}</a>' in shown(client, "/comparar/?x=1")
    monkeypatch.setattr("tracking.public.views.comparing.MOST", 1)
    assert offered not in shown(client, "/comparar/?x=2")
