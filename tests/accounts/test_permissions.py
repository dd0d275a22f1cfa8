"""The permission table, read aloud."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AnonymousUser

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from accounts.permissions import (
    PERMISSIONS,
    allowed,
    can,
    reach,
    second_factor_missing,
    second_factor_required,
)
from tests.factories import make_person

pytestmark = pytest.mark.django_db

P, A, R, O = Role.PLANNING, Role.ADMINISTRATION, Role.REPORTER, Role.OPERATOR  # noqa: E741
WHO_MAY = {
    "admin.enter": {O},
    "office.enter": {P, A, R, O},
    "plan.view": {P, O},
    "plan.edit": {P, O},
    "plan.publish": {P, O},
    "municipality.view": {P, O},
    "municipality.edit": {O},
    "directory.view": {P, A, O},
    "directory.edit": {P, A, O},
    "people.view": {P, A, O},
    "people.edit": {A, O},
    "account.edit": {O},
    "report.view": {P, A, R, O},
    "report.edit": {P, R},
    "report.review": {P},
    "semester.edit": {P},
    "expenditure.edit": {P},
    "executed.edit": {Role.PLANNING},
    "accountability.issue": {P},
    "installation.view": {O},
}
NOT_THE_OPERATORS = {
    "report.edit",
    "report.review",
    "semester.edit",
    "expenditure.edit",
    "executed.edit",
    "accountability.issue",
}


def test_this_is_the_whole_table() -> None:
    assert {name: set(roles) for name, roles in PERMISSIONS.items()} == WHO_MAY


@pytest.mark.parametrize("role", [P, A, R])
def test_a_role_reaches_its_own_municipality_and_no_other(
    role: Role, puno: Municipality, lamas: Municipality, puno_unit: Unit
) -> None:
    person = make_person("a@puno.pe", role, puno, puno_unit if role == R else None)
    for permission, roles in WHO_MAY.items():
        assert can(person, permission, puno.pk) is (role in roles), permission
        assert can(person, permission) is (role in roles), permission
        assert can(person, permission, lamas.pk) is False, permission


def test_the_operator_reaches_everywhere_and_neither_reports_nor_publishes(
    operator: User, puno: Municipality, lamas: Municipality
) -> None:
    for permission in WHO_MAY.keys() - NOT_THE_OPERATORS:
        assert reach(operator, permission) == "everywhere", permission
        assert can(operator, permission, lamas.pk), permission
        found = allowed(Municipality.objects.all(), operator, permission)
        assert set(found) == {puno, lamas}, permission
    for permission in NOT_THE_OPERATORS:
        assert reach(operator, permission) == frozenset(), permission
        assert can(operator, permission, puno.pk) is False, permission


@pytest.mark.parametrize(("role", "required"), [(P, True), (A, True), (R, False)])
def test_a_second_factor_is_required_of_who_publishes_or_lets_others_in(
    role: Role, required: bool, puno: Municipality, puno_unit: Unit
) -> None:
    person = make_person("a@puno.pe", role, puno, puno_unit if role == R else None)
    assert second_factor_required(person) is required


def test_a_second_factor_is_missing_until_it_is_set_up(operator: User) -> None:
    assert second_factor_required(operator) is True
    assert second_factor_missing(operator) is False
    Authenticator.objects.all().delete()
    assert second_factor_missing(User.objects.get(pk=operator.pk)) is True


def test_a_role_that_ended_requires_none(planner: User) -> None:
    planner.memberships.update(ended_on="2020-01-01")
    assert second_factor_required(planner) is False


def test_nobody_reaches_nothing(puno: Municipality) -> None:
    nobody = AnonymousUser()
    assert can(nobody, "plan.view", puno.pk) is False
    assert list(allowed(Municipality.objects.all(), nobody, "plan.view")) == []


def test_an_ended_role_and_a_person_who_left_reach_nothing(
    planner: User, operator: User, puno: Municipality
) -> None:
    planner.memberships.update(ended_on="2020-01-01")
    operator.is_active = False
    for person in (planner, operator):
        assert reach(person, "plan.view") == frozenset()
        assert list(allowed(Municipality.objects.all(), person, "plan.view")) == []


def test_an_unknown_permission_is_a_mistake(planner: User) -> None:
    with pytest.raises(KeyError):
        can(planner, "plan.burn")
