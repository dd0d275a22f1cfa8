"""Measure one case: the CPU time of this process, in which the server runs, and in yardsticks."""

import functools
import gc
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.yardstick import yardstick
from config.seen.counting import Queries

ROUNDS: Final = 25
OURS: Final = ("accounts.", "plans.", "tracking.", "config.")


@dataclass(frozen=True)
class Case:
    """Something that costs time. ``run`` does it and returns how many bytes it made.

    ``limit`` is what it may cost, in yardsticks. It is cold: nothing that it made before is stored,
    as for the first reader after a publication; ``is_cold`` is false of what is asked again.
    """

    name: str
    run: Callable[[], int]
    limit: float | None = None
    is_cold: bool = True
    rounds: int = ROUNDS


@dataclass(frozen=True)
class Figures:
    """What a case cost: yardsticks and milliseconds of CPU (medians), queries, and bytes made.

    ``waited``: milliseconds in which the database was asked, by the clock: the least of all rounds,
    because whatever else the machine does adds to it.
    """

    case: Case
    yardsticks: float
    milliseconds: float
    queries: int
    size: int
    waited: float

    @property
    def is_exceeded(self) -> bool:
        return self.case.limit is not None and self.yardsticks > self.case.limit


def measure(case: Case) -> Figures:
    case.run()  # loads the modules and the templates that it needs
    gc.freeze()  # of what is loaded a server collects nothing either (`config/wsgi.py`)
    remembering = _remembering() if case.is_cold else []
    _forget(remembering)
    with CaptureQueriesContext(connection) as asked:
        size = case.run()
    queries = len(asked)
    costs, waits, measured = [], [], [cost(yardstick)]
    for _round in range(case.rounds):
        _forget(remembering)
        with connection.execute_wrapper(asked_for := Queries()):
            costs.append(cost(case.run))
        waits.append(asked_for.seconds * 1000)
        measured.append(cost(yardstick))
    beside = zip(costs, measured, measured[1:], strict=False)
    return Figures(
        case,
        statistics.median(2 * each / (before + after) for each, before, after in beside),
        statistics.median(costs),
        queries,
        size,
        min(waits),
    )


def cost(run: Callable[[], object]) -> float:
    """Milliseconds of CPU."""
    started = time.process_time()
    run()
    return (time.process_time() - started) * 1000


def _remembering() -> list[Callable[[], None]]:
    """What empties the page store, and each of our functions' memory of what it answered.

    What Django's own remember, such as its addresses, no publication changes.
    """
    kind: Any = functools._lru_cache_wrapper
    known = [each for each in gc.get_objects() if type(each) is kind]
    ours = [each.cache_clear for each in known if each.__module__.startswith(OURS)]
    return [caches["pages"].clear, *ours]


def _forget(remembering: list[Callable[[], None]]) -> None:
    for clear in remembering:
        clear()
