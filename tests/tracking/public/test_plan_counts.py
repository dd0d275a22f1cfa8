"""Each figure of the plan page can be counted again, where a whole term was reported."""

import datetime as dt
import re
from collections import Counter
from copy import deepcopy
from decimal import Decimal
from functools import partial

import pytest
from django.test import Client

from accounts.models import User
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.conftest import MakeOnce
from tests.tracking.plan_page import PUNO, page_of, table_of
from tests.tracking.simulated import simulated_plan
from tracking.measuring import progress
from tracking.models import Expenditure, Standing

LEVELS = {"Meta del plan": "metas", "Actividad": "actividades", "Lineamiento": "lineamientos"}


@pytest.fixture(scope="module")
def simulated_once(make_once: MakeOnce) -> Plan:
    return make_once(partial(simulated_plan, "puno"))


@pytest.fixture
def simulated(db: None, simulated_once: Plan) -> Plan:
    return deepcopy(simulated_once)


@pytest.mark.parametrize("semester", ["2019-I", "2022-II"])
def test_each_count_is_found_again_in_the_table(
    client: Client, simulated: Plan, semester: str
) -> None:
    table = table_of(client, f"?semestre={semester}&formato=csv")
    page = page_of(client, f"semestres/?semestre={semester}")
    asked = [row for row in table if row["se_pidio"] == "sí"]
    assert {row["semestre"] for row in table} == {semester}
    for level, noun in LEVELS.items():
        rows = [row for row in asked if row["nivel"] == level]
        told = page[page.index(f"De {len(rows)} {noun}: ") :].partition(".")[0]
        states = Counter(row["estado"].lower() for row in rows)
        assert told.partition(": ")[2].split(", ") == sorted(
            (f"{count} {state}" for state, count in states.items()),
            key=told.index,
        )
        reported = [row for row in rows if row["revision"]]
        punctual = sum(row["a_tiempo"] == "sí" for row in reported)
        supported = sum(int(row["sustentos"]) > 0 for row in reported)
        coverage = f"{len(reported)} de {len(rows)} con informe, {punctual} dentro del plazo"
        assert f"{coverage}; {supported} con sustento." in page
        assert {row["cobertura"] for row in rows} == {f"{len(reported)} de {len(rows)}"}
        for signal, count in Counter(row["senal"] for row in reported).items():
            assert re.search(rf"{signal}</span> <b>{count}</b>", page), signal


def test_each_mean_is_found_again_in_the_table(client: Client, simulated: Plan) -> None:
    table = table_of(client, "?semestre=2021-II&formato=csv")
    page = page_of(client, "semestres/?semestre=2021-II")
    for kind in ("nivel", "variacion"):
        rows = [row for row in table if row["clase"] == kind and row["nivel"] == "Meta del plan"]
        measured = [
            min(Decimal(row["avance_pct"]), Decimal(100)) for row in rows if row["avance_pct"]
        ]
        mean = progress.rounded(sum(measured, Decimal(0)) / len(measured))
        found = (
            f"{mean.normalize():f} % de avance en promedio ({len(measured)} de {len(rows)} tienen"
        )
        assert found in page


def test_the_answer_leads_to_what_was_not_reported_and_what_was_spent(
    client: Client, simulated: Plan
) -> None:
    """Both are told below the list of promises, many screens of a phone further down."""
    answer = page_of(client).partition('class="picture"')[0]
    for section in ("sin-informe", "gasto"):
        assert f'href="{PUNO}{section}/"' in answer


def test_each_sum_of_money_is_found_again_in_the_table(client: Client, simulated: Plan) -> None:
    state_for_a_programme(simulated)
    whole = table_of(client, "?formato=gasto")
    assert [row["codigo"] for row in whole if row["se_suma"] == "no"] == ["S.1.1.1"]
    table = [row for row in whole if row["se_suma"] == "sí"]
    page = page_of(client, "gasto/")
    assert re.search(
        r"<p>En 2022: gastado S/ [\d,]+ de un presupuesto de S/ [\d,]+, en \d+ de 32", page
    )
    years = {row["anio"] for row in table}
    assert years == {"2019", "2020", "2021", "2022"}
    for year in years:
        rows = [row for row in table if row["anio"] == year]
        for column in ("pia", "pim", "devengado"):
            amount = sum(Decimal(row[column]) for row in rows)
            assert f">{amount:,.2f}".removesuffix(".00") + "<" in page
        assert {row["cobertura"] for row in rows} == {f"{len(rows)} de 32"}


def state_for_a_programme(plan: Plan) -> None:
    """What a whole programme cost: its projects are counted already."""
    Expenditure.objects.create(
        plan=plan,
        municipality=plan.municipality,
        simulated=True,
        element=plan.elements.get(ref="S.1.1.1"),
        year=2020,
        pia=1,
        pim=1_000_000,
        accrued=1,
        as_of=dt.date(2020, 12, 31),
        source="SIAF",
        by=User.objects.get(email="planificacion@puno.example"),
    )


LINK = re.compile(r'href="([^"]+#promesas)"[^>]*><svg[^>]*>.*?</svg> ?<b>(\d+)</b>')


def test_each_count_leads_to_exactly_what_it_counts(client: Client, simulated: Plan) -> None:
    links = LINK.findall(page_of(client, "semestres/?semestre=2021-II"))
    assert len(links) > 15
    for address, count in links:
        query = address.replace("&amp;", "&").partition("?")[2].partition("#")[0]
        page = page_of(client, f"?{query}")
        told = f"Lo elegido: {count} promesa{'' if count == '1' else 's'}."
        assert told in page, address
        assert len(table_of(client, f"?{query}&formato=csv")) == int(count)


def test_a_filter_lists_what_it_chose(client: Client, simulated: Plan) -> None:
    query = "?semestre=2021-II&nivel=activity&estado=en-parte&dimension=social"
    page = page_of(client, query)
    assert listed(page) == {row["codigo"] for row in table_of(client, f"{query}&formato=csv")}
    assert "(quitar este filtro)" in page


def listed(page: str) -> set[str]:
    """The codes of the promises that PAGE lists."""
    found = page[page.index('id="promesas"') : page.index('id="mas"')]
    return set(re.findall(rf'class="quote" href="{PUNO}([A-Z][0-9.]*)/"', found))


GOING = re.compile(r'<a href="([^"]+)">(\d+) (?:promesas? )?(?!de)[^<]+</a>[,.]</span>')


@pytest.mark.parametrize("query", ["", "?semestre=2020-II"])
def test_each_part_of_the_answer_leads_to_what_it_counts_and_all_make_the_whole(
    client: Client, simulated: Plan, query: str
) -> None:
    page = page_of(client, query)
    parts = GOING.findall(page)
    assert len(parts) >= 4
    total = sum(int(count) for _address, count in parts)
    assert f"De {total} promesas: " in page
    assert page.count(f'<li><a href="{PUNO}') >= total
    for address, count in parts:
        chosen = page_of(client, address.replace("&amp;", "&").partition("/2019-2022/")[2])
        assert len(listed(chosen)) == int(count), address


def test_the_answer_is_what_the_standings_keep(client: Client, simulated: Plan) -> None:
    last = Semester(2022, 2)
    rows = Standing.objects.filter(plan=simulated, semester=last, dimension="", unit=None)
    kept = sum((Counter(row.verdicts) for row in rows), Counter[str]())
    page = page_of(client)
    for verdict, count in kept.items():
        assert re.search(rf"va={verdict}#promesas\">(de )?{count} ", page), verdict
    assert f"De {kept.total()} promesas" in page


def test_words_choose_what_says_them_and_the_rest_is_offered_again(
    client: Client, simulated: Plan
) -> None:
    found = listed(page_of(client, "?q=SANEAMIENTO"))
    assert found
    statements = dict(simulated.elements.values_list("ref", "statement"))
    assert all("saneamiento" in statements[ref].lower() for ref in found)
    assert "Ninguna promesa es así." in page_of(client, "?q=xyzzy&va=tarde")


def test_the_table_of_the_whole_term_has_every_text_and_every_semester(
    client: Client, simulated: Plan
) -> None:
    table = table_of(client)
    assert {row["codigo"] for row in table} == {
        each.ref for each in PlanElement.objects.filter(plan=simulated)
    }
    assert {row["semestre"] for row in table if row["semestre"]} == {
        str(each) for each in Semester.all_of(simulated.term)
    }
    assert {row["simulado"] for row in table} == {"sí"}
    assert {row["lista"] for row in table} == {simulated.organization}
    assert {row["periodo"] for row in table} == {"2019-2022"}
    assert {(row["declarado_por"], row["revision"] != "") for row in table} == {
        ("simulación", True),
        ("", False),
    }


def test_a_term_that_is_over_says_what_had_no_last_report(client: Client, simulated: Plan) -> None:
    page = page_of(client, "semestres/")
    assert re.search(r"\d+ metas sin informe final: según su último informe, ", page)
    assert "sin informe final: según" not in page_of(client, "semestres/?semestre=2022-I")


def test_it_tells_what_changed_since_the_semester_before(client: Client, simulated: Plan) -> None:
    page = page_of(client, "cambios/?semestre=2022-II")
    assert "De 2022-II, que va hasta el 31 de diciembre de 2022, según los informes de la" in page
    assert "Qué cambió desde 2022-I" in page
    silent = re.search(r'Dejaron de informarse <span class="muted">(\d+)</span>', page)
    now, before = (
        {row["codigo"]: row for row in table_of(client, f"?semestre={each}&formato=csv")}
        for each in ("2022-II", "2022-I")
    )
    expected = [
        ref
        for ref, row in now.items()
        if row["estado"] == "Sin informe" and ref in before and before[ref]["revision"]
    ]
    assert silent
    assert int(silent[1]) == len(expected)
    assert client.get(f"{PUNO}cambios/?semestre=2019-I").status_code == 404


def test_each_bar_is_marked_where_progress_is_simulated(client: Client, simulated: Plan) -> None:
    page = page_of(client, "semestres/")
    bars = page.count('<svg class="bar"')
    assert bars >= 8
    assert page.count('<span class="simulated">simulado</span>') >= bars


def test_the_whole_plan_is_told_by_what_hangs_from_what(client: Client, simulated: Plan) -> None:
    page = page_of(client, "?vista=problemas")
    refs = set(re.findall(rf'class="quote" href="{PUNO}([A-Z][0-9.]*)/"', page))
    roots = {"S", "E", "A", "I"}
    assert refs | roots == set(simulated.elements.values_list("ref", flat=True)) | roots
    assert all(f'id="{ref}"' in page for ref in (*roots, "lineamientos", "promesas"))


def test_a_level_alone_is_counted_in_its_own_row(client: Client, simulated: Plan) -> None:
    levels = set(Standing.objects.values_list("level", flat=True))
    assert levels == {Level.TARGET, Level.ACTIVITY, Level.GUIDELINE}
