"""What the newest published report of each element of a plan is, from the reports themselves."""

from typing import Any

from plans.models import Plan
from tracking.models import NewestReport, ProgressReport

COLUMNS = ("element_id", "report_id", "semester", "revision", "stage", "signal", "as_of")


def newest_of(plan: Plan) -> list[NewestReport]:
    """The rows that there should be of PLAN; not saved. One query."""
    reports = ProgressReport.objects.published().filter(plan=plan).last_of_each()
    names = ("id" if name == "report_id" else name for name in COLUMNS)
    return [
        NewestReport(**dict(zip(COLUMNS, values, strict=True)))
        for values in reports.values_list(*names)
    ]


def wrong_newest(plan: Plan) -> int:
    """How many rows of PLAN are missing, too many, or do not say what they should. Two queries."""
    stored = {_said(row) for row in NewestReport.objects.filter(element__plan=plan)}
    wanted = {_said(row) for row in newest_of(plan)}
    return len({element for element, *_others in stored ^ wanted})


def _said(row: NewestReport) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in COLUMNS)
