"""What is unlikely in a report, and what is plausible and so never asked about."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Level
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.measuring.entry import entry_of
from tracking.measuring.unlikely import Doubt, comes_whole, unlikely
from tracking.models import ProgressReport

Said = dict[str, Any]

POSTS = {"kind": "entrega", "goal": Decimal(3), "unit_of_measure": "postas"}
TREES = {"kind": "entrega", "goal": Decimal(2000), "unit_of_measure": "árboles"}
AGREEMENTS = {"kind": "entrega", "goal": Decimal(20), "unit_of_measure": "acuerdos"}
ROAD = {"kind": "entrega", "goal": Decimal(12), "unit_of_measure": "km"}
PARTS = {"kind": "entrega", "parts": ["Coata", "Acora", "Ilave"]}
STEPS = {"kind": "entrega"}
COVERAGE = {"kind": "nivel", "direction": "aumentar", "goal": Decimal(90), "unit_of_measure": "%"}
CONFLICTS = {"kind": "nivel", "direction": "mantener", "bound": "techo", "goal": Decimal(0)}
CASES = {
    "kind": "variacion",
    "direction": "disminuir",
    "goal": Decimal(10),
    "baseline": Decimal(40),
    "unit_of_measure": "casos",
}
GROWTH = {**COVERAGE, "nature": "con signo", "goal": Decimal(3)}
SESSIONS = {"kind": "permanente"}

ABOVE, LESS, FRACTION = "sobre-la-meta", "menos-que-antes", "fraccion"
AGAINST, BACK, JUMP = "paso-contra-cantidad", "paso-atras", "salto"

ASKED: list[tuple[Said, Said | None, Said, list[str]]] = [
    # how it is measured, what was published before, what is typed now, what is asked
    (POSTS, None, {"step": 2, "value": 300}, [ABOVE]),
    (POSTS, None, {"step": 2, "value": "2.5"}, [FRACTION]),
    (POSTS, {"step": 2, "value": 1}, {"step": 2, "value": 300}, [ABOVE]),
    (TREES, None, {"step": 4, "value": 5}, [AGAINST]),
    (TREES, None, {"step": 3, "value": 0}, [AGAINST]),
    (TREES, None, {"step": 0, "value": 5}, [AGAINST]),
    (TREES, {"step": 2, "value": 50}, {"step": 2, "value": 501}, [JUMP]),
    (AGREEMENTS, {"step": 3, "value": 18}, {"step": 3, "value": 12}, [LESS]),
    (PARTS, None, {"step": 4, "parts_done": ["Coata"]}, [AGAINST]),
    (PARTS, {"step": 3, "parts_done": ["Coata"]}, {"step": 3, "parts_done": ["Ilave"]}, [LESS]),
    (STEPS, {"step": 3}, {"step": 1}, [BACK]),
    (STEPS, {"step": 4}, {"step": 0}, [BACK]),
    (COVERAGE, None, {"value": 99}, [ABOVE]),
    (COVERAGE, {"value": "62.5"}, {"value": "6.2"}, [JUMP]),
    (CASES, {"value": 38}, {"value": 29}, [ABOVE]),
    (CASES, None, {"value": 401}, [JUMP]),  # from its baseline
    (SESSIONS, {"done": 3, "required": 4}, {"done": 4, "required": 44}, [JUMP]),
    (SESSIONS, {"done": 44, "required": 44}, {"done": 4, "required": 4}, [JUMP]),
]
PLAUSIBLE: list[tuple[Said, Said | None, Said]] = [
    (POSTS, None, {"step": 4, "value": 3}),
    (POSTS, None, {"step": 2}),
    (POSTS, {"step": 2, "value": 2}, {"step": 3, "value": 3}),
    (ROAD, None, {"step": 2, "value": "2.5"}),
    (AGREEMENTS, {"step": 3, "value": 18}, {"step": 3, "value": 18}),
    (AGREEMENTS, {"step": 1, "value": 0}, {"step": 2, "value": 12}),  # from 0 nothing is a jump
    (AGREEMENTS, {"value": 18, "terms": {**AGREEMENTS, "kind": "nivel"}}, {"step": 2, "value": 1}),
    (TREES, {"step": 2, "value": 50}, {"step": 2, "value": 500}),
    (TREES, {"step": 0, "value": 50}, {"step": 0, "value": 50}),  # delivered before, idle now
    (PARTS, {"step": 3, "parts_done": ["Coata"]}, {"step": 3, "parts_done": ["Coata", "Ilave"]}),
    (STEPS, {"step": 1}, {"step": 3}),
    (STEPS, None, {"step": 0}),
    (COVERAGE, {"value": 60}, {"value": 55}),  # a level may fall
    (COVERAGE, None, {"value": 90}),
    (COVERAGE, None, {}),
    (CONFLICTS, {"value": 0}, {"value": 3}),  # to fail is not unlikely
    (CASES, {"value": 38}, {"value": 45}),
    (CASES, None, {"value": 30}),
    (GROWTH, {"value": "1.1"}, {"value": "-1.2"}),
    (SESSIONS, {"done": 3, "required": 4}, {"done": 0, "required": 6}),
    (SESSIONS, None, {"done": 40, "required": 40}),
]


@pytest.mark.parametrize(("terms", "before", "now", "names"), ASKED)
def test_what_is_unlikely_is_asked(
    terms: Said, before: Said | None, now: Said, names: list[str]
) -> None:
    assert [doubt.name for doubt in doubts(terms, before, now)] == names


@pytest.mark.parametrize(("terms", "before", "now"), PLAUSIBLE)
def test_what_is_plausible_is_not(terms: Said, before: Said | None, now: Said) -> None:
    assert doubts(terms, before, now) == []


def test_an_activity_whose_measuring_nobody_defined_is_held_to_its_step() -> None:
    element = PlanElement(level=Level.ACTIVITY)
    before = ProgressReport(step=3, semester=Semester(2019, 1))
    entry = entry_of(element, None, is_reportable=True)
    (doubt,) = unlikely(ProgressReport(step=2), entry, None, before)
    assert doubt.name == BACK


@pytest.mark.parametrize(
    ("terms", "before", "now", "question"),
    [
        (POSTS, None, {"value": 300}, "300 postas de una meta de 3"),
        (POSTS, None, {"value": "2.5"}, "2.5 postas, y se cuenta en enteros"),
        (TREES, None, {"step": 4, "value": 5}, "«entregado y funcionando» con 5 de 2,000 árboles"),
        (
            AGREEMENTS,
            {"value": 18},
            {"value": 12},
            "12 acuerdos en total, y en 2019-I ya eran 18",
        ),
        (STEPS, {"step": 2}, {"step": 1}, "«en preparación», y en 2019-I estaba «en ejecución»"),
        (CASES, None, {"value": 28}, "28 casos, más allá de lo que ofrece la meta"),
        (
            CASES,
            {"value": 3},
            {"value": 400},
            "400 casos, más de diez veces lo de antes (2019-I: 3)",
        ),
    ],
)
def test_it_is_asked_in_words(terms: Said, before: Said | None, now: Said, question: str) -> None:
    (doubt,) = doubts(terms, before, now)
    assert doubt.question == f"Usted informa {question}. ¿Es así?"


def test_what_confirms_one_figure_confirms_no_other() -> None:
    one, other = (doubts(POSTS, None, {"value": value})[0] for value in (300, 301))
    again = doubts(POSTS, None, {"value": Decimal("300.0000")})[0]
    assert one.token != other.token
    assert one.token == again.token


@pytest.mark.parametrize(
    ("unit", "goal", "whole"),
    [
        ("postas", "3", True),
        ("viviendas", "1500", True),
        ("acuerdos", "2.5", False),
        ("km", "12", False),
        ("km de vías", "12", False),
        ("m²", "12", False),
        ("Hectáreas", "12", False),
        ("toneladas por día", "12", False),
        ("l/s", "3", False),
        ("puntos porcentuales", "5", False),
        ("%", "90", False),
        ("", "3", False),
        ("metrópolis", "3", True),  # no metres
    ],
)
def test_what_comes_in_wholes_is_guessed_by_its_unit_until_somebody_says(
    unit: str, goal: str, whole: bool
) -> None:
    terms = MeasuringTerms(unit_of_measure=unit, goal=Decimal(goal))
    assert comes_whole(terms) == whole
    terms.nature = "cuenta"
    assert comes_whole(terms)
    terms.nature = "medida"
    assert not comes_whole(terms)


def doubts(terms: Said, before: Said | None, now: Said) -> list[Doubt]:
    stated = MeasuringTerms(**terms)
    entry = entry_of(PlanElement(level=Level.TARGET), stated, is_reportable=True)
    earlier = _report({"terms": terms, **before}) if before is not None else None
    return unlikely(_report(now), entry, stated, earlier)


def _report(said: Said) -> ProgressReport:
    columns = {**said, "semester": Semester(2019, 1)}
    if "terms" in columns:
        columns["terms"] = MeasuringTerms(**columns["terms"])
    if "value" in columns:
        columns["value"] = Decimal(columns["value"])
    return ProgressReport(**columns)
