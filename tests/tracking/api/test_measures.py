"""A municipality's system reports each promise as its terms of that day ask."""

from decimal import Decimal
from typing import Any

import pytest

from accounts.models import User
from plans.choices import Direction, MeasureKind
from plans.models import PlanElement
from tests.factories import state
from tests.tracking.office.acting import System, pointers
from tracking.models import ProgressReport

pytestmark = pytest.mark.django_db

LEVEL = {
    "kind": MeasureKind.LEVEL,
    "unit_of_measure": "%",
    "goal": Decimal(100),
    "direction": Direction.UP,
}


@pytest.mark.parametrize(
    ("terms", "said", "stored"),
    [
        (
            {"kind": MeasureKind.LEVEL, "unit_of_measure": "%", "goal": Decimal(100)},
            {"value": "62.5"},
            {"value": Decimal("62.5")},
        ),
        ({"kind": MeasureKind.PERMANENT}, {"done": 3, "required": 4}, {"done": 3, "required": 4}),
        (
            {"kind": MeasureKind.DELIVERY, "parts": ["Posta de Acora", "Posta de Coata"]},
            {"step": 3, "parts_done": ["Posta de Coata"]},
            {"step": 3, "parts_done": ["Posta de Coata"]},
        ),
        (
            {"kind": MeasureKind.DELIVERY, "unit_of_measure": "km", "goal": Decimal(4000)},
            {"step": 2, "value": "1500"},
            {"step": 2, "value": Decimal(1500)},
        ),
    ],
)
def test_each_measure_is_written_as_its_terms_ask(
    system: System,
    target: PlanElement,
    planner: User,
    terms: dict[str, Any],
    said: dict[str, Any],
    stored: dict[str, Any],
) -> None:
    if terms["kind"] == MeasureKind.LEVEL:
        terms["direction"] = Direction.UP
    state(target, planner, **terms)
    told = system.begin(ref="S.1.1.2", as_of="2019-06-30", **said)
    report = ProgressReport.objects.get()
    assert {name: getattr(report, name) for name in stored} == stored
    assert set(said) <= set(told["asks"])
    assert {name: told[name] for name in said} == said
    assert system.ask("POST", f"drafts/{report.pk}/submit/", {"edit": 1})[0] == 200


def test_a_measure_that_is_no_longer_asked_for_is_not_emptied_unnamed(
    system: System, target: PlanElement, planner: User
) -> None:
    kilometres = {"kind": MeasureKind.DELIVERY, "unit_of_measure": "km", "goal": Decimal(40)}
    state(target, planner, **kilometres)
    begun = system.begin(ref="S.1.1.2", step=2, value="12")
    state(target, planner, **LEVEL)
    address = f"drafts/{begun['id']}/"
    status, told = system.ask("PATCH", address, {"edit": 1, "value": "15"})
    assert (status, "diga también qué queda de step" in told["detail"]) == (409, True)
    assert told["current"]["terms_version"] == begun["terms_version"] + 1
    stored = ProgressReport.objects.get()
    assert (stored.step, stored.value, stored.edit) == (2, Decimal(12), 1)
    status, told = system.ask("PATCH", address, {"edit": 1, "value": "15", "step": None})
    assert (status, told["value"], told["step"]) == (200, "15", None)


def test_a_part_that_is_no_longer_asked_for_is_not_dropped_unnamed(
    system: System, target: PlanElement, planner: User
) -> None:
    state(target, planner, parts=["A", "B"])
    begun = system.begin(ref="S.1.1.2", parts_done=["A", "B"])
    state(target, planner, parts=["C", "B"])
    address = f"drafts/{begun['id']}/"
    status, told = system.ask("PATCH", address, {"edit": 1, "narrative": "Otra."})
    assert (status, "qué queda de parts_done" in told["detail"]) == (409, True)
    status, told = system.ask("PATCH", address, {"edit": 1, "parts_done": ["B"]})
    assert (status, told["parts_done"]) == (200, ["B"])


def test_a_figure_is_not_stored_under_other_terms_than_were_read(
    system: System, target: PlanElement, planner: User
) -> None:
    state(target, planner, **LEVEL)
    (row,) = (each for each in system.rows("worklist/") if each["ref"] == "S.1.1.2")
    read = {"terms_version": row["terms_version"], "value": "15"}
    state(target, planner, **{**LEVEL, "unit_of_measure": "km"})
    new = {"semester": "2019-I", "ref": "S.1.1.2", **read}
    status, told = system.ask("POST", "drafts/", new)
    assert (status, "cambió" in told["detail"]) == (409, True)
    begun = system.begin(ref="S.1.1.2", value="15")
    status, told = system.ask("PATCH", f"drafts/{begun['id']}/", {"edit": 1, **read})
    assert (status, told["current"]["terms_version"]) == (409, row["terms_version"] + 1)


POSTS = {"kind": MeasureKind.DELIVERY, "unit_of_measure": "postas", "goal": Decimal(3)}


def test_what_is_unlikely_is_stored_once_it_is_accepted_by_its_name(
    system: System, target: PlanElement, planner: User
) -> None:
    state(target, planner, **POSTS)
    said = {"semester": "2019-I", "ref": "S.1.1.2", "step": 2, "value": "300"}
    status, told = system.ask("POST", "drafts/", said)
    assert (status, "errors" in told) == (422, False)
    assert told["warnings"] == [
        {
            "name": "sobre-la-meta",
            "pointer": "#/value",
            "detail": "Usted informa 300 postas de una meta de 3. ¿Es así?",
        }
    ]
    assert "accept" in told["detail"]
    assert system.ask("POST", "drafts/", {**said, "accept": ["salto"]})[0] == 422
    status, begun = system.ask("POST", "drafts/", {**said, "accept": ["sobre-la-meta"]})
    assert (status, begun["value"]) == (201, "300")
    address = f"drafts/{begun['id']}/"
    status, told = system.ask("PATCH", address, {"edit": 1, "narrative": "Ya se cuenta."})
    assert status == 200
    status, told = system.ask("PATCH", address, {"edit": 2, "value": "301"})
    assert (status, [each["name"] for each in told["warnings"]]) == (422, ["sobre-la-meta"])


def test_what_is_at_fault_is_told_beside_what_is_unlikely(
    system: System, target: PlanElement, planner: User
) -> None:
    state(target, planner, **POSTS)
    said = {"semester": "2019-I", "ref": "S.1.1.2", "value": "300", "as_of": "2030-01-01"}
    status, told = system.ask("POST", "drafts/", said)
    assert (status, pointers(told)) == (422, ["#/as_of"])
    assert [each["name"] for each in told["warnings"]] == ["sobre-la-meta"]
