"""A kind of row that is published, with its columns."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet

from plans.models import Plan
from tracking.reading.published.columns import Column, Columns, Words


def of_plan(path: str = "plan") -> Callable[[Plan], Q]:
    """Which rows are a plan's: those whose plan is where PATH leads."""
    return lambda plan: Q(**{path: plan.pk})


@dataclass(frozen=True)
class Table:
    """What is published under NAME. ``rows`` gives it anew at each call, ``of_plan`` a plan's."""

    name: str
    title: Words
    rows: Callable[[], QuerySet[Any]]
    columns: Columns
    of_plan: Callable[[Plan], Q] = field(default_factory=of_plan)

    def of(self, plan: Plan | None) -> QuerySet[Any]:
        """The rows of PLAN, or of the whole portal."""
        rows = self.rows()
        return rows if plan is None else rows.filter(self.of_plan(plan))

    def column(self, name: str) -> Column | None:
        return next((each for each in self.columns if each.name == name), None)
