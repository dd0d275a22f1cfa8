"""What a municipality's system is told that there is to report."""

import pytest

from accounts.models import Municipality, User
from plans.choices import MeasureKind
from plans.models import PlanElement
from tests.factories import state
from tests.tracking.office.acting import SAID, System
from tracking.models import SemesterWindow

pytestmark = pytest.mark.django_db


def test_the_worklist_says_what_is_asked_and_how_far_it_is(
    system: System, activity: PlanElement, target: PlanElement, planner: User
) -> None:
    state(target, planner, kind=MeasureKind.PERMANENT)
    begun = system.begin(ref="S.1.1.1", **SAID)
    first, second = system.rows("worklist/?semester=2019-I")
    assert (first["ref"], first["review_state"], first["draft"], first["edit"]) == (
        "S.1.1.1",
        "borrador",
        begun["id"],
        1,
    )
    assert (second["ref"], second["review_state"], second["draft"]) == ("S.1.1.2", None, None)
    assert (first["due_on"], first["kind"], second["kind"]) == ("2019-07-31", None, "permanente")
    assert {"done", "required"} <= set(second["asks"])
    assert second["statement"] == target.statement


def test_the_worklist_is_of_the_semester_that_is_being_reported(
    system: System, activity: PlanElement, colleague: User, puno: Municipality
) -> None:
    assert [row["semester"] for row in system.rows("worklist/")] == ["2019-I"]
    assert System(colleague, puno).rows("worklist/") == []


def test_a_semester_without_a_plan_is_not_there(
    system: System, activity: PlanElement, window: SemesterWindow
) -> None:
    status, told = system.ask("GET", "worklist/?semester=2031-I")
    assert (status, "No hay un plan" in told["detail"]) == (404, True)
    window.delete()
    status, told = system.ask("GET", "worklist/")
    assert (status, "Ningún semestre tiene plazos" in told["detail"]) == (404, True)
