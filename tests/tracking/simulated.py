"""A real plan with progress, as the demonstration has it."""

import datetime as dt
from typing import Final

from plans.models import Plan
from tests.real_plans import publish_real_plan
from tracking.simulation.simulate import simulate

AT: Final = dt.date(2026, 11, 20)


def simulated_plan(slug: str) -> Plan:
    plan = publish_real_plan(slug)
    simulate(plan, at=AT)
    found: Plan = Plan.objects.select_related("municipality").get(pk=plan.pk)
    return found
