"""What many readers found, in lines: as a whole, minute by minute, and by kind of page."""

import statistics
import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import Final
from urllib.parse import urlsplit

from django.urls import resolve

from benchmarks.load.serving import Server, seconds_of

MINUTE: Final = 60

Found = list[tuple[int, float]]
"""The status and the milliseconds of each answer; the status 0 where there was none."""


def told(found: Found) -> list[float]:
    """Print FOUND; the milliseconds below which each hundredth of it was."""
    statuses = Counter(status for status, _took in found)
    cuts = statistics.quantiles((took for _status, took in found), n=100)
    print(f"{dict(statuses)}: {_said(took for _status, took in found)}", flush=True)
    return cuts


@contextmanager
def by_minute(server: Server) -> Iterator[list[float]]:
    """The seconds of a processor that its workers have had, now and after each minute."""
    over = threading.Event()
    had = [seconds_of(server)]

    def look() -> None:
        while not over.wait(MINUTE):
            had.append(seconds_of(server))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield had
    finally:
        over.set()
        thread.join()


def tell_minutes(found: Found, pace: float, had: Sequence[float]) -> None:
    """Print each minute of FOUND, PACE a second, and what a request had of a processor.

    Where readers wait and a request has no more of a processor than before, the portal waits for
    something; where it has more, the machine was slower than it had been.
    """
    many = round(MINUTE * pace)
    for minute, (before, now) in enumerate(pairwise(had)):
        some = [took for _status, took in found[minute * many : (minute + 1) * many]]
        if len(some) > 1:
            print(
                f"  minute {minute + 1:2}: {_said(some)}, "
                f"{(now - before) / len(some) * 1000:.0f} ms of the workers' processors each"
            )


def tell_kinds(found: Found, pages: Sequence[str]) -> None:
    """Print FOUND by the names of the addresses in PAGES, which were asked for in this order."""
    kinds = defaultdict(list)
    for (_status, took), page in zip(found, pages, strict=False):
        kinds[resolve(urlsplit(page).path).view_name].append(took)
    for kind, some in sorted(kinds.items()):
        if len(some) > 1:
            print(f"  {kind}: {len(some)}, {_said(some)}")


def _said(took: Iterable[float]) -> str:
    cuts = statistics.quantiles(took, n=100)
    return f"median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"
