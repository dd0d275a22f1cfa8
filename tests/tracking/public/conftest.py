import pytest

from plans.models import PlanElement
from tracking.services.standings import recount


@pytest.fixture
def office(activity: PlanElement) -> PlanElement:
    """An activity for which an office answers, whose first semester is due and counted."""
    recount(activity.plan)
    return activity
