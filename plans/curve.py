"""What the terms of a promise foresee, as a curve: its timetable and its printed milestones."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from plans.models import MeasuringTerms
from plans.semester import Semester
from plans.term import Term

WIDTH, HEIGHT = 320, 96
LAST_STEP: Final = 4  # of the rubric of a delivery


@dataclass(frozen=True)
class Mark:
    """A milestone: where it stands, and its figure as it was stated."""

    x: int
    y: int
    semester: str
    figure: str


@dataclass(frozen=True)
class Curve:
    """In a box of WIDTH by HEIGHT, from nothing at its foot to the goal at its top.

    ``path`` runs through the timetable, "" where there is none; ``years`` stand at their middles.
    """

    path: str
    marks: list[Mark]
    years: list[tuple[int, int]]


def curve_of(terms: MeasuringTerms, term: Term) -> Curve | None:
    """The curve of TERMS over TERM; None where they foresee nothing that can be drawn."""
    semesters = Semester.all_of(term)
    step = WIDTH // len(semesters)
    places = {str(each): at * step + step // 2 for at, each in enumerate(semesters)}
    points = [
        (places[when], _height(share))
        for when, share in sorted(_shares(terms).items())
        if when in places
    ]
    marks = [
        Mark(places[when], _height(share), when, terms.milestones[when])
        for when, share in sorted(_milestones(terms).items())
        if when in places
    ]
    if not points and not marks:
        return None
    years = [(places[str(each)] + step // 2, each.year) for each in semesters if each.half == 1]
    return Curve(_path(points), marks, years)


def _shares(terms: MeasuringTerms) -> Mapping[str, Decimal]:
    """How much of the way the timetable foresees by each semester, from 0 to 1."""
    whole = LAST_STEP if terms.is_by_step else 100
    return {when: Decimal(figure) / whole for when, figure in terms.schedule.items()}


def _milestones(terms: MeasuringTerms) -> Mapping[str, Decimal]:
    """The same of each milestone; nothing where there is no way from a baseline to a goal."""
    start = terms.baseline or Decimal(0)
    if terms.goal is None or terms.goal == start:
        return {}
    way = terms.goal - start
    return {when: (Decimal(figure) - start) / way for when, figure in terms.milestones.items()}


def _height(share: Decimal) -> int:
    within = min(max(share, Decimal(0)), Decimal(1))
    return HEIGHT - round(within * HEIGHT)


def _path(points: list[tuple[int, int]]) -> str:
    return " ".join(f"{'L' if at else 'M'}{x} {y}" for at, (x, y) in enumerate(points))
