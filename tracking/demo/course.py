"""How far one promise gets in each semester, and what becomes of each of its reports."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from random import Random
from typing import Final

from plans.semester import Semester
from tracking.demo.chance import drawn


class Fate(Enum):
    """What becomes of the report of a semester."""

    PUBLISHED = auto()
    LATE = auto()
    AFTER_CLOSING = auto()
    RETURNED_ONCE = auto()
    CORRECTED = auto()
    MISSING = auto()
    # Only in the semester that is still being reported:
    IN_REVIEW = auto()
    RETURNED = auto()
    DRAFT = auto()


class Pace(Enum):
    """How a promise goes through its term."""

    STEADY = auto()
    SLOW = auto()
    LATE_START = auto()
    HALTED = auto()
    IDLE = auto()
    SILENT = auto()


PACES: Final = {
    Pace.STEADY: 40,
    Pace.SLOW: 25,
    Pace.LATE_START: 14,
    Pace.HALTED: 9,
    Pace.IDLE: 9,
    Pace.SILENT: 3,
}
ENDS: Final = {
    Pace.STEADY: (85, 105),
    Pace.SLOW: (35, 75),
    Pace.LATE_START: (50, 95),
    Pace.HALTED: (30, 60),
    Pace.IDLE: (5, 20),
    Pace.SILENT: (0, 0),
}
CLOSED: Final = {
    Fate.PUBLISHED: 62,
    Fate.LATE: 12,
    Fate.MISSING: 10,
    Fate.RETURNED_ONCE: 8,
    Fate.CORRECTED: 5,
    Fate.AFTER_CLOSING: 3,
}
OPEN: Final = {
    Fate.PUBLISHED: 20,
    Fate.LATE: 5,
    Fate.IN_REVIEW: 22,
    Fate.RETURNED: 12,
    Fate.DRAFT: 16,
    Fate.MISSING: 25,
}
REGRESS: Final = 20  # of a hundred courses, how many fall back once
SUPPORTS: Final = {0: 40, 1: 38, 2: 16, 3: 6}


@dataclass(frozen=True)
class Outcome:
    """What became of one semester of a course.

    ``points``: hundredths of what was promised, reached by its end.
    """

    semester: Semester
    fate: Fate
    points: int
    supports: int
    halted_since: Semester | None


def course_of(
    random: Random, semesters: Sequence[Semester], *, last_is_open: bool, may_fall: bool
) -> list[Outcome]:
    """An outcome for each of SEMESTERS; the last may still be being reported.

    What is delivered stays delivered; a figure that is observed MAY_FALL.
    """
    pace = drawn(random, PACES)
    reached = _reached(random, pace, len(semesters))
    reached = _with_a_fall(random, reached) if may_fall else list(accumulate(reached, max))
    halt = len(semesters) // 2 if pace == Pace.HALTED else len(semesters)
    outcomes = []
    for index, semester in enumerate(semesters):
        is_open = last_is_open and index == len(semesters) - 1
        fate = drawn(random, OPEN if is_open else CLOSED)
        outcomes.append(
            Outcome(
                semester=semester,
                fate=Fate.MISSING if pace == Pace.SILENT else fate,
                points=reached[index],
                supports=drawn(random, SUPPORTS) if reached[index] else 0,
                halted_since=semesters[halt] if index >= halt else None,
            )
        )
    return outcomes


def _reached(random: Random, pace: Pace, length: int) -> list[int]:
    """Hundredths reached by the end of each semester."""
    end = random.randint(*ENDS[pace])
    begin = {Pace.LATE_START: length // 2, Pace.IDLE: length - 1}.get(pace, random.randint(0, 1))
    plateau = length // 2 if pace == Pace.HALTED else length
    reached: list[int] = []
    for index in range(length):
        gone = min(index, plateau) - begin + 1
        points = end * gone // max(1, plateau - begin) if gone > 0 else 0
        wobble = random.randint(-3, 3) if 0 < points < end else 0
        reached.append(max(0, min(points + wobble, end)))
    return reached


def _with_a_fall(random: Random, reached: list[int]) -> list[int]:
    """REACHED; for some courses with one later fall that is not made up for."""
    if random.randrange(100) >= REGRESS or len(reached) < 3:
        return reached
    since, fall = random.randrange(2, len(reached)), random.randint(8, 20)
    fallen = [max(0, points - fall) for points in reached[since:]]
    return reached[:since] + fallen
