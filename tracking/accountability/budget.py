"""The budget of an edition: what its activities had and spent in a year, and who answers for it.

Pure functions of the frozen content, in soles. No money is counted twice: what several offices
answer for is a row of its own. Where no figure is known there is none, never 0.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Final, NamedTuple, Self

from django.utils.translation import gettext as _

from plans.choices import Dimension, Level
from plans.semester import Semester
from tracking.accountability.content import Content, Promise, Spent
from tracking.accountability.groups import dimension_name
from tracking.measuring import progress

FEW: Final = 25  # activities, no more than a page of two lines each
MOST: Final = 42  # activities, a page of one line each; the rest are summed up
LONG: Final = 84  # characters: two lines
SHORT: Final = 40  # characters: a line, with its code


class Money(NamedTuple):
    """Sums of one fiscal year, whose figures are of the days ``since`` to ``until``."""

    pia: Decimal
    pim: Decimal
    accrued: Decimal
    since: dt.date
    until: dt.date

    @classmethod
    def of(cls, spent: Sequence[Spent]) -> Self | None:
        """The sums of SPENT; None where nothing is known."""
        if not spent:
            return None
        days = [each.as_of for each in spent]
        pia, pim, accrued = (
            sum((getattr(each, name) for each in spent), Decimal(0))
            for name in ("pia", "pim", "accrued")
        )
        return cls(pia, pim, accrued, min(days), max(days))

    @property
    def unspent(self) -> Decimal:
        """PIM less devengado: below zero where more was spent than there was."""
        return self.pim - self.accrued

    @property
    def share(self) -> Decimal | None:
        """Devengado over PIM, in percent; None without a budget."""
        return progress.financial(self.accrued, self.pim)

    @property
    def is_beyond(self) -> bool:
        return self.accrued > self.pim

    @property
    def is_any(self) -> bool:
        """Whether there was any money at all: an activity can be stated to have had none."""
        return bool(self.pia or self.pim or self.accrued)


class Row(NamedTuple):
    """A part of the activities: KNOWN of OF have a figure, which come to MONEY."""

    name: str
    known: int
    of: int
    money: Money | None


class ActivityRow(NamedTuple):
    """An activity that had money in the year."""

    promise: Promise
    money: Money


class YearsRow(NamedTuple):
    """A part of the activities, year against year."""

    name: str
    by_year: list[Money | None]


@dataclass(frozen=True)
class Budget:
    """What the activities of CONTENT that were asked had and spent, up to the semester's year."""

    content: Content

    @property
    def year(self) -> int:
        return Semester.parse(self.content.semester).year

    @cached_property
    def years(self) -> list[int]:
        """The years of which anything is known, the first of the term first."""
        return sorted({spent.year for each in self._counted for spent in each.spending})

    @cached_property
    def has_cents(self) -> bool:
        """Whether any sum needs its céntimos: then all are written with them."""
        figures = (
            figure
            for each in self._counted
            for spent in each.spending
            for figure in (spent.pia, spent.pim, spent.accrued)
        )
        return any(figure % 1 for figure in figures)

    @property
    def places(self) -> int:
        """How many decimals its figures are written with."""
        return 2 if self.has_cents else 0

    @property
    def grouping(self) -> str:
        """The same for the filter that writes them with their thousands apart."""
        return f"{self.places}g"

    @property
    def latest(self) -> dt.date | None:
        """The newest day of its figures: a row that has earlier ones says of when they are."""
        return self.total.money.until if self.total.money else None

    @property
    def most_text(self) -> int:
        """How many characters an activity is named with: where they are many, those of a line."""
        return LONG if len(self.listed) <= FEW else SHORT

    @cached_property
    def total(self) -> Row:
        return self._row(_("Total"), self._counted)

    @property
    def dimensions(self) -> list[Row]:
        return [self._row(name, part) for name, part in self._by_dimension]

    @property
    def offices(self) -> list[Row]:
        """The offices by their names; then what several share, and what is nobody's."""
        alone = _parted(
            (each for each in self._counted if len(each.units) == 1), lambda each: each.units[0]
        )
        rows = [self._row(name, alone[name]) for name in sorted(alone)]
        shared = [each for each in self._counted if len(each.units) > 1]
        if shared:
            rows.append(self._row(_("Compartidas por varias oficinas"), shared))
        nobodys = [each for each in self._counted if not each.units]
        if nobodys:
            rows.append(self._row(_("Sin oficina asignada"), nobodys))
        return rows

    @cached_property
    def activities(self) -> list[ActivityRow]:
        """Those that had money in the year, what spent least of it in soles first."""
        rows = [ActivityRow(each, money) for each in self._counted if (money := self._of([each]))]
        with_money = [each for each in rows if each.money.is_any]
        return sorted(with_money, key=lambda each: -each.money.unspent)

    @property
    def listed(self) -> list[ActivityRow]:
        """As many of them as paper lists."""
        return self.activities[:MOST]

    @property
    def rest(self) -> Row | None:
        """What the activities come to that had money and are not listed; None where all are."""
        left = self.activities[MOST:]
        if not left:
            return None
        return self._row("", [each.promise for each in left])

    @property
    def penniless(self) -> int:
        """How many are stated to have had no money in the year."""
        return self.total.known - len(self.activities)

    @property
    def unknown(self) -> int:
        """How many have no figure of the year."""
        return self.total.of - self.total.known

    @property
    def halted(self) -> Row:
        """What is reported as halted."""
        stopped = [each for each in self._counted if each.report and each.report.halted_since]
        return self._row("", stopped)

    @property
    def silent(self) -> Row:
        """What did not report: money was spent, and nobody said on what."""
        return self._row("", [each for each in self._counted if each.is_silent])

    @property
    def beyond(self) -> int:
        """How many spent more than they had."""
        return sum(each.money.is_beyond for each in self.activities)

    @property
    def apart(self) -> int:
        """How many have a figure of the year and are not counted, as no report of them was due."""
        known = sum(each.spent_in(self.year) is not None for each in self.content.promises)
        return known - self.total.known

    @property
    def year_against_year(self) -> list[YearsRow]:
        """Each dimension, then the total, in each of `years`."""
        parts = [*self._by_dimension, (_("Total"), self._counted)]
        return [
            YearsRow(name, [self._of(part, year) for year in self.years]) for name, part in parts
        ]

    @cached_property
    def _counted(self) -> list[Promise]:
        """The activities of which a report was due, as the sums of `Content.spending` count."""
        return [
            each for each in self.content.promises if each.level == Level.ACTIVITY and each.is_asked
        ]

    @property
    def of_years(self) -> list[Row]:
        """The coverage and the days of each of `years`."""
        return [self._row(str(year), self._counted, year) for year in self.years]

    @property
    def is_uneven(self) -> bool:
        """Whether more activities have figures of one year than of another."""
        return len({each.known for each in self.of_years}) > 1

    @property
    def _by_dimension(self) -> list[tuple[str, list[Promise]]]:
        """The four first, then the plan's own, then what hangs from none."""
        parts = _parted(self._counted, lambda each: each.dimension)
        order = [*Dimension.values, *(each for each in parts if each), ""]
        names = (each for each in dict.fromkeys(order) if each in parts)
        unnamed = _("Sin dimensión")
        return [(dimension_name(self.content, each) or unnamed, parts[each]) for each in names]

    def _row(self, name: str, part: Sequence[Promise], year: int | None = None) -> Row:
        known = sum(each.spent_in(year or self.year) is not None for each in part)
        return Row(name, known, len(part), self._of(part, year))

    def _of(self, part: Iterable[Promise], year: int | None = None) -> Money | None:
        spent = (each.spent_in(year or self.year) for each in part)
        return Money.of([each for each in spent if each])


def _parted(promises: Iterable[Promise], key: Callable[[Promise], str]) -> dict[str, list[Promise]]:
    parts: dict[str, list[Promise]] = defaultdict(list)
    for each in promises:
        parts[key(each)].append(each)
    return dict(parts)
