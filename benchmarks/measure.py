"""Measure one case: the CPU time of this process, in which the server runs."""

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db import connection
from django.test.utils import CaptureQueriesContext

ROUNDS: Final = 25


def nothing() -> None:
    """What most cases need before a round."""


@dataclass(frozen=True)
class Case:
    """Something that costs time. ``run`` does it and returns how many bytes it made.

    ``before`` prepares each round and is not measured; ``limit`` is what ``run`` may cost, in
    milliseconds of CPU.
    """

    name: str
    run: Callable[[], int]
    before: Callable[[], None] = nothing
    limit: int | None = None
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Figures:
    """What a case cost: milliseconds of CPU, queries, and bytes made."""

    case: Case
    median: float
    minimum: float
    queries: int
    size: int

    @property
    def is_exceeded(self) -> bool:
        return self.case.limit is not None and self.median > self.case.limit


def measure(case: Case) -> Figures:
    case.before()
    with CaptureQueriesContext(connection) as asked:  # this round also loads the templates
        size = case.run()
    queries = len(asked)
    costs = [_cost(case) for _round in range(case.rounds)]
    return Figures(case, statistics.median(costs), min(costs), queries, size)


def _cost(case: Case) -> float:
    case.before()
    started = time.process_time()
    case.run()
    return (time.process_time() - started) * 1000
