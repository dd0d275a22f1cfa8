"""Who answers for a semester when its report is issued."""

import datetime as dt

from django.db.models import Q

from plans.models import Plan
from tracking.accountability.content import Answering
from tracking.accountability.copied import copied


def answering_for(plan: Plan, *, at: dt.date) -> Answering | None:
    """Who held the mayor's office of PLAN's municipality on the day AT; None where none is known.

    For what is simulated nobody answers. One query, none of what is simulated.
    """
    if plan.simulated:
        return None
    in_office = plan.municipality.authorities.filter(
        Q(until=None) | Q(until__gte=at), office__istartswith="alcald", since__lte=at
    )
    newest = in_office.order_by("-since", "-pk").first()
    return copied(Answering, newest) if newest else None
