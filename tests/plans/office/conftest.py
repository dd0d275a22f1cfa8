"""Who tries each page of a plan: two planners of Puno, somebody who reports there, and others."""

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.importers.outline import DoubtKind
from plans.models import Plan, PlanElement, PlanImport
from tests.conftest import SignIn
from tests.factories import make_person
from tests.plans.importers.mended import outline_of
from tests.plans.sent import send


@pytest.fixture
def colleague(puno: Municipality) -> User:
    """Plans in Puno too."""
    return make_person("colleague@puno.pe", Role.PLANNING, puno)


@pytest.fixture
def target(puno_plan: Plan) -> PlanElement:
    element: PlanElement = puno_plan.elements.get(ref="S.1.1.2")
    return element


@pytest.fixture
def mine(planner: User, signed_in: SignIn) -> Client:
    """Of planning in Puno, which has no plan yet."""
    return signed_in(planner)


@pytest.fixture
def draft(puno: Municipality, planner: User) -> PlanImport:
    return send(puno, planner, outline=outline_of(doubts={3: DoubtKind.FIGURE, 4: DoubtKind.CUT}))
