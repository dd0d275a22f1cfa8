"""Who tries the pages of a plan."""

import pytest
from django.test import Client

from accounts.models import User
from plans.models import Plan
from tests.conftest import SignIn


@pytest.fixture
def browser(planner: User, puno_plan: Plan, signed_in: SignIn) -> Client:
    """Of planning in Puno, which has a plan."""
    return signed_in(planner)
