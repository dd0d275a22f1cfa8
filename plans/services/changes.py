"""What a version changes, in the form in which it is kept and shown."""

from decimal import Decimal
from typing import Any, Final

from django.db import models

from plans.models import MeasuringTerms

UNTOLD: Final = frozenset(
    {"spans", "indicator_spans", "vision_spans", "schemes", "text", "depth", "parent_level"}
)
"""Fields whose change is not spelled out in a version: they follow from others."""

Change = dict[str, Any]

CORRECTABLE: Final = (
    "printed_code",
    "statement",
    "indicator",
    "note",
    "spans",
    "indicator_spans",
    "activity_kind",
    "cui",
    "field",
    "is_printed",
)
"""The fields of an element that can be corrected once it is published."""

STATED: Final = (
    "kind",
    "unit_of_measure",
    "baseline",
    "baseline_source",
    "goal",
    "direction",
    "bound",
    "tolerance",
    "nature",
    "milestones",
    "schedule",
    "parts",
    "verification_source",
    "locations",
)
"""The fields in which two versions of measuring terms can differ."""


def assign(row: models.Model, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Set WANTED on ROW; what differed as {"before": …, "after": …}, empty if nothing did."""
    different = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not different:
        return {}
    names = [name for name in different if name not in UNTOLD]
    before = {name: getattr(row, name) for name in names}
    for name in different:
        setattr(row, name, wanted[name])
    return {"before": before, "after": {name: wanted[name] for name in names}}


def terms_change(before: MeasuringTerms, after: MeasuringTerms) -> dict[str, dict[str, Any]]:
    """What differs between two versions of terms, and the number of the newer one."""
    different = [name for name in STATED if getattr(before, name) != getattr(after, name)]
    return {
        "before": {name: _plain(getattr(before, name)) for name in different},
        "after": {name: _plain(getattr(after, name)) for name in different}
        | {"terms": after.version},
    }


def _plain(value: Any) -> Any:
    """As JSON can keep it: a Decimal as the text of its figure."""
    return format(value.normalize(), "f") if isinstance(value, Decimal) else value
