"""The upright axis of a line: from where to where, and which figures stand beside it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

MOST_STEPS: Final = 5
FAR: Final = 5
"""Figures lie far from zero when their span is smaller than this part of the largest: a fifth."""
TOO_FAR: Final = 1000
MILLION: Final = Decimal(1_000_000)


@dataclass(frozen=True)
class Axis:
    """TICKS in even steps, at least two, from the lowest end to the highest."""

    ticks: Sequence[Decimal]

    @property
    def is_cut(self) -> bool:
        """Whether zero is not on it: whoever shows it says so."""
        return not self.ticks[0] <= 0 <= self.ticks[-1]

    @property
    def scale(self) -> Decimal:
        """What its figures are divided by where they are written: 1, or a million."""
        longest = max(abs(self.ticks[0]), abs(self.ticks[-1]))
        return MILLION if longest >= MILLION else Decimal(1)

    def share(self, value: Decimal) -> float:
        """How far up VALUE stands, from 0 at the lowest end to 1 at the highest."""
        low, high = self.ticks[0], self.ticks[-1]
        return float((value - low) / (high - low))


def axis(values: Collection[Decimal]) -> Axis:
    """An axis for VALUES, at least one, which shows them and zero.

    A line is read by its distance from other lines: from zero, half of the goal looks like half.
    Only where all lie far from zero and near one another would nothing be seen of their course:
    then it begins at a round figure before the first.
    """
    low, high = min(values), max(values)
    largest = max(abs(low), abs(high))
    is_far = low * high > 0 and largest / TOO_FAR <= high - low < largest / FAR
    if not is_far:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        high = low + 1
    step = _step(low, high)
    first, last = _floor(low, step), _ceiling(high, step)
    return Axis([step * number for number in range(first, last + 1)])


def _step(low: Decimal, high: Decimal) -> Decimal:
    """The smallest of 1, 2 and 5 times a power of ten that takes few steps from LOW to HIGH."""
    power = Decimal(1).scaleb(((high - low) / MOST_STEPS).adjusted())
    steps = (power * factor for factor in (1, 2, 5, 10, 20))
    return next(step for step in steps if _ceiling(high, step) - _floor(low, step) <= MOST_STEPS)


def _floor(value: Decimal, step: Decimal) -> int:
    return int((value / step).to_integral_value(ROUND_FLOOR))


def _ceiling(value: Decimal, step: Decimal) -> int:
    return int((value / step).to_integral_value(ROUND_CEILING))
