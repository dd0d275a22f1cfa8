"""Where each municipality lies, and what is known of its plan: what a map of dots shows."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Final, NamedTuple

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.querysets import folded
from tracking.public.figures.compared_choice import FIGURES, Figure
from tracking.public.figures.comparing import Comparison, Place

SHOWN: Final = ("cobertura", "puntualidad")
"""By which of `FIGURES` dots are told apart: the first unless another is chosen."""


class Kind(models.TextChoices):
    """What is known of a dot's plan: in which part of a hundred its share lies. The limits are the
    portal's own."""

    MOST = "alta", _("80 % o más")
    HALF = "media", _("de 50 a 79 %")
    LITTLE = "baja", _("menos de 50 %")
    UNKNOWN = "sin-cifra", _("con plan, sin cifra que comparar")
    NO_PLAN = "sin-plan", _("sin plan aquí")

    @property
    def form(self) -> str:
        """How it is drawn: one of `tracking.public.charts.dot_map.FORMS`."""
        return self.name.lower().replace("_", "-")


class Dot(NamedTuple):
    """A PLACE of its KIND; its SHARE in percent, None where there is none to compare."""

    place: Place
    kind: Kind
    share: Decimal | None

    @property
    def municipality(self) -> Municipality:
        return self.place.municipality

    @property
    def point(self) -> tuple[Decimal, Decimal] | None:
        """Its latitude and longitude, in degrees; None where nobody knows where it lies."""
        latitude, longitude = self.municipality.latitude, self.municipality.longitude
        return None if latitude is None or longitude is None else (latitude, longitude)


class DotsOfRegion(NamedTuple):
    """The DOTS of the region of that NAME."""

    name: str
    dots: Sequence[Dot]

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.dots[0].municipality.region_slug

    @property
    def with_plan(self) -> int:
        return sum(each.kind != Kind.NO_PLAN for each in self.dots)


@dataclass(frozen=True)
class DotMap:
    """The DOTS of all municipalities of somewhere, by one share of the figures compared there."""

    comparison: Comparison
    by: str

    @property
    def figure(self) -> Figure:
        return FIGURES[self.by]

    @property
    def choices(self) -> list[tuple[str, str | Promise, bool]]:
        """By what dots can be told apart: its name, in words, and whether they are."""
        return [(each, FIGURES[each].label, each == self.by) for each in SHOWN]

    @property
    def legend(self) -> list[tuple[str, str | Promise, int]]:
        """Each form that there is, in words, and how many have it."""
        return [(kind.form, kind.label, n) for kind, n in self.counts.items() if n]

    @cached_property
    def dots(self) -> list[Dot]:
        return [_dot(each, self.figure) for each in self.comparison.places]

    @cached_property
    def with_plan(self) -> list[Dot]:
        return [each for each in self.dots if each.kind != Kind.NO_PLAN]

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How many there are of each kind."""
        found = Counter(each.kind for each in self.dots)
        return {kind: found[kind] for kind in Kind}

    @property
    def unplaced(self) -> list[Dot]:
        """Of which nobody knows where they lie: the picture lacks them."""
        return [each for each in self.dots if each.point is None]

    @property
    def unplaced_with_plan(self) -> list[Dot]:
        return [each for each in self.unplaced if each.place.plan]

    def by_region(self) -> list[DotsOfRegion]:
        """The regions, in the order of a dictionary."""
        ordered = sorted(self.dots, key=lambda each: folded(each.municipality.region))
        groups = groupby(ordered, key=lambda each: each.municipality.region)
        return [DotsOfRegion(name, list(dots)) for name, dots in groups]


def _dot(place: Place, figure: Figure) -> Dot:
    if place.counts is None or not place.is_compared:
        return Dot(place, Kind.UNKNOWN if place.plan else Kind.NO_PLAN, None)
    share = figure.share_of(place.counts.figures)
    if share is None:
        return Dot(place, Kind.UNKNOWN, None)
    if share >= 80:
        return Dot(place, Kind.MOST, share)
    return Dot(place, Kind.HALF if share >= 50 else Kind.LITTLE, share)
