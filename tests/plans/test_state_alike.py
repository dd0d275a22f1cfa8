"""The same terms for many elements at once."""

from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.models import MeasuringTerms, Plan, PlanElement, PlanVersion
from plans.services.editing import state_alike, withdraw_elements
from tests.factories import make_plan, state

pytestmark = pytest.mark.django_db
# A savepoint begun and ended, municipality, plan, terms, elements, rows in, the plan's number, its
# version, the pages' revision, how many elements there are.
QUERIES = 26
DELIVERY: dict[str, Any] = {"kind": "entrega"}


def elements(plan: Plan, *refs: str) -> list[PlanElement]:
    return list(plan.elements.filter(ref__in=refs))


def test_all_are_stated_in_one_version(puno_plan: Plan, planner: User) -> None:
    chosen = elements(puno_plan, "S.1.1.1", "L")
    assert state_alike(chosen, DELIVERY, "Así lo acordó el comité", by=planner) == 2
    rows = MeasuringTerms.objects.filter(element__in=chosen).order_by("element__position")
    assert [
        (each.version, each.kind, each.reason, each.by, each.in_force_from) for each in rows
    ] == [(1, "entrega", "Así lo acordó el comité", planner, timezone.localdate())] * 2
    version = PlanVersion.objects.filter(plan=puno_plan).latest("number")
    assert (version.number, version.by) == (2, planner)
    assert version.changes == [
        {
            "ref": ref,
            "what": "changed",
            "before": {"kind": ""},
            "after": {"kind": "entrega", "terms": 1},
        }
        for ref in ("S.1.1.1", "L")
    ]


def test_what_has_a_kind_already_stays(puno_plan: Plan, planner: User) -> None:
    chosen = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    assert state_alike(chosen, DELIVERY, "x", by=planner) == 1
    assert state_alike(chosen, DELIVERY, "x", by=planner) == 0
    assert [each.kind for each in puno_plan.elements.get(ref="S.1.1.2").terms.all()] == [
        "variacion"
    ]
    assert puno_plan.versions.count() == 2


def test_a_figure_of_the_plan_is_not_replaced(puno_plan: Plan, planner: User) -> None:
    activity = puno_plan.elements.get(ref="S.1.1.1")
    state(activity, planner, kind="", goal=Decimal(8), unit_of_measure="comedores")
    alike = {"kind": "nivel", "goal": Decimal(100), "unit_of_measure": "%"}
    state_alike([activity, *elements(puno_plan, "L")], alike, "x", by=planner)
    rows = MeasuringTerms.objects.in_force().filter(element__in=elements(puno_plan, "S.1.1.1", "L"))
    found = {each.element.ref: (each.version, each.kind, each.goal_printed) for each in rows}
    assert found == {"S.1.1.1": (2, "nivel", "8"), "L": (1, "nivel", "100")}


def test_what_was_withdrawn_meanwhile_stays(puno_plan: Plan, planner: User) -> None:
    chosen = elements(puno_plan, "S.1.1.1", "L")
    withdraw_elements(chosen[:1], by=planner)
    assert state_alike(chosen, DELIVERY, "x", by=planner) == 1
    assert state_alike([], DELIVERY, "x", by=planner) == 0


@pytest.mark.parametrize("more", [0, 30])
def test_it_asks_the_same_whatever_their_number(
    more: int,
    puno: Municipality,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = make_plan(puno, more=more)
    chosen = list(plan.elements.filter(level="guideline"))
    with django_assert_num_queries(QUERIES):
        assert state_alike(chosen, DELIVERY, "x", by=planner) == 1 + more
