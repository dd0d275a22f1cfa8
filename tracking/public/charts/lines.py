"""The course of one promise: a line through what was reported, semester by semester.

It breaks where nothing was reported, and no semester is bridged. A point is hollow where it came
without support, and has a corner cut off where it was corrected, as a cell of the strip; the goal
is a plain line, the baseline dotted, and what the declared schedule had foreseen dashed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.translation import gettext as _

from tracking.public.charts.axis import Axis, axis
from tracking.public.charts.points import RADIUS, Place, Point, dot, figure, notched, runs, through
from tracking.public.charts.shapes import WIDTH, Drawing, Shape, Text, joined, short

TOP, TALLEST, RIGHT = 14, 112, 6
FLOOR: Final = TOP + TALLEST
HALVES_AT, YEARS_AT, HEIGHT = FLOOR + 15, FLOOR + 28, FLOOR + 32
DIGIT, TICK = 7, 6
SAMPLE_WIDTH, SAMPLE_HEIGHT = 28, 12


@dataclass(frozen=True)
class Course:
    """The POINTS of a promise, the semesters of whole years, with its GOAL and its BASELINE.

    All in UNIT; None for what it does not have.
    """

    points: Sequence[Point]
    unit: str = ""
    goal: Decimal | None = None
    baseline: Decimal | None = None

    @property
    def last(self) -> Point | None:
        """The last that was reported; None before the first."""
        return next((each for each in reversed(self.points) if each.value is not None), None)

    @property
    def axis(self) -> Axis | None:
        """On which all of it can be shown; None where there is no figure at all."""
        values = [each.value for each in self.points]
        planned = [each.planned for each in self.points]
        figures = [self.goal, self.baseline, *values, *planned]
        known = [each for each in figures if each is not None]
        return axis(known) if known else None


def line(course: Course) -> Drawing | None:
    """The drawing of COURSE; None where there is no semester, or no figure at all."""
    shown = course.axis
    if shown is None or not course.points:
        return None
    ticks = [figure(each / shown.scale, course.unit) for each in shown.ticks]
    frame = _Frame(shown, max(map(len, ticks)) * DIGIT + 2 + TICK, len(course.points))
    shapes = [
        *_grid(frame),
        *_level("baseline", course.baseline, frame),
        *_level("goal", course.goal, frame),
        *_planned(course, frame),
        *_reported(course, frame),
    ]
    texts = [
        *_ticks(ticks, frame),
        *_semesters(course, frame),
        *_names(course, frame),
    ]
    return Drawing(WIDTH, HEIGHT, joined(shapes), texts)


def samples() -> dict[str, Drawing]:
    """How each thing that a line can show is drawn, for what explains it."""
    half = SAMPLE_HEIGHT / 2
    start, middle, end = Place(0, half), Place(SAMPLE_WIDTH / 2, half), Place(SAMPLE_WIDTH, half)
    trace = ("trace", _between(start, middle) + _between(middle, end))
    across = through([start, end])
    samples: dict[str, list[Shape]] = {
        "reported": [trace, ("dot", dot(middle))],
        "hollow": [trace, ("dot hollow", dot(middle))],
        "corrected": [trace, ("dot", notched(middle))],
        "planned": [("planned", across)],
        "goal": [("goal", across)],
        "baseline": [("baseline", across)],
    }
    return {key: Drawing(SAMPLE_WIDTH, SAMPLE_HEIGHT, shapes) for key, shapes in samples.items()}


@dataclass(frozen=True)
class _Frame:
    """Where things stand: an AXIS beside figures as wide as GUTTER, and COUNT semesters."""

    axis: Axis
    gutter: float
    count: int

    @property
    def slot(self) -> float:
        return (WIDTH - RIGHT - self.gutter) / self.count

    def x(self, index: int) -> float:
        return self.gutter + (index + 0.5) * self.slot

    def y(self, value: Decimal) -> float:
        return FLOOR - TALLEST * self.axis.share(value)

    def places(self, values: Sequence[Decimal | None]) -> list[Place | None]:
        return [
            None if value is None else Place(self.x(index), self.y(value))
            for index, value in enumerate(values)
        ]

    def across(self, value: Decimal) -> str:
        return through([Place(self.gutter, self.y(value)), Place(WIDTH, self.y(value))])


def _grid(frame: _Frame) -> Iterator[Shape]:
    for tick in frame.axis.ticks:
        yield ("grid" if tick else "ground"), frame.across(tick)


def _level(kind: str, value: Decimal | None, frame: _Frame) -> Iterator[Shape]:
    if value is not None:
        yield kind, frame.across(value)


def _planned(course: Course, frame: _Frame) -> Iterator[Shape]:
    """Dashed; what was planned for one semester alone is a dash of its own."""
    for run in runs(frame.places([each.planned for each in course.points])):
        ends = (
            run if len(run) > 1 else [Place(run[0].x - 8, run[0].y), Place(run[0].x + 8, run[0].y)]
        )
        yield "planned", through(ends)


def _reported(course: Course, frame: _Frame) -> Iterator[Shape]:
    places = frame.places([each.value for each in course.points])
    for run in runs(places):
        for one, other in pairwise(run):
            yield "trace", _between(one, other)
    for point, place in zip(course.points, places, strict=True):
        if place is not None:
            kind = "dot" if point.is_supported else "dot hollow"
            yield kind, notched(place) if point.is_corrected else dot(place)


def _between(one: Place, other: Place) -> str:
    """A line from edge to edge of two points, so that hollow points stay empty."""
    return through([one.towards(other, RADIUS), other.towards(one, RADIUS)])


def _ticks(ticks: Sequence[str], frame: _Frame) -> Iterator[Text]:
    for words, tick in zip(ticks, frame.axis.ticks, strict=True):
        yield Text(short(frame.gutter - TICK), short(frame.y(tick) + 4), words, "end")


def _semesters(course: Course, frame: _Frame) -> Iterator[Text]:
    for index, point in enumerate(course.points):
        x, semester = frame.x(index), point.semester
        yield Text(short(x), str(HALVES_AT), "I" * semester.half)
        if semester.half == 1:
            yield Text(short(x + frame.slot / 2), str(YEARS_AT), str(semester.year))


def _names(course: Course, frame: _Frame) -> Iterator[Text]:
    """Of the goal above it and of the baseline below it, at the end that the course leaves free."""
    left, right = (short(frame.gutter + 2), "start"), (short(WIDTH), "end")
    near, far = (left, right) if _ends_late(course) else (right, left)
    if course.goal is not None:
        yield Text(near[0], short(frame.y(course.goal) - 4), _("meta"), near[1])
    if course.baseline is not None:
        y = frame.y(course.baseline)
        yield Text(far[0], short(y + 11 if y + 12 < FLOOR else y - 4), _("línea de base"), far[1])


def _ends_late(course: Course) -> bool:
    later = course.points[len(course.points) // 2 :]
    return any(each.value is not None for each in later)
