"""Who answers for what a plan promises."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from plans.models import Plan, Responsibility


def units_answering(plan: Plan) -> Mapping[int, Sequence[int]]:
    """The ids of the units that answer for each element of PLAN, by its id. One query.

    In order of name; what nobody answers for is not in it.
    """
    rows = Responsibility.objects.filter(plan=plan).order_by("unit__name", "pk")
    found: dict[int, list[int]] = defaultdict(list)
    for element_id, unit_id in rows.values_list("element_id", "unit_id"):
        found[element_id].append(unit_id)
    return dict(found)
