"""A map as dots alone, each at its place: no outline, no tiles, nothing that a program draws later.

A dot is a stroke without length whose ends the style sheet rounds, so that all of one kind are one
path: eleven letters each. Its kind is told by its form, in grey too.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SIDE: Final = 1000
"""The longer side of a picture, in its own units."""
EDGE: Final = 40
"""Room for the dots that lie outermost."""
LEAST: Final = 0.3
"""Degrees: what a picture shows at least, so that two neighbours do not lie at its ends."""
DASH: Final = 24
LINE: Final = 26
LETTER: Final = 13.5
BESIDE: Final = 24
"""How high a line is, how wide a letter at most, and how far from its dot words begin."""
CROWD: Final = 100
"""Of so many dots, all are smaller; where they lead on, no label can keep clear of them."""
FORMS: Final = ("most", "half", "little", "unknown", "no-plan")
"""A disc, a square, a ring, a dash, and a speck; the first lie on top of the others."""
HOLLOW, DASHED, SPECK = "little", "unknown", "no-plan"
AGAIN: Final = {HOLLOW: "hole", DASHED: "reach"}
"""What is drawn once more along the same path: the paper within a ring, and around a dash, which is
thin, what a finger may hit."""

Point = tuple[Decimal, Decimal]
"""Latitude and longitude, in degrees."""


class Placed(NamedTuple):
    """A dot at a POINT, in one of FORMS; where it leads on, its ADDRESS and NAME."""

    point: Point
    form: str
    address: str = ""
    name: str = ""


class Label(NamedTuple):
    """WORDS beside a dot at a POINT, or around it where they are CENTRED on it."""

    point: Point
    words: str
    centred: bool = False


class Frame:
    """Where points of a part of the earth lie in a picture: degrees, evenly spread."""

    def __init__(self, points: Sequence[Point]) -> None:
        latitudes = [float(latitude) for latitude, _longitude in points]
        longitudes = [float(longitude) for _latitude, longitude in points]
        self._north, south = _spread(max(latitudes), min(latitudes))
        east, self._west = _spread(max(longitudes), min(longitudes))
        self._shrunk = math.cos(math.radians((self._north + south) / 2))
        high, wide = self._north - south, (east - self._west) * self._shrunk
        self._scale = (SIDE - 2 * EDGE) / max(high, wide)
        self.width = round(wide * self._scale) + 2 * EDGE
        self.height = round(high * self._scale) + 2 * EDGE

    def place(self, point: Point) -> tuple[int, int]:
        latitude, longitude = point
        x = (float(longitude) - self._west) * self._shrunk * self._scale
        y = (self._north - float(latitude)) * self._scale
        return round(x) + EDGE, round(y) + EDGE


def _spread(most: float, least: float) -> tuple[float, float]:
    lacking = max(LEAST - (most - least), 0) / 2
    return most + lacking, least - lacking


def dot_map(dots: Iterable[Placed], title: str, labels: Iterable[Label] = ()) -> SafeString | str:
    """DOTS as one picture, called TITLE; "" without any.

    Dots of one form that have the same address are one link, with the name of the first. Of LABELS
    those are written that have room beside the ones before them.
    """
    placed = list(dots)
    if not placed:
        return ""
    frame = Frame([each.point for each in placed])
    drawn = [(_group(form, placed, frame),) for form in reversed(FORMS)]
    is_crowded = sum(each.form != SPECK for each in placed) > CROWD
    return format_html(
        '<svg class="dots{}" viewBox="0 0 {} {}" role="group" aria-label="{}">{}'
        '<g aria-hidden="true">{}</g></svg>',
        " crowded" if is_crowded else "",
        *(frame.width, frame.height, title, format_html_join("", "{}", drawn)),
        format_html_join("", '<text x="{}" y="{}">{}</text>', _written(labels, placed, frame)),
    )


def _group(form: str, placed: Sequence[Placed], frame: Frame) -> SafeString | str:
    """All of one FORM, in links where they lead on."""
    groups: dict[str, list[Placed]] = defaultdict(list)
    for each in placed:
        if each.form == form:
            groups[each.address].append(each)
    if not groups:
        return ""
    drawn = ((_linked(form, groups[each], frame, n),) for n, each in enumerate(sorted(groups)))
    return format_html('<g class="dot-{}">{}</g>', form, format_html_join("", "{}", drawn))


def _linked(form: str, dots: Sequence[Placed], frame: Frame, number: int) -> SafeString:
    """One path for all of DOTS, and what is drawn again along it."""
    path = _path(form)
    d = "".join(path(*frame.place(each.point)) for each in dots)
    if form in AGAIN:
        name = f"{form}{number}"
        twice = '<path id="{}" d="{}"/><use class="{}" href="#{}"/>'
        drawn = format_html(twice, name, d, AGAIN[form], name)
    else:
        drawn = format_html('<path d="{}"/>', d)
    if not dots[0].address:
        return drawn
    link = '<a href="{}"><title>{}</title>{}</a>'
    return format_html(link, dots[0].address, dots[0].name, drawn)


def _written(
    labels: Iterable[Label], dots: Sequence[Placed], frame: Frame
) -> Iterator[tuple[int, int, str]]:
    """Where each of LABELS begins that has room, within the picture and beside what leads on."""
    leading = [frame.place(each.point) for each in dots if each.address]
    taken = [Room(x - BESIDE, x + BESIDE, y) for x, y in leading] if len(leading) < CROWD else []
    for label in labels:
        for room in _rooms(label, frame):
            if not any(room.meets(each) for each in taken):
                taken.append(room)
                yield room.left, room.middle + LINE // 3, label.words
                break


class Room(NamedTuple):
    """A line's height around MIDDLE, from LEFT to RIGHT."""

    left: int
    right: int
    middle: int

    def meets(self, other: "Room") -> bool:
        is_beside = self.left >= other.right or other.left >= self.right
        return not is_beside and abs(self.middle - other.middle) < LINE


def _rooms(label: Label, frame: Frame) -> Iterator[Room]:
    """Where LABEL may stand, the best first."""
    x, y = frame.place(label.point)
    wide = round(len(label.words) * LETTER)
    if label.centred:
        lefts, middles = [x - wide // 2], [y, y - LINE, y + LINE, y - 2 * LINE, y + 2 * LINE]
    else:
        lefts, middles = [x + BESIDE, x - BESIDE - wide], [y]
    for middle in middles:
        for left in lefts:
            within = max(min(left, frame.width - wide), 0)
            if label.centred or within == left:
                yield Room(within, within + wide, middle)


@cache
def swatch(form: str) -> SafeString:
    """How a dot of that FORM looks, for the legend."""
    path = _path(form)(20, 20)
    hole = format_html('<path class="hole" d="{}"/>', path) if form == HOLLOW else ""
    return format_html(
        '<svg class="dots swatch" viewBox="0 0 40 40" aria-hidden="true">'
        '<path class="dot-{}" d="{}"/>{}</svg>',
        *(form, path, hole),
    )


def _path(form: str) -> Callable[[int, int], str]:
    if form == DASHED:
        return lambda x, y: f"M{x - DASH // 2} {y}h{DASH}"
    return lambda x, y: f"M{x} {y}h0"
