"""The course of a promise as small as a word, for lists: its line, its gaps and its last point."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from tracking.public.charts.lines import Course
from tracking.public.charts.points import Place, Point, dot, runs, through
from tracking.public.charts.shapes import Drawing, Shape, joined, short

ACROSS, HEIGHT, MARGIN = 64, 18, 3
SMALL, LAST = 1.2, 2.4


def spark(points: Sequence[Point]) -> Drawing | None:
    """The values of POINTS on a ground of zero, or of their own; None where there is none."""
    axis = Course([Point(each.semester, each.value) for each in points]).axis
    if axis is None:
        return None
    slot, room = ACROSS / len(points), HEIGHT - 2 * MARGIN

    def y(value: Decimal) -> float:
        return HEIGHT - MARGIN - room * axis.share(value)

    places = [
        None if each.value is None else Place((index + 0.5) * slot, y(each.value))
        for index, each in enumerate(points)
    ]
    ground = axis.ticks[0] if axis.is_cut else Decimal(0)
    shapes = [("ground", f"M0 {short(y(ground))}h{ACROSS}"), *_course(points, places)]
    return Drawing(ACROSS, HEIGHT, joined(shapes))


def _course(points: Sequence[Point], places: Sequence[Place | None]) -> Iterator[Shape]:
    last = max(index for index, place in enumerate(places) if place)
    for run in runs(places):
        *before, end = run
        if end == places[last] and before:
            yield "trace thin", through([*before, end.towards(before[-1], LAST)])
        elif before:
            yield "trace thin", through(run)
        elif end != places[last]:
            yield "dot", dot(end, SMALL)
    if place := places[last]:
        yield ("dot" if points[last].is_supported else "dot hollow"), dot(place, LAST)
