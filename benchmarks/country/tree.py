"""The shape of a made-up plan: how many elements, and what hangs from what."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final

from plans.choices import ActivityKind, Dimension, Level

SMALLEST: Final = 20
LARGEST: Final = 400
MIDDLE: Final = 85  # half of all plans are smaller
SPREAD: Final = 0.66  # the deviation of their logarithms
LEAVES: Final = (5, 12)  # promises of an objective
PROGRAMMES: Final = 15  # of a hundred objectives, how many have a programme with a project below
GUIDELINES: Final = 2
DIMENSIONS: Final = {
    "S": (Dimension.SOCIAL, 40),
    "E": (Dimension.ECONOMIC, 25),
    "A": (Dimension.ENVIRONMENTAL, 15),
    "I": (Dimension.INSTITUTIONAL, 20),
}
"""By their letter, with what share of a plan is theirs."""
KINDS: Final = (ActivityKind.PROJECT, ActivityKind.ACTIVITY, ActivityKind.ACTION)


@dataclass(frozen=True)
class Node:
    """An element without its words. ``parent`` is the ref of what it hangs from, "" at the top."""

    ref: str
    parent: str
    level: Level
    dimension: str = ""
    kind: str = ""


def size_of(random: Random) -> int:
    """How many elements a plan has: a hundred on average, and most have fewer."""
    return min(LARGEST, max(SMALLEST, round(MIDDLE * random.lognormvariate(0, SPREAD))))


def tree(random: Random, size: int) -> Iterator[Node]:
    """SIZE elements in the order of a document."""
    for letter, objectives in _shared_out(random, size).items():
        dimension = DIMENSIONS[letter][0]
        yield Node(letter, "", Level.DIMENSION, dimension)
        for number, leaves in enumerate(objectives, 1):
            problem = f"{letter}.{number}"
            yield Node(problem, letter, Level.PROBLEM, dimension)
            yield Node(f"{problem}.1", problem, Level.OBJECTIVE, dimension)
            yield from _promises(random, f"{problem}.1", dimension, leaves)
    for number in range(1, GUIDELINES + 1):
        yield Node(f"L.{number}", "", Level.GUIDELINE)


def _shared_out(random: Random, size: int) -> dict[str, list[int]]:
    """By dimension, how many elements hang from each of its objectives."""
    shared: dict[str, list[int]] = {letter: [] for letter in DIMENSIONS}
    weights = [weight for _dimension, weight in DIMENSIONS.values()]
    left = size - len(DIMENSIONS) - GUIDELINES
    while left:
        letter = random.choices(list(DIMENSIONS), weights)[0]
        if left < 3:  # too few for a problem with its objective and a promise
            letter = next(each for each, objectives in shared.items() if objectives)
            shared[letter][-1] += left
            break
        leaves = min(random.randint(*LEAVES), left - 2)
        shared[letter].append(leaves)
        left -= leaves + 2
    return shared


def _promises(random: Random, objective: str, dimension: str, leaves: int) -> Iterator[Node]:
    has_programme = leaves > 2 and random.randrange(100) < PROGRAMMES
    for number in range(1, leaves + 1):
        if has_programme and number == 1:
            programme = f"{objective}.1"
            yield Node(programme, objective, Level.ACTIVITY, dimension, ActivityKind.PROGRAMME)
        elif has_programme and number == 2:
            kind = ActivityKind.PROJECT
            yield Node(f"{programme}.1", programme, Level.ACTIVITY, dimension, kind)
        elif number % 2:
            yield Node(f"{objective}.{number}", objective, Level.TARGET, dimension)
        else:
            kind = random.choice(KINDS)
            yield Node(f"{objective}.{number}", objective, Level.ACTIVITY, dimension, kind)
