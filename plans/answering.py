"""Who answers for what a plan promises."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from plans.models import Plan, Responsibility


def units_answering(plan: Plan) -> Mapping[int, Sequence[int]]:
    """The ids of the units that answer for each element of PLAN, by its id. One query.

    In order of name; what nobody answers for is not in it.
    """
    return _by_element(Responsibility.objects.filter(plan=plan), "unit_id")


def names_answering(elements: Collection[int]) -> Mapping[int, Sequence[str]]:
    """The names of the units that answer for each of ELEMENTS, by its id, likewise."""
    return _by_element(Responsibility.objects.filter(element__in=elements), "unit__name")


def _by_element(rows: QuerySet[Responsibility], column: str) -> dict[int, list[Any]]:
    by_element: dict[int, list[Any]] = defaultdict(list)
    for element_id, value in rows.order_by("unit__name", "pk").values_list("element_id", column):
        by_element[element_id].append(value)
    return dict(by_element)
