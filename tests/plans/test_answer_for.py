"""One unit over many elements: one version of the plan, whatever their number."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Answering
from plans.models import Plan, PlanElement, PlanVersion
from plans.services.editing import save_element, withdraw_elements
from plans.services.responsibilities import answer_for
from tests.factories import make_plan, make_unit

pytestmark = pytest.mark.django_db
# A savepoint begun and ended, municipality, plan, elements, their units, who held, rows out and in,
# the plan's number, its version, the pages' revision, how many elements there are.
QUERIES = 28


def answering(plan: Plan) -> dict[str, list[str]]:
    rows = plan.elements.in_document_order().prefetch_related("units")
    return {each.ref: sorted(unit.name for unit in each.units.all()) for each in rows}


def elements(plan: Plan, *refs: str) -> list[PlanElement]:
    return list(plan.elements.filter(ref__in=refs))


@pytest.fixture
def other(puno: Municipality) -> Unit:
    return make_unit(puno, "Gerencia de Salud")


def test_a_unit_is_added_beside_others(
    puno_plan: Plan, puno_unit: Unit, other: Unit, planner: User
) -> None:
    both = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    save_element(both[0], by=planner, units=[other])
    assert answer_for(both, puno_unit, Answering.ADD, by=planner) == 2
    assert answering(puno_plan) == {
        "S": [],
        "S.1": [],
        "S.1.1": [],
        "S.1.1.1": ["Gerencia de Obras", "Gerencia de Salud"],
        "S.1.1.2": ["Gerencia de Obras"],
        "L": [],
    }


def test_it_is_one_version_that_tells_who_answered_before(
    puno_plan: Plan, puno_unit: Unit, other: Unit, planner: User
) -> None:
    both = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    save_element(both[0], by=planner, units=[other])
    assert answer_for(both, puno_unit, Answering.REPLACE, by=planner) == 2
    version = PlanVersion.objects.filter(plan=puno_plan).latest("number")
    assert (version.number, version.by, version.changed) == (3, planner, 2)
    assert version.changes == [
        {
            "ref": "S.1.1.1",
            "what": "changed",
            "before": {"units": ["Gerencia de Salud"]},
            "after": {"units": ["Gerencia de Obras"]},
        },
        {
            "ref": "S.1.1.2",
            "what": "changed",
            "before": {"units": []},
            "after": {"units": ["Gerencia de Obras"]},
        },
    ]


def test_a_unit_is_taken_away_also_once_it_is_closed(
    puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    both = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    answer_for(both[:1], puno_unit, Answering.ADD, by=planner)
    puno_unit.closed_on = timezone.localdate()
    puno_unit.save()
    assert answer_for(both, puno_unit, Answering.REMOVE, by=planner) == 1
    assert answering(puno_plan)["S.1.1.1"] == []


def test_the_same_twice_is_no_version(puno_plan: Plan, puno_unit: Unit, planner: User) -> None:
    both = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    answer_for(both, puno_unit, Answering.ADD, by=planner)
    assert answer_for(both, puno_unit, Answering.ADD, by=planner) == 0
    assert answer_for([], puno_unit, Answering.ADD, by=planner) == 0
    assert puno_plan.versions.count() == 2


def test_what_was_withdrawn_meanwhile_stays(
    puno_plan: Plan, puno_unit: Unit, planner: User
) -> None:
    both = elements(puno_plan, "S.1.1.1", "S.1.1.2")
    withdraw_elements(both[:1], by=planner)
    assert answer_for(both, puno_unit, Answering.ADD, by=planner) == 1
    assert answering(puno_plan)["S.1.1.1"] == []


def test_a_unit_of_another_municipality_does_not_answer(
    puno_plan: Plan, lamas_unit: Unit, planner: User
) -> None:
    with pytest.raises(ValidationError, match="otra municipalidad"):
        answer_for(elements(puno_plan, "L"), lamas_unit, Answering.ADD, by=planner)
    assert puno_plan.versions.count() == 1


def test_a_closed_unit_does_not_answer(puno_plan: Plan, puno_unit: Unit, planner: User) -> None:
    puno_unit.closed_on = timezone.localdate()
    with pytest.raises(ValidationError, match="Gerencia de Obras se suprimió"):
        answer_for(elements(puno_plan, "L"), puno_unit, Answering.ADD, by=planner)
    assert answering(puno_plan)["L"] == []


@pytest.mark.parametrize("more", [0, 30])
def test_it_asks_the_same_whatever_their_number(
    more: int,
    puno: Municipality,
    puno_unit: Unit,
    planner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    plan = make_plan(puno, more=more)
    chosen = list(plan.elements.all())
    answer_for(chosen[:1], make_unit(puno, "Gerencia de Salud"), Answering.ADD, by=planner)
    with django_assert_num_queries(QUERIES):
        assert answer_for(chosen, puno_unit, Answering.REPLACE, by=planner) == 6 + more
