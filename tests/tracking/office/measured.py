"""A promise that is measured in a way of its own, to be reported."""

from typing import Any

from accounts.models import User
from plans.models import PlanElement
from tests.factories import state
from tests.tracking.office.sent import SEMESTER
from tracking.measuring.tasks import Task, task_to_write


def stated(element: PlanElement, by: User, **fields: Any) -> Task:
    """The task of ELEMENT under terms of these FIELDS."""
    state(element, by, **fields)
    return task_to_write(element, SEMESTER)
