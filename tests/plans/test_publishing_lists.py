"""Several plans of a municipality and term: one in force, and what the other lists offered."""

from dataclasses import replace

import pytest
from django.db import IntegrityError

from accounts.models import Municipality
from plans.importers.draft import PlanDraft
from plans.importers.faults import FileRefused
from plans.models import Plan
from plans.services.publishing import publish
from plans.term import Term
from tests.factories import make_plan
from tests.real_plans import make_real_place, real_draft

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> PlanDraft:
    make_real_place("otuzco")
    return replace(real_draft("otuzco"), file_sha256="", list_slug="renovar")


def test_a_lists_plan_stands_beside_the_one_in_force(puno: Municipality, puno_plan: Plan) -> None:
    offered = make_plan(puno, list_slug="renovar")
    assert offered.url_args == ("puno", "2019-2022/renovar")
    assert puno_plan.url_args == ("puno", "2019-2022")
    assert (offered.in_force, puno_plan.in_force) == (False, True)
    puno_plan.refresh_from_db()
    assert puno_plan.version == 1


def test_a_lists_plan_needs_none_in_force(draft: PlanDraft) -> None:
    assert not publish(draft).plan.in_force


def test_the_same_list_again_is_the_same_plan(draft: PlanDraft) -> None:
    first, again = publish(draft), publish(draft)
    assert (again.plan, again.plan.version, again.changed) == (first.plan, 1, 0)


def test_even_an_elected_list_comes_in_force_by_an_officers_act_alone(draft: PlanDraft) -> None:
    source = "Acta de proclamación, 7 de noviembre de 2018"
    plan = publish(replace(draft, standing="autoridad elegida", standing_source=source)).plan
    assert not plan.in_force
    assert not plan.takes_reports
    assert plan.whose.startswith("Lo que ofreció la lista")


@pytest.mark.parametrize("name", ["Renovar", "sobre", "r"])
def test_a_name_that_is_no_address_is_refused(draft: PlanDraft, name: str) -> None:
    with pytest.raises(FileRefused) as refused:
        publish(replace(draft, list_slug=name))
    assert [fault.field for fault in refused.value.faults] == ["lista"]
    assert not Plan.objects.exists()


def test_a_list_of_another_term_may_not_share_a_year(draft: PlanDraft) -> None:
    publish(draft)
    with pytest.raises(FileRefused, match="se cruza"):
        publish(replace(draft, list_slug="otra", term=Term(2021, 2024)))


def test_what_names_no_list_is_not_taken_for_the_list_that_came_in_force(draft: PlanDraft) -> None:
    plan = publish(draft).plan
    Plan.objects.filter(pk=plan.pk).update(in_force=True)
    with pytest.raises(FileRefused, match="renovar"):
        publish(replace(draft, list_slug=""))
    assert publish(draft).plan == plan


@pytest.mark.parametrize(
    "fields",
    [
        {"in_force": True},
        {"list_slug": ""},
        {"list_slug": "No es"},
        {"simulated": True},
    ],
)
def test_the_database_holds_it(
    puno: Municipality, puno_plan: Plan, fields: dict[str, object]
) -> None:
    offered = make_plan(puno, list_slug="renovar")
    with pytest.raises(IntegrityError):
        Plan.objects.filter(pk=offered.pk).update(**fields)


def test_a_list_has_one_plan_of_a_term(puno: Municipality) -> None:
    make_plan(puno, list_slug="renovar")
    other = make_plan(puno, list_slug="otra")
    with pytest.raises(IntegrityError):
        Plan.objects.filter(pk=other.pk).update(list_slug="renovar")
