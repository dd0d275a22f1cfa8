"""What the operating plan (POI) proposes as the figure of a report. It is never written by itself.

A delivery is reported by all that was delivered since the term began, and is proposed the sum of
its quarters; a level or a change by where it stands, and is proposed the last quarter. No two codes
are added up: nobody said that their activities do not overlap.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from plans.classes import operating_codes
from plans.figures import figure_text, typed_plainly
from plans.units import is_same_unit
from tracking.measuring.tasks import Task
from tracking.models import ExecutedQuantity

ORDINALS = ("1.er", "2.º", "3.er", "4.º")


@dataclass(frozen=True)
class Proposal:
    """The ROWS of one code up to the end of the semester of TASK, oldest first, of one unit.

    The last of them is of that semester.
    """

    task: Task
    rows: Sequence[ExecutedQuantity]

    @property
    def last(self) -> ExecutedQuantity:
        return self.rows[-1]

    @property
    def code(self) -> str:
        return self.last.code

    @property
    def value(self) -> Decimal:
        if self.task.entry.is_quantity:
            return sum((each.quantity for each in self.rows), Decimal(0))
        return self.last.quantity

    @property
    def typed(self) -> str:
        """The value as one types it."""
        return typed_plainly(self.value)

    @property
    def told(self) -> str:
        """«1.er trimestre 12, 2.º trimestre 8: 20 informes (al 2.º trimestre de 2027)»."""
        year = self.last.year
        pieces = [
            _("%(ordinal)s trimestre %(figure)s")
            % {"ordinal": ORDINALS[each.quarter - 1], "figure": figure_text(each.quantity)}
            for each in self.rows
            if each.year == year
        ]
        before = [each.quantity for each in self.rows if each.year < year]
        if before and self.task.entry.is_quantity:
            shown = {"year": year, "figure": figure_text(sum(before, Decimal(0)))}
            pieces.insert(0, _("antes de %(year)s %(figure)s") % shown)
        return _("%(pieces)s: %(total)s (al %(ordinal)s trimestre de %(year)s)") % {
            "pieces": ", ".join(pieces),
            "total": figure_text(self.value, self.last.unit),
            "ordinal": ORDINALS[self.last.quarter - 1],
            "year": year,
        }

    @property
    def missing(self) -> int:
        """Of how many quarters, from the beginning of the term, a sum knows nothing."""
        if not self.task.entry.is_quantity:
            return 0
        years = self.last.year - self.task.element.plan.first_year
        return 4 * years + 2 * self.task.semester.half - len(self.rows)

    @property
    def unit(self) -> str:
        """The unit in which the report is asked for."""
        return self.task.terms.value_unit if self.task.terms else ""

    @property
    def agrees(self) -> bool:
        """Whether it is in the unit of the report, so that it can be taken."""
        return is_same_unit(self.unit, self.last.unit)


def proposals_for(tasks: Collection[Task]) -> dict[int, list[Proposal]]:
    """What is proposed for each of TASKS, which are of one plan, by its element's id.

    One query, and none where no task takes a figure or has codes of an operating plan.
    """
    asked = {task.element.pk: _codes_of(task) for task in tasks if task.entry.has_value}
    codes = {code for mine in asked.values() for code, _year in mine}
    if not codes:
        return {}
    first = next(iter(tasks))
    rows = ExecutedQuantity.objects.filter(
        municipality=first.element.plan.municipality_id,
        code__in=codes,
        year__range=(first.element.plan.first_year, first.semester.year),
    )
    kept: defaultdict[tuple[str, int], list[ExecutedQuantity]] = defaultdict(list)
    for row in rows.order_by("code", "year", "quarter"):
        kept[row.code, row.year].append(row)
    made: dict[int, list[Proposal]] = {}
    for task in tasks:
        mine = asked.get(task.element.pk, [])
        by_code: defaultdict[str, list[ExecutedQuantity]] = defaultdict(list)
        for code, year in sorted(mine, key=lambda each: (each[0], each[1])):
            by_code[code] += [row for row in kept[code, year] if _is_until(row, task)]
        proposed = [each for rows in by_code.values() if (each := _of(task, rows))]
        if proposed:
            made[task.element.pk] = proposed
    return made


def _codes_of(task: Task) -> list[tuple[str, int]]:
    """The codes of TASK's element in the operating plan of each year until its semester."""
    classes = task.element.classes
    if not classes:
        return []
    years = range(task.element.plan.first_year, task.semester.year + 1)
    return [(code, year) for year in years for code in operating_codes(classes, year)]


def _is_until(row: ExecutedQuantity, task: Task) -> bool:
    return (row.year, row.quarter) <= (task.semester.year, 2 * task.semester.half)


def _of(task: Task, rows: Sequence[ExecutedQuantity]) -> Proposal | None:
    """The proposal of ROWS; None where they say nothing of TASK's semester.

    Quarters that were counted in another unit than the last are not added to it.
    """
    if not rows or rows[-1].year != task.semester.year:
        return None
    last = rows[-1]
    if last.quarter <= 2 * (task.semester.half - 1):
        return None
    same = [row for row in rows if is_same_unit(row.unit, last.unit)]
    return Proposal(task, same)
