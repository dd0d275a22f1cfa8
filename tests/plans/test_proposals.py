"""How a promise could be measured, by its own words, and what is left to people."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Direction, Level, MeasureKind, Nature
from plans.models import Plan, PlanElement
from plans.proposals import proposal_of

LEVEL, CHANGE, DELIVERY = MeasureKind.LEVEL, MeasureKind.CHANGE, MeasureKind.DELIVERY


def proposed(statement: str, level: Level = Level.TARGET) -> dict[str, Any]:
    plan = Plan(first_year=2027, last_year=2030)
    return proposal_of(PlanElement(plan=plan, statement=statement, level=level))


@pytest.mark.parametrize(
    ("statement", "kind", "goal", "unit", "direction"),
    [
        ("Disminuir la desnutrición en 50 %", CHANGE, "50", "%", Direction.DOWN),
        ("Reducir la anemia al 20 % al 2030", LEVEL, "20", "%", Direction.DOWN),
        ("Llegar a 95% de cobertura de agua", LEVEL, "95", "%", Direction.UP),
        ("Mantener el 90 % de las vías", LEVEL, "90", "%", Direction.KEEP),
        ("Se construyeron 12 postas", DELIVERY, "12", "postas", None),
        ("Asfaltado de 8.5 km de vías", DELIVERY, "8.5", "km", None),
        ("Construcción de 300 viviendas al 2030", DELIVERY, "300", "viviendas", None),
    ],
)
def test_the_figure_that_is_printed_is_proposed(
    statement: str, kind: MeasureKind, goal: str, unit: str, direction: Direction | None
) -> None:
    found = proposed(statement)
    assert (found["kind"], found["goal"], found["unit_of_measure"]) == (kind, Decimal(goal), unit)
    assert found.get("direction") == direction


@pytest.mark.parametrize(
    "statement",
    [
        "Bajar 5 % los robos y subir a 70 % la confianza",
        "Construir 1.500 veredas",
        "Construir dos postas",
        "El distrito más limpio",
        "Gobernar con transparencia del 2027 al 2030",
    ],
)
def test_what_is_in_doubt_is_left_to_people(statement: str) -> None:
    assert proposed(statement) == {}


def test_what_is_done_or_handed_over_without_a_figure_is_a_delivery() -> None:
    assert proposed("Se instalaron módulos de atención") == {"kind": DELIVERY}
    assert proposed("Programa de comedores", Level.ACTIVITY) == {"kind": DELIVERY}


def test_what_is_counted_is_a_whole_and_a_share_ends_at_a_hundred() -> None:
    assert proposed("Se construyeron 12 postas")["nature"] == Nature.WHOLES
    assert proposed("El 100 % de los acuerdos")["nature"] == Nature.SHARE
    assert "nature" not in proposed("Asfaltado de 8.5 km de vías")
    assert "nature" not in proposed("Disminuir la desnutrición en 50 %")
