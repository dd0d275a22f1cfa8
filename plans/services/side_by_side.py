"""Do many pieces of work in several processes, and have what became of them in their order."""

import os
import signal
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import groupby, islice
from multiprocessing import get_context
from typing import Any, Final, TypeVar

from django.db import connection, connections

Piece = TypeVar("Piece")
Done = TypeVar("Done")

TOGETHER: Final = 20
AHEAD: Final = 4
"""Pieces of the same that one process takes at once; how many such groups wait for each process.

Memory stays flat, however many pieces there are.
"""


def side_by_side(
    work: Callable[[Piece], Done], pieces: Iterable[Piece], *, whose: Callable[[Piece], Hashable]
) -> Iterator[Done]:
    """What WORK makes of each of PIECES, in their order, by as many processes as processors.

    Pieces of the same, as WHOSE says, are done one after the other. Whoever has begun a transaction
    has all done here: other processes would not be in it.
    """
    count = len(os.sched_getaffinity(0))
    if count == 1 or connection.in_atomic_block:
        yield from map(work, pieces)
        return
    connections.close_all()  # a process that is begun would share them
    pool = ProcessPoolExecutor(count, get_context("fork"), _begin, (work,))
    waiting: deque[tuple[Hashable, Future[list[Done]]]] = deque()
    try:
        for of, group in groupby(pieces, whose):
            while together := [*islice(group, TOGETHER)]:
                while len(waiting) > AHEAD * count or of in [each for each, _future in waiting]:
                    yield from waiting.popleft()[1].result()
                waiting.append((of, pool.submit(_done, together)))
        while waiting:
            yield from waiting.popleft()[1].result()
    finally:  # whoever interrupts it gets what was begun done, and nothing more
        pool.shutdown(cancel_futures=True)


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    """What a process does is told once: it takes WORK, with what it knows, from its parent."""
    global _work  # noqa: PLW0603
    _work = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is its parent's


def _done(group: list[Any]) -> list[Any]:
    return [_work(piece) for piece in group]
