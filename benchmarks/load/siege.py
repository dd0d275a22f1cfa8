"""Who stops nobody: 200 who send half a request, and one who follows each filter of a search."""

import socket
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from typing import Final

from benchmarks.load.readers import on_a_clock
from benchmarks.load.serving import PORT, asked
from benchmarks.load.telling import told

HALF_OPEN: Final = 200
DRIPPING: Final = 2.0  # seconds from one byte to the next
CRAWLERS: Final = 4  # connections of the one who follows filters
PACE: Final = 5.0  # readers in a second
MOST_TIMES: Final = 3  # their slowest twentieth beside what it is alone
BEGINNING: Final = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: "


def siege(pages: Sequence[str], filters: Sequence[str], seconds: float) -> bool:
    """Whether others are answered at most MOST_TIMES as late as alone, a fourth of SECONDS each."""
    slowest = []
    for besieging in (False, True, True, False):
        print("besieged: " if besieging else "alone:    ", end="", flush=True)
        if besieging:
            with _half_open(), _crawling(filters) as counted:
                found = on_a_clock(pages, PACE, seconds / 4)
            print(f"{len(counted)} filtered pages beside", end=", ")
        else:
            found = on_a_clock(pages, PACE, seconds / 4)
        slowest.append((besieging, told(found)[94], {each.status for each in found}))
    alone, beside = (
        sum(p95 for was, p95, _statuses in slowest if was == besieging)
        for besieging in (False, True)
    )
    print(f"p95 of the others: {beside / alone:.1f} × alone")
    return beside <= MOST_TIMES * alone and all(each[2] == {200} for each in slowest)


@contextmanager
def _half_open() -> Iterator[None]:
    """HALF_OPEN connections, each of which begins a request and sends another byte now and then.

    Whoever was sent away comes back at once.
    """
    over = threading.Event()

    def drip() -> None:
        lines = [_begun() for _each in range(HALF_OPEN)]
        while not over.wait(DRIPPING):
            for at, line in enumerate(lines):
                try:
                    line.sendall(b"a")
                except OSError:
                    lines[at] = _begun()
        for line in lines:
            line.close()

    thread = threading.Thread(target=drip)
    thread.start()
    time.sleep(1)
    try:
        yield
    finally:
        over.set()
        thread.join()


def _begun() -> socket.socket:
    line = socket.create_connection(("127.0.0.1", PORT), timeout=60)
    line.sendall(BEGINNING)
    return line


@contextmanager
def _crawling(filters: Sequence[str]) -> Iterator[list[int]]:
    """One who follows FILTERS on CRAWLERS connections; the statuses, as they come."""
    over = threading.Event()
    statuses: list[int] = []

    def follow(first: int) -> None:
        for address in cycle(filters[first::CRAWLERS]):
            if over.is_set():
                return
            statuses.append(asked(address))

    threads = [threading.Thread(target=follow, args=[first]) for first in range(CRAWLERS)]
    for thread in threads:
        thread.start()
    try:
        yield statuses
    finally:
        over.set()
        for thread in threads:
            thread.join()
