"""The counts of a group semester by semester: a column for each, best at its foot.

All are drawn on one scale: a column is as high as what was asked for in its semester, so that one
in which less was asked, or nothing, does not look like the others. What was not reported stands on
top of the column: how much of it is filled is its coverage.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from plans.figures import figure_text
from plans.semester import Semester
from tracking.public.charts.bars import SWATCH, Segment, in_order, shares
from tracking.public.charts.fills import filled
from tracking.public.charts.shapes import (
    LETTERS,
    WIDTH,
    Box,
    Drawing,
    Shape,
    Text,
    inset,
    joined,
    rectangle,
)

ACROSS, BETWEEN, BETWEEN_YEARS, MARGIN = 30, 6, 14, 7
YEAR: Final = 2 * (ACROSS + BETWEEN) - BETWEEN + BETWEEN_YEARS
TALLEST: Final = 110
FOOT: Final = LETTERS + 3 + TALLEST
"""Where columns end, with words of the usual size."""
GAP, LEAST = 1.0, 4.0
INKED_LETTERS: Final = 18
"""So that they are legible on paper, where a chart is as wide as a third of a page."""


@dataclass(frozen=True)
class Column:
    """The counts of one semester; none where nobody was asked, or nothing is known.

    ADDRESS shows that semester, "" where no page does; ``is_current`` where this is that page.
    """

    semester: Semester
    segments: Sequence[Segment] = ()
    address: str = ""
    is_current: bool = False

    @property
    def half(self) -> str:
        """As it is written below its year."""
        return "I" * self.semester.half

    @property
    def counted(self) -> list[Segment]:
        return [each for each in in_order(self.segments) if each.count]

    @property
    def total(self) -> int:
        return sum(each.count for each in self.segments)

    def count(self, key: str) -> int:
        """How many stood in the state KEY."""
        return sum(each.count for each in self.segments if each.key == key)


def columns(semesters: Sequence[Column], *, letters: int = LETTERS) -> Drawing:
    """SEMESTERS, of whole years, side by side; each with its total above and its name below.

    LETTERS is how large its words are, in units of the drawing.
    """
    most = max((each.total for each in semesters), default=0)
    foot = FOOT + letters - LETTERS
    placed = [(each, _left(index)) for index, each in enumerate(semesters)]
    shapes = joined(piece for each, left in placed for piece in _column(each, left, foot, most))
    texts = [text for each, left in placed for text in _texts(each, left, foot, most, letters)]
    width = max(WIDTH, _left(len(semesters) - 1) + ACROSS + MARGIN)
    return Drawing(width, foot + 2 * letters + 12, shapes, texts, letters)


@cache
def swatch(key: str) -> Drawing:
    """How the state KEY is filled in a column, for what explains it."""
    return Drawing(SWATCH, SWATCH, joined(filled(key, Box(0, 0, SWATCH, SWATCH), sideways=True)))


def _left(index: int) -> int:
    """Where the column number INDEX begins; two make a year."""
    return MARGIN + index // 2 * YEAR + index % 2 * (ACROSS + BETWEEN)


def _column(column: Column, left: int, foot: float, most: int) -> Iterator[Shape]:
    if column.is_current:
        yield "chosen", rectangle(Box(left, foot + 3, ACROSS, 2))
    if not column.total:
        yield "outline dotted", rectangle(inset(Box(left, foot - TALLEST, ACROSS, TALLEST), 0.5))
        return
    counted = column.counted
    room = _height(column, most) - GAP * (len(counted) - 1)
    for segment, height in zip(counted, _heights(counted, room), strict=True):
        yield from filled(segment.key, Box(left, foot - height, ACROSS, height), sideways=True)
        foot -= height + GAP


def _height(column: Column, most: int) -> float:
    """On the scale of all columns; a small one keeps room for each of its states."""
    states = len(column.counted)
    return max(TALLEST * column.total / most, states * (LEAST + GAP) - GAP)


def _heights(segments: Sequence[Segment], room: float) -> list[float]:
    return shares([each.count for each in segments], room, LEAST)


def _texts(column: Column, left: int, foot: int, most: int, letters: int) -> Iterator[Text]:
    middle = str(left + ACROSS // 2)
    if column.total:
        above = foot - _height(column, most) - 4
        yield Text(middle, f"{above:.1f}", figure_text(Decimal(column.total)))
    yield Text(middle, str(foot + letters + 6), column.half)
    if column.semester.half == 1:
        between = left + ACROSS + BETWEEN // 2
        yield Text(str(between), str(foot + 2 * letters + 8), str(column.semester.year))
