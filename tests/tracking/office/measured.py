"""A promise that is measured in a way of its own, to be reported."""

from typing import Any

from django.utils import timezone

from accounts.models import User
from plans.models import MeasuringTerms, PlanElement
from plans.services.editing import state_terms
from tests.tracking.office.sent import SEMESTER
from tracking.measuring.tasks import Task, task_to_write


def stated(element: PlanElement, by: User, **fields: Any) -> Task:
    """The task of ELEMENT under terms of these FIELDS."""
    terms = MeasuringTerms(
        element=element, in_force_from=timezone.localdate(), reason="Se define.", **fields
    )
    state_terms(terms, by=by)
    return task_to_write(element, SEMESTER)
