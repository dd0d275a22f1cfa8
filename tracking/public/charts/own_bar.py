"""The bar of one measured promise: how much of its goal is reached, and how much of its term gone.

The outlined bar is the way to the goal. A regress lies before its beginning and what passes the
goal behind its end, each as far as it goes; only past the double an arrow says that there is more.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from tracking.public.charts.shapes import (
    WIDTH,
    Box,
    Drawing,
    Shape,
    Text,
    inset,
    joined,
    rectangle,
    short,
)

TOP, THICKNESS, HEIGHT = 15, 16, 44
LOWEST, HIGHEST = -100.0, 200.0
LEAST: Final = 1.5
"""Shown of what is more than nothing, and left out of what is less than the whole."""
ARROW, GAP, POINTER = 8.0, 2.0, 4.5
ROOM: Final = 2.0
"""Percent that the drawing has beyond a mark, at least, for what lies there."""
SAMPLE: Final = 12


@dataclass(frozen=True)
class _Scale:
    """From LOW to HIGH percent, across the drawing."""

    low: float
    high: float

    def x(self, percent: float) -> float:
        return 1 + (percent - self.low) / (self.high - self.low) * (WIDTH - 2)


def own_bar(percent: Decimal | None, elapsed: Decimal | None = None) -> Drawing:
    """PERCENT of the goal, None where nothing tells it; ELAPSED percent of the term, 0 to 100."""
    shown = float(percent or 0)
    low = min(max(shown, LOWEST), -ROOM) if shown < 0 else 0.0
    high = max(min(shown, HIGHEST), 100 + ROOM) if shown > 100 else 100.0
    scale = _Scale(low, high)
    zero, goal = scale.x(0), scale.x(100)
    shapes = [
        *_filled(shown, scale),
        ("outline", rectangle(inset(Box(zero, TOP, goal - zero, THICKNESS), 0.5))),
        ("goal", f"M{short(goal)} {TOP - 4}v{THICKNESS + 8}"),
    ]
    texts = [Text(short(goal), "8", _("meta"), "end" if goal > WIDTH - 20 else "")]
    if shown < 0:
        shapes.append(("goal", f"M{short(zero)} {TOP - 4}v{THICKNESS + 8}"))
        texts.append(Text(short(zero), "8", _("inicio"), "" if zero > 20 else "start"))
    if elapsed is not None:
        shapes.append(("chosen", pointer(scale.x(float(elapsed)), TOP + THICKNESS + 3)))
    return Drawing(WIDTH, HEIGHT, joined(shapes), texts)


def pointer(x: float, y: float) -> str:
    """What points up to X, from below Y; at the ends it is moved into the drawing."""
    x = min(max(x, POINTER), WIDTH - POINTER)
    return f"M{short(x)} {short(y)}l{POINTER} 8h-{2 * POINTER:g}z"


def sample() -> Drawing:
    """The mark of the term, for what explains it."""
    return Drawing(SAMPLE, SAMPLE, [("chosen", pointer(SAMPLE / 2, 2))])


def _filled(percent: float, scale: _Scale) -> Iterator[Shape]:
    zero, goal, end = scale.x(0), scale.x(100), scale.x(min(max(percent, scale.low), scale.high))
    if percent < 0:
        yield from _beyond("tone-4", zero - GAP, min(end, zero - GAP - LEAST), percent < LOWEST)
    elif 0 < percent < 100:
        end = min(max(end, zero + LEAST), goal - LEAST)
        yield "tone-2", _between(zero, end)
    elif percent >= 100:
        yield "tone-2", _between(zero, goal)
    if percent > 100:
        yield from _beyond("tone-2", goal + GAP, max(end, goal + GAP + LEAST), percent > HIGHEST)


def _beyond(tone: str, start: float, end: float, is_more: bool) -> Iterator[Shape]:
    """From START to END on the other side of a mark; an arrow where there is more than fits."""
    tip = (ARROW if end > start else -ARROW) if is_more else 0.0
    yield tone, _between(start, end - tip)
    if is_more:
        half = THICKNESS // 2
        yield tone, f"M{short(end - tip)} {TOP}l{short(tip)} {half} {short(-tip)} {half}z"


def _between(one: float, other: float) -> str:
    return rectangle(Box(min(one, other), TOP, abs(other - one), THICKNESS))
