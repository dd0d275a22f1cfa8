"""Write anew the newest report of each element of a plan, which the database keeps by itself."""

from plans.models import Plan
from tracking.measuring.newest import newest_of
from tracking.models import NewestReport

BATCH = 500


def renew_newest(plan: Plan) -> None:
    """Write those of PLAN as its published reports have them. Call in a transaction that holds its
    municipality."""
    NewestReport.objects.filter(element__plan=plan).delete()
    NewestReport.objects.bulk_create(newest_of(plan), BATCH)
