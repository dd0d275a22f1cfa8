"""A real plan with progress, as the demonstration has it."""

import datetime as dt
from typing import Final

from django.db import connection

from plans.models import Plan
from tests.real_plans import publish_real_plan
from tracking.demo.simulate import simulate

AT: Final = dt.date(2026, 11, 20)


def simulated_plan(slug: str) -> Plan:
    """That plan, and what PostgreSQL would know by then of how many rows it brought.

    Nobody else counts them within a test's transaction, and a plan made for empty tables is slow.
    """
    plan = publish_real_plan(slug)
    simulate(plan, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found: Plan = Plan.objects.select_related("municipality").get(pk=plan.pk)
    return found
