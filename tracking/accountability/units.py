"""The offices of an edition: how each reported, and how far behind its schedules it is."""

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracking.accountability.content import Content, Counted, Promise
from tracking.public.figures.punctuality import Punctuality
from tracking.reading.states import TROUBLES


class UnitRow(NamedTuple):
    """How a unit reported, all levels together, and how far behind its schedules it is."""

    name: str
    figures: Punctuality
    late: int
    halted: int


def units_of(content: Content) -> list[UnitRow]:
    """A row of each unit of which CONTENT counts anything, then of what no unit answers for."""
    by_unit: dict[str, list[Counted]] = defaultdict(list)
    for each in content.standings:
        if each.unit:
            by_unit[each.unit].append(each)
    rows = [_unit_row(name, counted) for name, counted in by_unit.items()]
    unassigned = [each for each in content.promises if each.is_asked and not each.units]
    return [*rows, _unassigned(unassigned)] if unassigned else rows


def _unit_row(name: str, counted: Sequence[Counted]) -> UnitRow:
    return UnitRow(
        name,
        Punctuality.of(counted),
        sum(row.signals.get(signal, 0) for row in counted for signal in TROUBLES),
        sum(row.halted for row in counted),
    )


def _unassigned(promises: Sequence[Promise]) -> UnitRow:
    """What was asked and no unit answers for: without it the table would not add up."""
    reports = [each.report for each in promises if each.report]
    figures = Punctuality(
        asked=len(promises),
        reported=len(reports),
        punctual=sum(not each.is_late for each in reports),
        supported=sum(bool(each.supports) for each in reports),
    )
    late = sum(each.signal in TROUBLES for each in reports)
    halted = sum(each.halted_since is not None for each in reports)
    return UnitRow(_("Sin oficina asignada"), figures, late, halted)
