"""How many public pages are made at once in a process: few, whatever its threads.

The threads of a process share one interpreter. Of many pages that are made at once each costs more
than of few, so that a dozen readers who happen to come together become forty, and stay for long.
Whoever asks for what is stored, or has it already, waits for nobody.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

FEW: Final = 3  # of each process: one computes, and the database answers others meanwhile
PATIENCE: Final = 1.0
"""Seconds. Where no place is free for so long the database stands still: each reader is to be told.
"""

places = BoundedSemaphore(FEW)


@contextmanager
def among_few() -> Iterator[None]:
    """Go on as soon as there is a place, and without one after PATIENCE."""
    has_place = _find_place()
    try:
        yield
    finally:
        if has_place:
            places.release()


def _find_place() -> bool:
    return places.acquire(timeout=PATIENCE)
