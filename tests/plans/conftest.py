"""Who tries the pages of a plan."""

from pathlib import Path

import pytest
from django.test import Client

from accounts.models import User
from plans.models import Plan
from tests.conftest import SignIn
from tests.plans.plan_files import DOCUMENT


@pytest.fixture
def browser(planner: User, puno_plan: Plan, signed_in: SignIn) -> Client:
    """Of planning in Puno, which has a plan."""
    return signed_in(planner)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "coata.txt").write_text(DOCUMENT)
    return tmp_path
