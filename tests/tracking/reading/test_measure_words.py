"""How a promise is measured, in a few words."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Bound, Direction, Level, MeasureKind
from plans.models import MeasuringTerms
from tracking.reading.measure_words import how_measured

LEVEL = {"kind": MeasureKind.LEVEL, "goal": Decimal(4000), "unit_of_measure": "viviendas"}
CHANGE = {"kind": MeasureKind.CHANGE, "goal": Decimal(50), "unit_of_measure": "%"}


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        ({}, "aún sin definir cómo se mide"),
        ({"kind": MeasureKind.PERMANENT}, "permanente: se cumple en cada semestre"),
        ({"kind": MeasureKind.UNVERIFIABLE}, "no verificable: solo se narra"),
        ({"kind": MeasureKind.DELIVERY}, "entrega, por pasos"),
        ({"kind": MeasureKind.DELIVERY, "parts": ["A", "B"]}, "entrega: 2 partes"),
        (
            {"kind": MeasureKind.DELIVERY, "goal": Decimal(3), "unit_of_measure": "postas"},
            "entrega: 3 postas",
        ),
        ({"kind": MeasureKind.LEVEL}, "nivel: aún sin una cifra"),
        (LEVEL, "nivel: llegar a 4,000 viviendas"),
        ({**LEVEL, "direction": Direction.DOWN}, "nivel: bajar hasta 4,000 viviendas"),
        ({**LEVEL, "direction": Direction.KEEP}, "nivel: mantener 4,000 viviendas"),
        ({**LEVEL, "bound": Bound.CEILING}, "nivel: mantener en 4,000 viviendas como máximo"),
        (
            {**LEVEL, "bound": Bound.VALUE, "tolerance": Decimal("0.5")},
            "nivel: mantener en 4,000 viviendas, con una tolerancia de 0.5",
        ),
        (
            {**LEVEL, "baseline": Decimal(100)},
            "nivel: llegar a 4,000 viviendas, desde una línea de base de 100 viviendas",
        ),
        (CHANGE, "variación: cambiar, sin sentido definido, en 50 %, sin línea de base"),
        (
            {**CHANGE, "direction": Direction.DOWN, "baseline": Decimal(40)},
            "variación: disminuir en 50 %, desde una línea de base de 40",
        ),
    ],
)
def test_it_says_the_kind_the_goal_and_where_it_begins(terms: dict[str, Any], said: str) -> None:
    assert how_measured(Level.TARGET, MeasuringTerms(**terms)) == said


def test_without_terms_only_an_activity_says_how() -> None:
    assert how_measured(Level.ACTIVITY, None) == "entrega, por pasos"
    assert how_measured(Level.TARGET, None) == "aún sin definir cómo se mide"
