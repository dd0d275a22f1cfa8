"""How a published figure came about, with its numbers put in."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Bound, Direction, Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.choices import Signal, Step
from tracking.measuring.entry import entry_of
from tracking.measuring.result import result_of
from tracking.models import ProgressReport
from tracking.reading.calculation import how_calculated, planned
from tracking.reading.story import Revision

FIRST = Semester(2019, 1)
NO_SCHEDULE = "No hay un cronograma declarado con el que compararlo."


def published(terms: dict[str, Any] | None, **columns: Any) -> Revision:
    """A report with the result that its publication froze."""
    defaults = {"version": 1, "in_force_from": dt.date(2019, 1, 2), "pk": 1}
    stated = MeasuringTerms(**{**defaults, **terms}) if terms is not None else None
    element = PlanElement(level=Level.ACTIVITY)
    report = ProgressReport(semester=FIRST, element=element, terms=stated, **columns)
    result = result_of(report, entry_of(element, stated, is_reportable=True), stated)
    report.progress, report.planned, report.signal = result.progress, result.planned, result.signal
    return Revision(report)


def level(**stated: Any) -> dict[str, Any]:
    return {"kind": MeasureKind.LEVEL, "goal": Decimal(80), "unit_of_measure": "%", **stated}


def change(**stated: Any) -> dict[str, Any]:
    return {
        "kind": MeasureKind.CHANGE,
        "goal": Decimal(50),
        "unit_of_measure": "%",
        "direction": Direction.DOWN,
        "baseline": Decimal(40),
        **stated,
    }


DELIVERY = {"kind": MeasureKind.DELIVERY}
PARTS = {**DELIVERY, "parts": [f"Posta {n}" for n in range(8)]}
HOUSES = {**DELIVERY, "goal": Decimal(2000), "unit_of_measure": "viviendas"}


@pytest.mark.parametrize(
    ("terms", "columns", "said"),
    [
        (None, {"step": 2}, "Es el paso 2 de 4. Los pasos no se convierten en porcentaje."),
        (
            PARTS,
            {"step": 2, "parts_done": ["Posta 1", "Posta 2", "Posta 3"]},
            "3 de 8 partes = 37.5 %.",
        ),
        (HOUSES, {"step": 2, "value": Decimal(1500)}, "1,500 de 2,000 viviendas = 75 %."),
        (HOUSES, {"step": 2}, "No se dio la cifra: no hay porcentaje."),
        (
            {"kind": MeasureKind.PERMANENT},
            {"done": 5, "required": 6},
            "5 de 6 cumplidos = 83.3 %.",
        ),
        (
            {"kind": MeasureKind.PERMANENT},
            {"done": 0, "required": 0},
            "En el semestre no se exigía ninguno: no hay porcentaje.",
        ),
        (
            level(direction=Direction.UP),
            {"value": Decimal(45)},
            "Valor 45 %, meta 80 %: 45 ÷ 80 = 56.3 %.",
        ),
        (
            level(),
            {"value": Decimal(45)},
            "Nadie ha definido si debe aumentar o disminuir: se muestra el valor solo.",
        ),
        (
            level(direction=Direction.KEEP, bound=Bound.FLOOR),
            {"value": Decimal(85)},
            "Valor 85 %, meta 80 %: la meta está alcanzada, 100 %.",
        ),
        (
            level(direction=Direction.KEEP, bound=Bound.FLOOR),
            {"value": Decimal(45)},
            "Valor 45 %, meta 80 %: 45 ÷ 80 = 56.3 %.",
        ),
        (
            level(direction=Direction.KEEP, bound=Bound.VALUE, tolerance=Decimal(2)),
            {"value": Decimal(86)},
            "Valor 86 %, meta 80 %: 100 − 100 × (86 − 80 − 2) ÷ 80, sin bajar de 0, = 95 %.",
        ),
        (
            level(direction=Direction.KEEP, bound=Bound.CEILING, goal=Decimal(0)),
            {"value": Decimal(3)},
            "Valor 3 %, meta 0 %: fuera de lo que debía mantenerse = 0 %.",
        ),
        (
            level(direction=Direction.KEEP),
            {"value": Decimal(85)},
            "Nadie ha definido si la meta que se mantiene es un techo, un piso o un valor: se "
            "muestra el valor solo.",
        ),
        (
            level(direction=Direction.UP, goal=Decimal(90), baseline=Decimal(60)),
            {"value": Decimal(51)},
            "Valor 51 %, meta 90 %, línea de base 60: (51 − 60) ÷ (90 − 60) = -30 %.",
        ),
        (
            level(direction=Direction.DOWN, goal=Decimal(20), baseline=Decimal(40)),
            {"value": Decimal(30)},
            "Valor 30 %, meta 20 %, línea de base 40: (40 − 30) ÷ (40 − 20) = 50 %.",
        ),
        (
            level(direction=Direction.DOWN, goal=Decimal(20)),
            {"value": Decimal(30)},
            "Falta la línea de base: se muestra el valor solo.",
        ),
        (
            change(),
            {"value": Decimal(30)},
            "Valor 30, disminuir 50 %, línea de base 40: (40 − 30) ÷ (50 % de 40) = 50 %.",
        ),
        (
            change(unit_of_measure="casos", goal=Decimal(20)),
            {"value": Decimal(45)},
            "Valor 45 casos, disminuir 20 casos, línea de base 40: (40 − 45) ÷ 20 = -25 %.",
        ),
        (
            change(baseline=None),
            {"value": Decimal(30)},
            "Falta la línea de base: se muestra el valor solo.",
        ),
        (
            change(direction=""),
            {"value": Decimal(30)},
            "Nadie ha definido si debe aumentar o disminuir: se muestra el valor solo.",
        ),
        (
            change(goal=None),
            {"value": Decimal(30)},
            "Nadie ha definido la meta en una cifra: se muestra el valor solo.",
        ),
        (
            change(baseline=Decimal(0)),
            {"value": Decimal(30)},
            "Con esas cifras no hay un recorrido que medir: se muestra el valor solo.",
        ),
        (
            {"kind": MeasureKind.UNVERIFIABLE},
            {"narrative": "Se coordinó."},
            "Se informa con palabras: no hay una cifra que calcular.",
        ),
    ],
)
def test_the_numbers_are_put_in(
    terms: dict[str, Any] | None, columns: dict[str, Any], said: str
) -> None:
    assert how_calculated(published(terms, **columns), None)[:2] == [said, NO_SCHEDULE]


@pytest.mark.parametrize(
    ("schedule", "parts", "said"),
    [
        ({"2019-I": "40"}, 3, "El cronograma declarado preveía 40 %, 2.5 puntos más: al día."),
        (
            {"2019-I": "62.5"},
            3,
            "El cronograma declarado preveía 62.5 %, 25 puntos más: con retraso.",
        ),
        (
            {"2019-I": "100"},
            3,
            "El cronograma declarado preveía 100 %, 62.5 puntos más: muy retrasado.",
        ),
        ({"2019-I": "25"}, 3, "El cronograma declarado preveía 25 %: al día."),
        ({"2019-II": "25"}, 3, "El cronograma declarado todavía no preveía avance."),
    ],
)
def test_the_signal_comes_from_the_declared_schedule(
    schedule: dict[str, str], parts: int, said: str
) -> None:
    told = published(
        {**PARTS, "schedule": schedule}, step=2, parts_done=[f"Posta {n}" for n in range(parts)]
    )
    assert how_calculated(told, None)[1] == said


def test_what_an_earlier_rule_made_of_a_regress_keeps_its_own_division() -> None:
    terms = level(direction=Direction.UP, goal=Decimal(90), baseline=Decimal(60))
    told = published(terms, value=Decimal(45))
    told.report.progress = Decimal(50)
    assert how_calculated(told, None)[0] == (
        "Valor 45 %, meta 90 %, línea de base 60: 45 ÷ 90 = 50 %."
    )


def test_a_schedule_of_steps_is_said_in_steps() -> None:
    told = published({**DELIVERY, "schedule": {"2019-I": "3"}}, step=Step.RUNNING)
    assert planned(told) == "entregado en parte"
    assert how_calculated(told, None)[1] == (
        "El cronograma declarado preveía entregado en parte: con retraso."
    )
    assert told.report.signal == Signal.LATE


def test_the_terms_that_ruled_are_named_and_those_that_rule_now() -> None:
    told = published(PARTS, step=2)
    later = MeasuringTerms(pk=2, version=2, in_force_from=dt.date(2020, 1, 2))
    ruled = "Según la versión 1 de su forma de medir, del 2 de enero de 2019."
    assert how_calculated(told, told.terms)[2:] == [ruled]
    assert how_calculated(told, later)[2:] == [
        ruled,
        "Desde el 2 de enero de 2020 rige la versión 2; lo publicado no se recalcula.",
    ]
    assert how_calculated(published(None, step=2), None)[2:] == [
        "Cuando se publicó no estaba definido cómo se mide."
    ]


@pytest.mark.parametrize(
    ("value", "frozen", "said"),
    [
        (45, "56.25", "Valor 45 %, meta 80 %: 45 ÷ 80 = 56.3 %."),
        (85, "100", "Valor 85 %, meta 80 %: la meta está alcanzada, 100 %."),
    ],
)
def test_what_was_frozen_before_a_bound_could_be_said_is_explained_as_it_was_made(
    value: int, frozen: str, said: str
) -> None:
    revision = published(level(direction=Direction.KEEP), value=Decimal(value))
    revision.report.progress = Decimal(frozen)
    assert how_calculated(revision, None)[0] == said
