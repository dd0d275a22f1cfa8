"""Somebody follows Puno's plan, of which something is published now and then."""

import pytest

from accounts.models import User
from plans.models import PlanElement
from tests.tracking.following.followed import Rosa
from tests.tracking.published import FIRST, draft, publish
from tracking.choices import Step
from tracking.models import ProgressReport


@pytest.fixture
def rosa(activity: PlanElement) -> Rosa:
    """She follows nothing yet; of Puno's activity nothing was reported."""
    return Rosa(activity)


@pytest.fixture
def begun(activity: PlanElement, reporter: User, planner: User) -> ProgressReport:
    """Its first report, which is public."""
    return publish(draft(activity, FIRST, reporter, step=Step.PREPARING), by=planner)
