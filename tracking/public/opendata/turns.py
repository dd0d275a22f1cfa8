"""How many take a file home at once, however slow their line.

Each holds a thread of a worker, of which some stay free for pages; and a connection to the
database, which all hosts share.
"""

import threading
import time
import uuid
from collections.abc import Generator, Iterator
from itertools import chain
from typing import Final

from django.core.cache import caches

AT_ONCE: Final = 2  # of each worker, which has sixteen threads
EVERYWHERE: Final = 8  # of all hosts that share a cache
LEASE: Final = 120  # seconds after which the place of a host that died is free
RENEWED: Final = 30  # seconds
WAIT: Final = 30  # seconds that whoever finds no place is told to wait

places = threading.BoundedSemaphore(AT_ONCE)


class NoPlace(Exception):
    """All places for downloads are taken."""


class SharedPlace:
    """One of those of all hosts: NoPlace where there is none."""

    def __init__(self) -> None:
        self.whose = uuid.uuid4().hex
        keys = (f"download:{number}" for number in range(EVERYWHERE))
        found = next((key for key in keys if caches["readers"].add(key, self.whose, LEASE)), None)
        if found is None:
            raise NoPlace
        self.key, self.renew_at = found, time.monotonic() + RENEWED

    def keep(self) -> None:
        """Called with each piece that leaves: from time to time says that it is still needed."""
        if time.monotonic() >= self.renew_at and self._is_ours():
            caches["readers"].touch(self.key, LEASE)
            self.renew_at = time.monotonic() + RENEWED

    def leave(self) -> None:
        if self._is_ours():
            caches["readers"].delete(self.key)

    def _is_ours(self) -> bool:
        """It may be another's, where a line stood still for longer than LEASE."""
        return bool(caches["readers"].get(self.key) == self.whose)


class Turn:
    """PIECES, with a place that is held until they are closed, whether or not they were read.

    Raises NoPlace where there is none, and what kept the first piece from being had: as long as
    nothing was sent there can be a page instead.
    """

    def __init__(self, pieces: Generator[bytes]) -> None:
        if not places.acquire(blocking=False):
            raise NoPlace
        self.pieces, self.is_held = pieces, True
        self.shared: SharedPlace | None = None
        try:
            self.shared = SharedPlace()
            self.first = next(pieces, b"")
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Iterator[bytes]:
        for piece in chain([self.first], self.pieces):
            if self.shared:
                self.shared.keep()
            yield piece

    def close(self) -> None:
        """Called by Django once the answer has left, or whoever asked for it has."""
        self.pieces.close()
        if self.is_held:
            self.is_held = False
            places.release()
            if self.shared:
                self.shared.leave()
