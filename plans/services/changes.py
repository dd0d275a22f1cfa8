"""What a version changes, in the form in which it is kept and shown."""

from typing import Any, Final

from django.db import models

UNTOLD: Final = frozenset({"spans", "vision_spans", "text"})
"""Fields whose change is not spelled out in a version: they follow from others."""

Change = dict[str, Any]


def assign(row: models.Model, wanted: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Set WANTED on ROW; what differed as {"before": …, "after": …}, empty if nothing did."""
    different = [name for name, value in wanted.items() if getattr(row, name) != value]
    if not different:
        return {}
    told = [name for name in different if name not in UNTOLD]
    before = {name: getattr(row, name) for name in told}
    for name in different:
        setattr(row, name, wanted[name])
    return {"before": before, "after": {name: wanted[name] for name in told}}
