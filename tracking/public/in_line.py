"""Of the pages that are made for one reader alone, how many at once: one behind the other.

What one reader combines of filters is kept for nobody, so that a program which follows each of
their links would have as many made at once as there are threads, and whoever reads something else
would share the processor with all of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import Final

AT_ONCE: Final = 1  # of each worker, which makes little more of two than of one
WAITING: Final = 7  # of its sixteen threads: half are left for whatever else is asked
PATIENCE: Final = 10.0  # seconds
LATER: Final = 10  # seconds that whoever is sent away is told to wait

line = BoundedSemaphore(AT_ONCE + WAITING)
places = BoundedSemaphore(AT_ONCE)


class LineTooLong(Exception):
    """Too many wait already, or it took too long."""


@contextmanager
def in_line() -> Iterator[None]:
    """Go on as soon as there is a place. LineTooLong at once where too many wait, and after
    PATIENCE for whoever waited in vain."""
    if not line.acquire(blocking=False):
        raise LineTooLong
    try:
        if not _find_place():
            raise LineTooLong
        try:
            yield
        finally:
            places.release()
    finally:
        line.release()


def _find_place() -> bool:
    return places.acquire(timeout=PATIENCE)
