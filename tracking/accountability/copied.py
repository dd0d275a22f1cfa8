"""What the frozen form repeats of what is kept, under the same names."""

from dataclasses import fields
from typing import TYPE_CHECKING, Any, TypeVar

from django.utils import timezone

from tracking.accountability.content import Days
from tracking.models import SemesterWindow

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Frozen = TypeVar("Frozen", bound="DataclassInstance")


def copied(what: type[Frozen], row: object, /, **other: Any) -> Frozen:
    """WHAT, a dataclass, with what ROW has under the same names, and OTHER values of its own."""
    names = (each.name for each in fields(what) if each.name not in other)
    return what(**{name: getattr(row, name) for name in names}, **other)


def days_of(window: SemesterWindow) -> Days:
    if window.closed_at is None:
        raise ValueError("an open semester has no accountability report")
    return copied(Days, window, closed_on=timezone.localdate(window.closed_at))
