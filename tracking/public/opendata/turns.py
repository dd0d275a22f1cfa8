"""How many take a file home at once: each holds a thread and a connection, however slow their line.

Of the threads of a worker some stay free for pages, whoever downloads.
"""

import threading
from collections.abc import Generator, Iterator
from itertools import chain
from typing import Final

AT_ONCE: Final = 2  # of each worker, which has eight threads
WAIT: Final = 30  # seconds that whoever finds no place is told to wait

places = threading.BoundedSemaphore(AT_ONCE)


class NoPlace(Exception):
    """All places for downloads are taken."""


class Turn:
    """PIECES, with a place that is held until they are closed, whether or not they were read.

    Raises NoPlace where there is none, and what kept the first piece from being had: as long as
    nothing was sent there can be a page instead.
    """

    def __init__(self, pieces: Generator[bytes]) -> None:
        if not places.acquire(blocking=False):
            raise NoPlace
        self.pieces, self.is_held = pieces, True
        try:
            self.first = next(pieces, b"")
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        return chain([self.first], self.pieces)

    def close(self) -> None:
        """Called by Django once the answer has left, or whoever asked for it has."""
        self.pieces.close()
        if self.is_held:
            self.is_held = False
            places.release()
