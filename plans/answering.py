"""Who answers for what a plan promises."""

from collections import defaultdict

from accounts.models import Unit
from plans.models import Plan, Responsibility


def units_answering(plan: Plan) -> dict[int, list[Unit]]:
    """The units that answer for each element of PLAN, by its id, in order of name. One query."""
    rows = Responsibility.objects.filter(plan=plan).select_related("unit")
    found: dict[int, list[Unit]] = defaultdict(list)
    for row in rows.order_by("unit__name", "pk"):
        found[row.element_id].append(row.unit)
    return dict(found)
