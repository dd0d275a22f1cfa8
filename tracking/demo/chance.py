"""The random choices of the simulation, the same at each run."""

from random import Random
from typing import TypeVar

from plans.models import PlanElement

T = TypeVar("T")


def chance(purpose: str, element: PlanElement) -> Random:
    """A generator for one PURPOSE about ELEMENT: the same at each run, in each installation."""
    return Random(f"{purpose} {element.plan.municipality.inei} {element.ref}")  # noqa: S311


def drawn(random: Random, weights: dict[T, int]) -> T:
    """One of the keys of WEIGHTS, by its weight."""
    return random.choices(list(weights), list(weights.values()))[0]
