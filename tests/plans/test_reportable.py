"""What a semester report is expected of."""

import pytest

from accounts.models import User
from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, Plan
from plans.services.editing import state_terms, withdraw_elements

pytestmark = pytest.mark.django_db


def reportable(plan: Plan) -> list[str]:
    return list(plan.elements.reportable().in_document_order().values_list("ref", flat=True))


def test_targets_and_activities_are_and_what_holds_them_is_not(puno_plan: Plan) -> None:
    assert reportable(puno_plan) == ["S.1.1.1", "S.1.1.2"]


def test_an_objective_is_when_nothing_hangs_from_it(puno_plan: Plan, planner: User) -> None:
    below = puno_plan.elements.filter(level__in=[Level.ACTIVITY, Level.TARGET])
    withdraw_elements(list(below), by=planner)
    assert reportable(puno_plan) == ["S.1.1"]


def test_a_guideline_is_once_planning_says_how_it_is_measured(
    puno_plan: Plan, planner: User
) -> None:
    terms = MeasuringTerms(
        element=puno_plan.elements.get(ref="L"),
        in_force_from="2019-01-01",
        reason="El concejo pidió seguirlo.",
        kind=MeasureKind.UNVERIFIABLE,
    )
    terms.clean_fields(exclude=["version"])
    state_terms(terms, by=planner)
    assert reportable(puno_plan) == ["S.1.1.1", "S.1.1.2", "L"]
