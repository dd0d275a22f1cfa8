"""The permission table, read aloud."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from accounts.permissions import PERMISSIONS, allowed, can, reach
from tests.factories import make_person

pytestmark = pytest.mark.django_db

P, A, R, O = Role.PLANNING, Role.ADMINISTRATION, Role.REPORTER, Role.OPERATOR  # noqa: E741
WHO_MAY = {
    "admin.enter": {P, O},
    "plan.view": {P, O},
    "plan.edit": {P, O},
    "municipality.view": {P, O},
    "municipality.edit": {O},
    "directory.view": {P, O},
    "directory.edit": {P, O},
    "people.view": {P, O},
    "people.edit": {O},
}


def test_this_is_the_whole_table() -> None:
    assert {name: set(roles) for name, roles in PERMISSIONS.items()} == WHO_MAY


@pytest.mark.parametrize("permission", list(WHO_MAY))
@pytest.mark.parametrize("role", [P, A, R])
def test_a_role_reaches_its_own_municipality_and_no_other(
    role: Role, permission: str, puno: Municipality, lamas: Municipality, puno_unit: Unit
) -> None:
    person = make_person("a@puno.pe", role, puno, puno_unit if role == R else None)
    may = role in WHO_MAY[permission]
    assert can(person, permission, puno.pk) is may
    assert can(person, permission) is may
    assert can(person, permission, lamas.pk) is False


@pytest.mark.parametrize("permission", list(WHO_MAY))
def test_the_operator_reaches_everywhere(
    permission: str, operator: User, puno: Municipality, lamas: Municipality
) -> None:
    assert reach(operator, permission) == "everywhere"
    assert can(operator, permission, lamas.pk)
    assert set(allowed(Municipality.objects.all(), operator, permission)) == {puno, lamas}


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
