"""How much is reported of a plan: what whoever changes its texts has to know."""

from django.db.models import Count

from plans.models import Plan
from tracking.models import ProgressReport


def reports_by_ref(plan: Plan) -> dict[str, int]:
    """Of how many semesters each element of PLAN has a published report, by its ref. One query."""
    rows = ProgressReport.objects.published().filter(plan=plan).order_by().values("element__ref")
    counted = rows.annotate(count=Count("semester", distinct=True))
    return dict(counted.values_list("element__ref", "count"))
