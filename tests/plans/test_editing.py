"""Each correction by hand is one version of the plan, with what was before."""

from datetime import timedelta
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from accounts.models import Municipality, Unit, User
from plans.models import MeasuringTerms, Plan, PlanElement, PlanVersion, Responsibility
from plans.services.editing import save_element, save_plan, state_terms, withdraw_elements
from tests.factories import child, make_unit

pytestmark = pytest.mark.django_db


def element(plan: Plan, ref: str) -> PlanElement:
    return plan.elements.get(ref=ref)


def newest(plan: Plan) -> PlanVersion:
    version: PlanVersion = PlanVersion.objects.filter(plan=plan).latest("number")
    return version


def test_a_correction_tells_before_and_after(puno_plan: Plan, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    target.note = "Dice Juliaca"
    save_element(target, by=planner)
    version = newest(puno_plan)
    assert (version.number, version.by, version.changed) == (2, planner, 1)
    assert version.changes == [
        {
            "ref": "S.1.1.2",
            "what": "changed",
            "before": {"note": ""},
            "after": {"note": "Dice Juliaca"},
        }
    ]
    assert Municipality.objects.get(pk=puno_plan.municipality_id).revision == 3


def test_nothing_changed_is_no_version(puno_plan: Plan, planner: User) -> None:
    save_element(element(puno_plan, "S.1"), by=planner, units=[])
    save_plan(puno_plan, by=planner)
    assert puno_plan.versions.count() == 1


def test_where_an_element_hangs_is_not_rewritten(puno_plan: Plan, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    target.parent, target.ref, target.level = element(puno_plan, "S.1"), "X", "objective"
    save_element(target, by=planner)
    same = PlanElement.objects.get(pk=target.pk)
    assert (same.parent, same.ref, same.level) == (element(puno_plan, "S.1.1"), "S.1.1.2", "target")


def test_an_added_element_pushes_what_follows(puno_plan: Plan, planner: User) -> None:
    added = child(
        puno_plan,
        element(puno_plan, "S.1.1.1"),
        "S.1.1.1.1",
        level="activity",
        activity_kind="proyecto",
    )
    save_element(added, by=planner)
    in_order = puno_plan.elements.in_document_order().values_list("ref", "position")
    assert list(in_order) == [
        ("S", 0),
        ("S.1", 1),
        ("S.1.1", 2),
        ("S.1.1.1", 3),
        ("S.1.1.1.1", 4),
        ("S.1.1.2", 5),
        ("L", 6),
    ]
    assert added.since_version == 2
    assert newest(puno_plan).changes == [{"ref": "S.1.1.1.1", "what": "added"}]


def test_an_added_root_stands_at_the_end(puno_plan: Plan, planner: User) -> None:
    save_element(child(puno_plan, None, "N", level="guideline"), by=planner)
    assert list(puno_plan.elements.in_document_order())[-1].ref == "N"


def test_nothing_new_hangs_from_what_was_withdrawn(puno_plan: Plan, planner: User) -> None:
    objective = element(puno_plan, "S.1.1")
    withdraw_elements([objective], by=planner)
    with pytest.raises(ValidationError, match="se retiró del plan"):
        save_element(child(puno_plan, objective, "S.1.1.9", level="target"), by=planner)


def test_the_units_that_answer_are_told(puno_plan: Plan, puno_unit: Unit, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    other = make_unit(puno_plan.municipality, "Gerencia de Salud")
    save_element(target, by=planner, units=[puno_unit])
    save_element(target, by=planner, units=[other])
    assert [each.unit for each in Responsibility.objects.all()] == [other]
    assert newest(puno_plan).changes == [
        {
            "ref": "S.1.1.2",
            "what": "changed",
            "before": {"units": ["Gerencia de Obras"]},
            "after": {"units": ["Gerencia de Salud"]},
        }
    ]


def test_withdrawing_takes_the_descendants_and_happens_once(puno_plan: Plan, planner: User) -> None:
    problem = element(puno_plan, "S.1")
    assert withdraw_elements([problem], by=planner) == 4
    assert withdraw_elements([problem], by=planner) == 0
    assert [each["ref"] for each in newest(puno_plan).changes] == [
        "S.1",
        "S.1.1",
        "S.1.1.1",
        "S.1.1.2",
    ]
    assert element(puno_plan, "S.1.1.2").until_version == 1
    assert puno_plan.versions.count() == 2


def test_what_was_withdrawn_is_not_corrected(puno_plan: Plan, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    withdraw_elements([target], by=planner)
    target.note = "tarde"
    with pytest.raises(ValidationError, match="ya no se cambia"):
        save_element(target, by=planner)


def test_terms_are_numbered_and_signed(puno_plan: Plan, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    today = timezone.localdate()
    state_terms(MeasuringTerms(element=target, in_force_from=today, reason="x"), by=planner)
    terms = target.terms.get(version=2)
    assert terms.by == planner
    assert newest(puno_plan).changes == [
        {
            "ref": "S.1.1.2",
            "what": "changed",
            "before": {"kind": "variacion"},
            "after": {"kind": "", "terms": 2},
        }
    ]


@pytest.mark.parametrize("days", [1, -1])
def test_terms_rule_neither_from_tomorrow_nor_from_before_the_last(
    days: int, puno_plan: Plan, planner: User
) -> None:
    target = element(puno_plan, "S.1.1.2")
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(ValidationError):
        state_terms(MeasuringTerms(element=target, in_force_from=day, reason="x"), by=planner)
    assert target.terms.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_are_two_versions(puno_plan: Plan, planner: User) -> None:
    """Without the lock one of the two would overwrite the number, or fail."""

    def correct(ref: str) -> None:
        each = element(puno_plan, ref)
        each.note = ref
        save_element(each, by=planner)
        connection.close()

    threads = [Thread(target=correct, args=[ref]) for ref in ("S", "S.1", "S.1.1", "S.1.1.1")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(puno_plan.versions.values_list("number", flat=True)) == [5, 4, 3, 2, 1]


def test_words_that_are_not_in_the_document_are_refused(puno_plan: Plan, planner: User) -> None:
    target = element(puno_plan, "S.1.1.2")
    target.statement = f"{target.statement} siempre"
    with pytest.raises(ValidationError, match="no está en el documento"):
        save_element(target, by=planner)
    assert newest(puno_plan).number == 1


def test_words_that_another_element_took_are_refused(puno_plan: Plan, planner: User) -> None:
    """Two people add the same line: each form saw it free."""
    save_element(child(puno_plan, None, "N", level="guideline"), by=planner)
    with pytest.raises(ValidationError, match="Esas palabras ya son de: N"):
        save_element(child(puno_plan, None, "P", level="guideline"), by=planner)


def test_several_are_withdrawn_in_one_version(puno_plan: Plan, planner: User) -> None:
    both = [element(puno_plan, "S.1.1.1"), element(puno_plan, "S.1.1.2")]
    assert withdraw_elements(both, by=planner) == 2
    version = newest(puno_plan)
    assert (version.number, version.withdrawn) == (2, 2)
