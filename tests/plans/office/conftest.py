"""Who tries each page of a plan: two planners of Puno, somebody who reports there, and others."""

import pytest

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from tests.factories import make_person


@pytest.fixture
def colleague(puno: Municipality) -> User:
    """Plans in Puno too."""
    return make_person("colleague@puno.pe", Role.PLANNING, puno)


@pytest.fixture
def target(puno_plan: Plan) -> PlanElement:
    element: PlanElement = puno_plan.elements.get(ref="S.1.1.2")
    return element
