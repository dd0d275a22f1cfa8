"""The reports that did not come: of what, and who had to send them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.models import Unit
from plans.models import PlanElement
from tracking.reading.strips import Arrival, Cell


@dataclass(frozen=True)
class Debt:
    """What one UNIT did not report, in the plan's order; None: what no unit answers for."""

    unit: Unit | None
    elements: list[PlanElement] = field(default_factory=list)


def undelivered(
    elements: Iterable[PlanElement],
    cells: Mapping[int, Cell],
    answering: Mapping[int, Sequence[Unit]],
) -> list[Debt]:
    """Who owes the missing reports of ELEMENTS, most first.

    By the element's id: CELLS are those of the semester, ANSWERING who had to report in it. What
    two units answer for is in the debt of both.
    """
    debts: dict[int | None, Debt] = {}
    for element in elements:
        cell = cells.get(element.pk)
        if cell is None or cell.arrival != Arrival.MISSING:
            continue
        owing: Sequence[Unit | None] = answering.get(element.pk) or [None]
        for unit in owing:
            debt = debts.setdefault(unit.pk if unit else None, Debt(unit))
            debt.elements.append(element)
    return sorted(debts.values(), key=lambda debt: -len(debt.elements))
