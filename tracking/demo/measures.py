"""The figure that a report gives once part of what was promised is reached."""

from decimal import ROUND_HALF_UP, Decimal
from random import Random
from typing import Any, Final

from plans.choices import PERCENT, Direction, MeasureKind
from plans.models import MeasuringTerms
from tracking.choices import Step
from tracking.measuring.entry import Entry

STEP_FROM: Final = ((95, Step.WORKING), (65, Step.PARTLY), (25, Step.RUNNING), (1, Step.PREPARING))
"""Hundredths from which each step is reached."""
START_SHARE: Final = (30, 60)  # where a level that has no baseline begins, in % of its goal
REQUIRED: Final = (2, 12)
ASSUMED_BASELINE: Final = 40  # of a change whose baseline nobody has stated
TENTH: Final = Decimal("0.1")


def measure(
    random: Random, entry: Entry, terms: MeasuringTerms | None, points: int
) -> dict[str, Any]:
    """The columns of a report, entered as ENTRY, when POINTS hundredths are reached.

    RANDOM starts anew for each report of one element, so that its figures have one beginning.
    """
    values: dict[str, Any] = {}
    if entry == Entry.STEP:
        values["step"] = step_at(points)
    if entry == Entry.PARTS and terms:
        done = min(len(terms.parts), (points * len(terms.parts) + 50) // 100)
        values["parts_done"] = terms.parts[:done]
        values["step"] = _step_of_share(points, done, len(terms.parts))
    if entry == Entry.QUANTITY and terms and terms.goal is not None:
        values["value"] = Decimal(int(terms.goal * points / 100))
        values["step"] = _step_of_share(points, values["value"], terms.goal)
    if entry == Entry.VALUE and terms:
        values["value"] = _value(random, terms, points)
    if entry == Entry.COUNT:
        required = random.randint(*REQUIRED)
        values["required"] = required
        values["done"] = required * min(100, 40 + points * 3 // 5) // 100
    return values


def step_at(points: int) -> Step:
    return next((step for least, step in STEP_FROM if points >= least), Step.NONE)


def _step_of_share(points: int, done: Decimal | int, whole: Decimal | int) -> Step:
    """The step that does not contradict what was delivered."""
    if done >= whole:
        return Step.WORKING
    return Step.PARTLY if done else min(step_at(points), Step.RUNNING)


def _value(random: Random, terms: MeasuringTerms, points: int) -> Decimal:
    goal = terms.goal if terms.goal is not None else Decimal(100)
    if terms.kind == MeasureKind.CHANGE:
        value = _changed(terms, goal, points)
    else:
        start = terms.baseline
        if start is None:
            start = goal * random.randint(*START_SHARE) / 100
        value = start + (goal - start) * points / 100
    if terms.unit_of_measure == PERCENT and terms.kind == MeasureKind.LEVEL:
        value = min(value, Decimal(100))
    return max(value, Decimal(0)).quantize(TENTH, ROUND_HALF_UP)


def _changed(terms: MeasuringTerms, goal: Decimal, points: int) -> Decimal:
    baseline = Decimal(ASSUMED_BASELINE) if terms.baseline is None else terms.baseline
    distance = baseline * goal / 100 if terms.unit_of_measure == PERCENT else goal
    moved = distance * points / 100
    return baseline - moved if terms.direction == Direction.DOWN else baseline + moved
