"""What terms need for their kind, and what they may not contradict."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from plans.choices import Level
from plans.forms.terms import (
    caution,
    day_fault,
    faults,
    read_by_semester,
    stated_in,
    unit_written,
)
from plans.models import MeasuringTerms, Plan, PlanElement
from tracking.measuring.entry import Entry, entry_of

PLAN = Plan(first_year=2019, last_year=2022)
LEVEL: dict[str, Any] = {
    "kind": "nivel",
    "goal": Decimal(90),
    "unit_of_measure": "%",
    "nature": "parte",
}
KEPT: dict[str, Any] = {**LEVEL, "direction": "mantener"}
COUNTED: dict[str, Any] = {"kind": "nivel", "unit_of_measure": "conflictos", "nature": "cuenta"}
CHANGE: dict[str, Any] = {
    "kind": "variacion",
    "goal": Decimal(50),
    "unit_of_measure": "%",
    "nature": "medida",
    "direction": "disminuir",
}


def terms(level: str = Level.TARGET, **fields: Any) -> MeasuringTerms:
    return MeasuringTerms(element=PlanElement(plan=PLAN, level=level, ref="S.1"), **fields)


def faulty(stated: MeasuringTerms, newest: MeasuringTerms | None = None) -> list[tuple[str, str]]:
    return [(fault.field, fault.semester) for fault in faults(stated, newest)]


@pytest.mark.parametrize(
    "fields",
    [
        {},
        LEVEL,
        {**LEVEL, "goal": Decimal(1500), "unit_of_measure": "viviendas", "nature": ""},
        {**LEVEL, "goal": Decimal(105), "nature": "medida"},
        {**LEVEL, "goal": Decimal(-2), "nature": "con signo", "direction": "aumentar"},
        {**LEVEL, "goal": Decimal(0), "nature": "con signo", "direction": "aumentar"},
        {**KEPT, "bound": "piso"},
        {**KEPT, "bound": "valor", "tolerance": Decimal(0)},
        {**COUNTED, "goal": Decimal(0), "direction": "mantener", "bound": "techo"},
        {**LEVEL, "goal": Decimal(0), "direction": "disminuir"},
        CHANGE,
        {**CHANGE, "direction": "aumentar", "goal": Decimal(150)},
        {**CHANGE, "unit_of_measure": "puntos", "nature": "parte"},
        {
            **CHANGE,
            "nature": "con signo",
            "goal": Decimal(150),
            "baseline": Decimal(-4),
            "baseline_source": "BCRP",
        },
        {**CHANGE, "baseline": Decimal(8), "baseline_source": "ENDES 2018"},
        {"kind": "entrega"},
        {"kind": "entrega", "goal": Decimal(3), "unit_of_measure": "postas"},
        {"kind": "entrega", "parts": ["a", "b"]},
        {"kind": "entrega", "parts": ["a", "b"], "goal": Decimal(2), "unit_of_measure": "postas"},
        {"kind": "entrega", "parts": ["a", "b"], "goal": Decimal(100), "unit_of_measure": "%"},
        {"kind": "permanente", "schedule": {"2019-I": "100"}},
        {"kind": "no verificable", "verification_source": "Encuesta"},
    ],
)
def test_what_has_all_that_its_kind_needs_is_taken(fields: dict[str, Any]) -> None:
    assert faulty(terms(**fields)) == []


@pytest.mark.parametrize(
    ("fields", "names"),
    [
        ({"kind": "nivel"}, ["unit_of_measure", "goal"]),
        ({**LEVEL, "nature": ""}, ["nature"]),
        ({**LEVEL, "unit_of_measure": "km"}, ["nature"]),
        ({**LEVEL, "nature": "medida", "goal": Decimal(-2)}, ["goal"]),
        (KEPT, ["bound"]),
        ({**KEPT, "bound": "valor"}, ["tolerance"]),
        ({**KEPT, "bound": "techo", "tolerance": Decimal(1)}, ["tolerance"]),
        ({**LEVEL, "direction": "disminuir", "bound": "techo"}, ["bound"]),
        (
            {**COUNTED, "goal": Decimal(0), "direction": "mantener", "bound": "piso"},
            ["bound"],
        ),
        ({**CHANGE, "nature": ""}, ["nature"]),
        ({**CHANGE, "goal": Decimal(-5)}, ["goal"]),
        (
            {**CHANGE, "nature": "parte", "baseline": Decimal(101), "baseline_source": "x"},
            ["baseline"],
        ),
        ({**CHANGE, "baseline": Decimal(-4), "baseline_source": "x"}, ["baseline"]),
        (
            {"kind": "entrega", "goal": Decimal(3), "unit_of_measure": "km", "nature": "con signo"},
            ["nature"],
        ),
        ({**LEVEL, "goal": Decimal(140)}, ["goal"]),
        ({**LEVEL, "goal": Decimal(0)}, ["direction"]),
        ({**LEVEL, "baseline": Decimal(101), "baseline_source": "x"}, ["baseline"]),
        ({**LEVEL, "baseline": Decimal(20)}, ["baseline_source"]),
        (
            {**LEVEL, "direction": "disminuir", "baseline": Decimal(90), "baseline_source": "x"},
            ["baseline"],
        ),
        (
            {**LEVEL, "direction": "aumentar", "baseline": Decimal(90), "baseline_source": "x"},
            ["baseline"],
        ),
        ({"kind": "variacion"}, ["unit_of_measure", "direction", "goal"]),
        ({**CHANGE, "direction": "mantener"}, ["direction"]),
        ({**CHANGE, "goal": Decimal(0)}, ["goal"]),
        ({**CHANGE, "goal": Decimal(101)}, ["goal"]),
        ({**CHANGE, "baseline": Decimal(0), "baseline_source": "x"}, ["baseline"]),
        (
            {
                **CHANGE,
                "unit_of_measure": "casos",
                "baseline": Decimal(49),
                "baseline_source": "x",
            },
            ["goal"],
        ),
        ({"kind": "entrega", "goal": Decimal(0), "unit_of_measure": "km"}, ["goal"]),
        ({"kind": "entrega", "goal": Decimal(3)}, ["unit_of_measure"]),
        (
            {"kind": "entrega", "goal": Decimal(3), "unit_of_measure": "km", "parts": ["a"]},
            ["parts"],
        ),
        ({**LEVEL, "parts": ["a"]}, ["parts"]),
        ({"kind": "permanente", "parts": ["a"]}, ["parts"]),
    ],
)
def test_what_lacks_something_says_beside_which_field(
    fields: dict[str, Any], names: list[str]
) -> None:
    assert [field for field, __ in faulty(terms(**fields))] == names


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({**LEVEL, "schedule": {"2019-II": "10", "2019-I": "20"}}, [("schedule", "2019-II")]),
        ({**LEVEL, "schedule": {"2019-I": "20", "2020-I": "5", "2021-I": "20"}}, ["2020-I"]),
        ({**LEVEL, "schedule": {"2019-I": "101"}}, ["2019-I"]),
        ({**LEVEL, "schedule": {"2018-II": "5", "2019-I": "5"}}, ["2018-II"]),
        ({"kind": "entrega", "schedule": {"2019-I": "1", "2019-II": "5"}}, ["2019-II"]),
        ({"kind": "entrega", "schedule": {"2019-I": "1.5"}}, ["2019-I"]),
        ({"kind": "no verificable", "schedule": {"2019-I": "1"}}, ["2019-I"]),
        ({"schedule": {"2019-I": "1"}}, ["2019-I"]),
    ],
)
def test_a_schedule_stays_in_its_range_and_never_falls(fields: dict[str, Any], found: Any) -> None:
    expected = [each if isinstance(each, tuple) else ("schedule", each) for each in found]
    assert faulty(terms(**fields)) == expected


def test_a_schedule_that_falls_says_where_and_from_what() -> None:
    stated = terms(**LEVEL, schedule={"2019-I": "20", "2019-II": "12.5"})
    (fault,) = faults(stated, None)
    assert fault.reason == "El cronograma no baja: dice 12.5, y 2019-I ya decía 20."


def test_milestones_lie_in_the_term() -> None:
    assert faulty(terms(**LEVEL, milestones={"2023-I": "9"})) == [("milestones", "2023-I")]


def test_a_schedule_of_steps_is_not_taken_for_one_of_percentages() -> None:
    """ "3" is the third step today; with parts named it would be 3 %."""
    steps = terms(kind="entrega", schedule={"2019-I": "1", "2019-II": "3"})
    named = terms(kind="entrega", parts=["a", "b"], schedule={"2019-I": "1", "2019-II": "3"})
    assert faulty(named, steps) == [("schedule", "2019-I")]
    assert faulty(steps, named) == [("schedule", "2019-I")]
    assert faulty(named, named) == []
    again = terms(kind="entrega", parts=["a", "b"], schedule={"2019-I": "25", "2019-II": "75"})
    assert faulty(again, steps) == []


@pytest.mark.parametrize("level", [Level.ACTIVITY, Level.TARGET])
@pytest.mark.parametrize("kind", ["", "entrega", "nivel", "permanente", "no verificable"])
@pytest.mark.parametrize("parts", [[], ["a"]])
@pytest.mark.parametrize("goal", [None, Decimal(1)])
def test_a_schedule_is_in_steps_just_where_reports_are(
    level: str, kind: str, parts: list[str], goal: Decimal | None
) -> None:
    stated = terms(level, kind=kind, parts=parts, goal=goal)
    is_asked_for_a_step = entry_of(stated.element, stated, is_reportable=True) == Entry.STEP
    takes_a_schedule = bool(kind) or level == Level.ACTIVITY
    assert (stated.is_by_step and takes_a_schedule) == is_asked_for_a_step


def test_terms_begin_neither_tomorrow_nor_before_the_last() -> None:
    today = timezone.localdate()
    newest = MeasuringTerms(in_force_from=today)
    assert day_fault(today, newest) == ""
    assert day_fault(today - dt.timedelta(days=1), None) == ""
    assert "por venir" in day_fault(today + dt.timedelta(days=1), None)
    assert "elija ese día o uno posterior" in day_fault(today - dt.timedelta(days=1), newest)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (CHANGE, "El valor se mostrará solo, hasta que haya línea de base."),
        ({**CHANGE, "baseline": Decimal(8)}, ""),
        (LEVEL, "El valor se mostrará solo, hasta que se diga hacia dónde debe ir."),
        ({**LEVEL, "direction": "aumentar"}, ""),
        (
            {**LEVEL, "direction": "disminuir"},
            "Sin línea de base se sabrá si se llegó a la meta, pero no cuánto falta.",
        ),
        ({"kind": "entrega"}, ""),
    ],
)
def test_what_will_not_be_measured_is_said(fields: dict[str, Any], said: str) -> None:
    assert caution(terms(**fields)) == said


@pytest.mark.parametrize("typed", ["%", " Porcentaje ", "por  ciento"])
def test_percent_is_one_unit_however_it_is_spelled(typed: str) -> None:
    assert unit_written(typed) == "%"


def test_another_unit_stays_as_typed() -> None:
    assert unit_written(" puntos  porcentuales") == "puntos porcentuales"


def test_a_line_by_semester_is_kept_in_one_form() -> None:
    assert read_by_semester("2020-i", "20.50") == ("2020-I", "20.5")


@pytest.mark.parametrize(
    ("semester", "value"), [("2019-III", "4"), ("2019-I", "mucho"), ("2019-I", "1,500")]
)
def test_a_line_in_doubt_is_refused(semester: str, value: str) -> None:
    with pytest.raises(ValidationError):
        read_by_semester(semester, value)


def test_what_a_form_leaves_out_is_empty() -> None:
    stated = stated_in(terms().element, {"kind": "entrega", "goal": None, "reason": "x"})
    assert (stated.kind, stated.goal, stated.parts, stated.reason) == ("entrega", None, [], "")
