"""What changed in a plan from one semester to the next: a pure function of its strips."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.models import PlanElement
from plans.semester import Semester
from tracking.reading.strips import Arrival, Cell

T = TypeVar("T")


@dataclass(frozen=True)
class Changes(Generic[T]):
    """The promises that changed since the semester SINCE, each list in the plan's order.

    A promise is an element of the plan, or its ref where all else was frozen.
    ``first``: reported for the first time. ``ahead`` and ``back``: a further or an earlier step, or
    more or less of what was promised, measured in the same way. ``silent``: reported then, and not
    now. ``corrected``: published more than once. ``remeasured``: under other terms than then.
    """

    since: Semester
    first: list[T] = field(default_factory=list)
    ahead: list[T] = field(default_factory=list)
    back: list[T] = field(default_factory=list)
    silent: list[T] = field(default_factory=list)
    corrected: list[T] = field(default_factory=list)
    remeasured: list[T] = field(default_factory=list)

    @property
    def by_kind(self) -> list[tuple[str, list[T]]]:
        """Each kind of change that there is, in words, with its promises."""
        kinds = (
            (_("Informadas por primera vez"), self.first),
            (_("Avanzaron"), self.ahead),
            (_("Retrocedieron"), self.back),
            (_("Dejaron de informarse"), self.silent),
            (_("Corregidas después de publicarse"), self.corrected),
            (_("Se miden de otra forma que antes"), self.remeasured),
        )
        return [(words, promises) for words, promises in kinds if promises]


def changes_in(
    semester: Semester, elements: Iterable[PlanElement], strips: Mapping[int, Sequence[Cell]]
) -> Changes[PlanElement]:
    """What SEMESTER brought to the promises among ELEMENTS that the one before it had not.

    What is told of a whole dimension once a year is no promise.
    """
    changes: Changes[PlanElement] = Changes(semester.previous)
    for element in elements:
        cells = {cell.semester: cell for cell in strips.get(element.pk, ())}
        now, before = cells.get(semester), cells.get(semester.previous)
        if now is None or element.level == Level.DIMENSION:
            continue
        if now.arrival == Arrival.MISSING and before and before.arrival == Arrival.REPORTED:
            changes.silent.append(element)
        if now.arrival != Arrival.REPORTED:
            continue
        if now.is_corrected:
            changes.corrected.append(element)
        if not any(
            cell.arrival == Arrival.REPORTED for when, cell in cells.items() if when < semester
        ):
            changes.first.append(element)
        elif before and before.arrival == Arrival.REPORTED:
            _compare(changes, element, before, now)
    return changes


def _compare(changes: Changes[PlanElement], element: PlanElement, before: Cell, now: Cell) -> None:
    if now.terms_id != before.terms_id:
        changes.remeasured.append(element)
        return
    moved = _moved(before, now)
    if moved > 0:
        changes.ahead.append(element)
    elif moved < 0:
        changes.back.append(element)


def _moved(before: Cell, now: Cell) -> int:
    """1 where NOW is further than BEFORE, -1 where it fell back, 0 where nothing says so."""
    if now.progress is not None and before.progress is not None:
        moved = (now.progress > before.progress) - (now.progress < before.progress)
        if moved:
            return moved
    if now.step is not None and before.step is not None:
        return (now.step > before.step) - (now.step < before.step)
    return 0
