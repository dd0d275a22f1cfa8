"""What a semester report is expected of."""

import pytest
from django.db import connection

from accounts.models import Municipality, User
from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import state_terms, withdraw_elements
from tests.factories import make_plan

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


def test_of_few_it_is_the_same_and_looked_up_for_each(
    puno_plan: Plan, lamas: Municipality, planner: User
) -> None:
    """Where no index helps, the database reads all there is at once, unless it is told not to."""
    make_plan(lamas, more=100)
    withdraw_elements([puno_plan.elements.get(ref="S.1.1.2")], by=planner)
    of_all = PlanElement.objects.order_by().with_reportability()
    of_few = PlanElement.objects.order_by().with_reportability(of_few=True)
    told = {each.pk: each.is_reportable for each in of_all}
    assert {each.pk: each.is_reportable for each in of_few} == told
    assert set(told.values()) == {True, False}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE plans_planelement")
        for way in ("indexscan", "indexonlyscan", "bitmapscan"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    assert "hashed SubPlan" in of_all.explain(verbose=True)
    assert "hashed SubPlan" not in of_few.explain(verbose=True)
