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


@pytest.mark.parametrize("semester", ["2019-I", "2021-II", "2022-II"])
def test_each_count_is_found_again_in_the_table(
    client: Client, simulated: Plan, semester: str
) -> None:
    table = table_of(client, f"?semestre={semester}&formato=csv")
    page = page_of(client, f"?semestre={semester}")
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
        coverage = f"{len(reported)} de {len(rows)} con informe, {punctual} a tiempo"
        assert f"{coverage}; {supported} con sustento." in page
        assert {row["cobertura"] for row in rows} == {f"{len(reported)} de {len(rows)}"}
        for signal, count in Counter(row["senal"] for row in reported).items():
            assert re.search(rf"{signal}</span> <b>{count}</b>", page), signal


def test_each_mean_is_found_again_in_the_table(client: Client, simulated: Plan) -> None:
    table = table_of(client, "?semestre=2021-II&formato=csv")
    page = page_of(client, "?semestre=2021-II")
    for kind in ("nivel", "variacion"):
        rows = [row for row in table if row["clase"] == kind and row["nivel"] == "Meta del plan"]
        measured = [
            min(Decimal(row["avance_pct"]), Decimal(100)) for row in rows if row["avance_pct"]
        ]
        mean = progress.rounded(sum(measured, Decimal(0)) / len(measured))
        found = f"{mean.normalize():f} % de avance en promedio ({len(measured)} de {len(rows)} con"
        assert found in page


def test_each_sum_of_money_is_found_again_in_the_table(client: Client, simulated: Plan) -> None:
    state_for_a_programme(simulated)
    whole = table_of(client, "?formato=gasto")
    assert [row["codigo"] for row in whole if row["se_suma"] == "no"] == ["S.1.1.1"]
    table = [row for row in whole if row["se_suma"] == "sí"]
    page = page_of(client)
    years = {row["anio"] for row in table}
    assert years == {"2019", "2020", "2021", "2022"}
    for year in years:
        rows = [row for row in table if row["anio"] == year]
        for column in ("pia", "pim", "devengado"):
            assert f"{sum(Decimal(row[column]) for row in rows):,.2f}" in page
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


@pytest.mark.parametrize("semester", ["2021-II", "2022-II"])
def test_each_count_leads_to_exactly_what_it_counts(
    client: Client, simulated: Plan, semester: str
) -> None:
    links = LINK.findall(page_of(client, f"?semestre={semester}"))
    assert len(links) > 15
    for address, count in links:
        query = address.replace("&amp;", "&").partition("?")[2].partition("#")[0]
        page = page_of(client, f"?{query}")
        told = f"Lo elegido: {count} texto{'' if count == '1' else 's'} del plan."
        assert told in page, address
        assert len(table_of(client, f"?{query}&formato=csv")) == int(count)


def test_a_filter_lists_what_it_chose_and_what_that_hangs_from(
    client: Client, simulated: Plan
) -> None:
    query = "?semestre=2021-II&nivel=activity&estado=en-parte&dimension=social"
    table = table_of(client, f"{query}&formato=csv")
    page = page_of(client, query)
    hierarchy = page[page.index('id="promesas"') : page.index("<aside>")]
    listed = set(re.findall(rf'href="{PUNO}([A-Z][0-9.]*)/"', hierarchy))
    chosen = {row["codigo"] for row in table}
    above = {ref.rsplit(".", n)[0] for ref in chosen for n in range(1, ref.count(".") + 1)}
    assert listed == chosen | above
    assert "<details open>" in hierarchy
    assert "(quitar este filtro)" in hierarchy


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


def test_a_term_that_is_over_has_its_balance(client: Client, simulated: Plan) -> None:
    page = page_of(client)
    assert "Balance del periodo 2019–2022, al semestre 2022-II" in page
    assert re.search(r"\d+ metas sin informe final: según su último informe, ", page)
    earlier = page_of(client, "?semestre=2022-I")
    assert "Cómo va, al semestre 2022-I" in earlier
    assert "sin informe final: según" not in earlier


def test_it_tells_what_changed_since_the_semester_before(client: Client, simulated: Plan) -> None:
    page = page_of(client, "?semestre=2022-II")
    changes = page[page.index("Qué cambió desde 2022-I") :]
    silent = re.search(r"Dejaron de informarse: <b>(\d+)</b>", changes)
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
    assert "Qué cambió desde" not in page_of(client, "?semestre=2019-I")


def test_each_bar_is_marked_where_progress_is_simulated(client: Client, simulated: Plan) -> None:
    page = page_of(client)
    bars = page.count('<svg class="bar"')
    assert bars >= 8
    assert page.count('<span class="simulated">simulado</span>') >= bars


def test_a_level_alone_is_counted_in_its_own_row(client: Client, simulated: Plan) -> None:
    levels = set(Standing.objects.values_list("level", flat=True))
    assert levels == {Level.TARGET, Level.ACTIVITY, Level.GUIDELINE}
