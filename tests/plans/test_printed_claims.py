"""That a text has no figure is said only where a reader of the whole of it finds none."""

from decimal import Decimal

import pytest

from accounts.models import Municipality
from plans.choices import Level
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.printed_claims import declares_no_baseline, figures_in, gives_no_figure
from plans.summary import undeclared
from plans.tree import current_tree
from tests.factories import SMALL_PLAN, make_plan


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("1. Llegar a 24 barrios. 2. Bajar 30 % la espera.", ["24", "30 %"]),
        ("Construir dos postas", ["dos"]),
        ("Instalar veintiún módulos y un mercado", ["veintiún"]),
        ("Reducir la anemia a la mitad", ["mitad"]),
        ("Duplicar las áreas verdes", ["duplicar"]),
        ("Sembrar 2000 árboles", ["2000"]),
        ("Llegar a 2000 viviendas al 2022", ["2000"]),
        ("Pasar de 2000 ha a 2 500 ha", ["2000", "2 500"]),
        ("Gastar S/2,000.50 y 30% más", ["2,000.50", "30%"]),
        ("Atender (24) barrios", ["24"]),
        ("Meta: 24 barrios.", ["24"]),
        ("Ampliar 1.5 millones de m2", ["1.5 millones"]),
        ("Pavimentar 5km de vías", ["5"]),
        ("Bajar del 40 % al 25 %", ["40 %", "25 %"]),
        ("- 03 carreteras", ["03"]),
        ("Contar con 2022 viviendas", ["2022"]),
    ],
)
def test_a_figure_is_found_however_it_is_written(text: str, figures: list[str]) -> None:
    assert figures_in(text) == figures


@pytest.mark.parametrize(
    "text",
    [
        "Al 2022 reducir la anemia",
        "En el periodo 2019-2022, mejorar",
        "Mejorar la salud hacia el año 2021.",
        "1. Mejorar la salud. 2. Mejorar la educación",
        "a) Mejorar; 2) ordenar",
        "1.2 Mejorar la salud",
        "Prevenir el COVID19 y medir en m2",
        "El 1er puesto y la 2da etapa",
        "Cumplir la Ley N° 27972",
        "Construir un mercado para todos",
    ],
)
def test_a_year_a_numbering_or_a_name_is_no_figure(text: str) -> None:
    assert figures_in(text) == []


def target(statement: str, indicator: str = "") -> PlanElement:
    return PlanElement(level=Level.TARGET, statement=statement, indicator=indicator)


def test_the_indicator_is_read_too() -> None:
    assert gives_no_figure(target("Bajar la anemia", "Casos de anemia"))
    assert not gives_no_figure(target("Bajar la anemia", "40 casos"))


def test_a_baseline_is_missing_only_where_every_figure_was_collected() -> None:
    terms = MeasuringTerms(goal=Decimal(25))
    assert declares_no_baseline(target("Bajar la anemia al 25 %"), terms)
    assert not declares_no_baseline(target("Bajar la anemia del 40 % al 25 %"), terms)
    assert not declares_no_baseline(target("Bajar la anemia al 25 %", "Hoy 40 %"), terms)
    assert not declares_no_baseline(target("Bajar la anemia al 25 %"), None)
    assert declares_no_baseline(target("Bajar la anemia"), None)


def plan_with_target(puno: Municipality, statement: str) -> Plan:
    rows = [(*row[:4], statement) if row[0] == "S.1.1.2" else row for row in SMALL_PLAN]
    return make_plan(puno, rows=rows)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("Llegar a 24 barrios", "Su única meta está sin cifra recogida."),
        ("Llegar a todos los barrios", "Su única meta no tiene una cifra."),
    ],
)
def test_a_plan_is_said_to_have_no_figure_only_where_it_prints_none(
    puno: Municipality, statement: str, said: str
) -> None:
    plan = plan_with_target(puno, statement)
    assert undeclared(plan, current_tree(plan)) == [said]
