"""The points of a course: what is known of a promise at the end of each semester."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from math import hypot
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from plans.choices import PERCENT
from plans.figures import figure_text
from plans.semester import Semester
from tracking.public.charts.shapes import short

RADIUS: Final = 3.2


@dataclass(frozen=True)
class Point:
    """One semester of a promise, in its unit.

    VALUE as it was reported, None where it was not; PLANNED as its schedule declared it, None where
    it has none.
    """

    semester: Semester
    value: Decimal | None = None
    planned: Decimal | None = None
    is_supported: bool = True
    is_corrected: bool = False


class Place(NamedTuple):
    """Where a point stands on the drawing."""

    x: float
    y: float

    def towards(self, other: "Place", length: float) -> "Place":
        """The place at LENGTH from here, on the way to OTHER."""
        share = length / hypot(other.x - self.x, other.y - self.y)
        return Place(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


def figure(value: Decimal, unit: str) -> str:
    """VALUE as it is read; of the units only percent stands beside each figure."""
    return _("%s %%") % figure_text(value) if unit == PERCENT else figure_text(value)


def runs(places: Sequence[Place | None]) -> Iterator[list[Place]]:
    """The places that follow one another without a gap."""
    for is_gap, run in groupby(places, key=lambda place: place is None):
        if not is_gap:
            yield [place for place in run if place is not None]


def through(places: Sequence[Place]) -> str:
    """A line through PLACES."""
    return "M" + "L".join(f"{short(place.x)} {short(place.y)}" for place in places)


def dot(place: Place, radius: float = RADIUS) -> str:
    """A point."""
    across = f"a{radius:g} {radius:g} 0 1 0 "
    turn = short(2 * radius)
    return f"M{short(place.x - radius)} {short(place.y)}{across}{turn} 0{across}-{turn} 0z"


def notched(place: Place) -> str:
    """A corrected point: a square with its corner cut off."""
    return f"M{short(place.x - 3.5)} {short(place.y - 3.5)}h4l3 3v4h-7z"
