"""What several tests of the office begin with."""

import pytest
from django.test import Client

from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.tracking.office.spent import add_activity
from tests.tracking.published import open_window


@pytest.fixture
def browser(
    activity: PlanElement, target: PlanElement, reporter: User, signed_in: SignIn
) -> Client:
    """The reporter's, with two rows in the sheet."""
    return signed_in(reporter)


@pytest.fixture
def desk(planner: User, signed_in: SignIn) -> Client:
    return signed_in(planner)


@pytest.fixture
def other(plan: Plan) -> PlanElement:
    """A second activity, beside the programme of the small plan."""
    return add_activity(plan, 2)


@pytest.fixture
def next_semester(puno: Municipality) -> Semester:
    """One that begins after SEMESTER, and is reported."""
    semester = Semester(2019, 2)
    open_window(puno, semester)
    return semester
