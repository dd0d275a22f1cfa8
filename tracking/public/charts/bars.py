"""The bar of a group: how many of its promises stand in each state, never a mean."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Final

from plans.figures import figure_text
from tracking.public.charts.fills import ORDER, filled
from tracking.public.charts.shapes import WIDTH, Box, Drawing, Shape, Text, inset, joined, rectangle

THICKNESS: Final = 22
GAP: Final = 2.0  # of paper, so that two tones never touch
LEAST: Final = 8.0
"""What a count of one keeps among hundreds: its texture and its figure can be seen."""
COUNTS_AT, WITH_COUNTS, DIGIT = 36, 40, 7.0
SWATCH: Final = 16


@dataclass(frozen=True)
class Segment:
    """How many promises stand in the state KEY, one of `fills.ORDER`, told in WORDS.

    ADDRESS shows those alone, "" where no page does; ``is_current`` where this is that page.
    """

    key: str
    words: str
    count: int
    address: str = ""
    is_current: bool = False


def in_order(segments: Sequence[Segment]) -> list[Segment]:
    """Those of SEGMENTS that there are, best first; and what was chosen, even if there is none."""
    there = (each for each in segments if each.count or each.is_current)
    return sorted(there, key=lambda each: ORDER.index(each.key))


def shares(counts: Sequence[int], length: float, least: float) -> list[float]:
    """LENGTH divided as COUNTS are, none less than LEAST; what that costs the others share.

    All the same where there is no room for so many. COUNTS are more than 0.
    """
    if length <= len(counts) * least:
        return [length / len(counts) for _count in counts]
    small: set[int] = set()
    while True:
        room = length - len(small) * least
        rest = sum(count for index, count in enumerate(counts) if index not in small)
        lengths = [
            least if index in small else room * count / rest for index, count in enumerate(counts)
        ]
        under = {index for index, each in enumerate(lengths) if each < least}
        if not under:
            return lengths
        small |= under


def bar(segments: Sequence[Segment], *, counted: bool = True) -> Drawing:
    """SEGMENTS side by side; an empty bar where there is nothing. COUNTED, with counts below."""
    there = [each for each in in_order(segments) if each.count]
    if not there:
        empty = inset(Box(0, 0, WIDTH, THICKNESS), 0.5)
        return Drawing(WIDTH, THICKNESS, [("outline", rectangle(empty))])
    boxes = _boxes(there)
    shapes = joined(_shapes(there, boxes))
    if not counted:
        return Drawing(WIDTH, THICKNESS, shapes)
    return Drawing(WIDTH, WITH_COUNTS, shapes, list(_counts(there, boxes)))


@cache
def swatch(key: str) -> Drawing:
    """How the state KEY is filled, for what explains it."""
    return Drawing(SWATCH, SWATCH, joined(filled(key, Box(0, 0, SWATCH, SWATCH))))


def _boxes(segments: Sequence[Segment]) -> list[Box]:
    room = WIDTH - GAP * (len(segments) - 1)
    boxes, x = [], 0.0
    for share in shares([each.count for each in segments], room, LEAST):
        boxes.append(Box(x, 0, share, THICKNESS))
        x += share + GAP
    return boxes


def _shapes(segments: Sequence[Segment], boxes: Sequence[Box]) -> Iterator[Shape]:
    for segment, box in zip(segments, boxes, strict=True):
        yield from filled(segment.key, box)
        if segment.is_current:
            yield "chosen", rectangle(Box(box.x, THICKNESS + 2, box.width, 2))


def _counts(segments: Sequence[Segment], boxes: Sequence[Box]) -> Iterator[Text]:
    """Each count below its part, where there is room for it: the list beside says them all."""
    for segment, box in zip(segments, boxes, strict=True):
        words = figure_text(Decimal(segment.count))
        if len(words) * DIGIT <= box.width:
            yield Text(f"{box.x + box.width / 2:.1f}", str(COUNTS_AT), words)
