"""Many readers: one after the other for an hour, or as many at once as the portal can bear."""

import statistics
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Final

from benchmarks.load.serving import Server, asked, workers_of
from benchmarks.memory import megabytes

SHARE: Final = 0.7  # of what they can
AT_ONCE: Final = 4  # who find out how much that is
MOST_WAITING: Final = 64
TRIAL: Final = 30  # seconds
MOST_MEMORY: Final = 180  # MB
MOST_TIMES: Final = 10  # the slowest hundredth beside the median
TOLD: Final = 12  # times that a crawl tells its memory

Found = list[tuple[int, float]]
"""The status and the milliseconds of each answer; the status 0 where there was none."""


def crawl(server: Server, pages: Sequence[str], seconds: float, pace: float) -> bool:
    """Whether one worker stays below MOST_MEMORY, asked for other pages PACE times a second."""
    statuses: Counter[int] = Counter()
    [worker] = workers_of(server)
    begun = time.monotonic()
    told = 0
    for number, page in enumerate(cycle(pages)):
        passed = time.monotonic() - begun
        if passed * TOLD >= told * seconds:
            print(
                f"{passed:6.0f} s, {number} pages: {megabytes('VmRSS', worker):.0f} MB", flush=True
            )
            told += 1
        if passed > seconds:
            break
        time.sleep(max(0.0, number / pace - passed))
        statuses[asked(page)] += 1
    now, peak = (megabytes(name, worker) for name in ("VmRSS", "VmHWM"))
    print(f"{seconds:.0f} s, {dict(statuses)}: {now:.0f} MB, at its peak {peak:.0f} MB")
    return now <= MOST_MEMORY and set(statuses) == {200}


def mixed(pages: Sequence[str], seconds: float) -> bool:
    """Whether at SHARE of what it can, the portal answers everything, and hardly any late."""
    found = on_a_clock(pages, SHARE * _capacity(pages), seconds)
    cuts = told(found)
    return {status for status, _took in found} == {200} and cuts[98] <= MOST_TIMES * cuts[49]


def on_a_clock(pages: Sequence[str], pace: float, seconds: float) -> Found:
    """Ask for PAGES in turn, PACE a second, whether the portal keeps up or not.

    Waiting for a free reader counts: whoever comes does not know that others wait.
    """
    begun = time.monotonic()

    def at_its_time(number: int) -> tuple[int, float]:
        due = begun + number / pace
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            status = asked(pages[number % len(pages)])
        except OSError:
            status = 0
        return status, (time.monotonic() - due) * 1000

    with ThreadPoolExecutor(MOST_WAITING) as readers:
        found = list(readers.map(at_its_time, range(int(pace * seconds))))
    print(f"{pace:.1f} a second for {seconds:.0f} s", end=", ")
    return found


def told(found: Found) -> list[float]:
    """Print FOUND; the milliseconds below which each hundredth of it was."""
    statuses = Counter(status for status, _took in found)
    cuts = statistics.quantiles((took for _status, took in found), n=100)
    print(
        f"{dict(statuses)}: median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms",
        flush=True,
    )
    return cuts


def _capacity(pages: Sequence[str]) -> float:
    """How many of PAGES are answered in a second, if AT_ONCE readers ask without a pause."""
    until = time.monotonic() + TRIAL

    def many(first: int) -> int:
        for count, page in enumerate(pages[first::AT_ONCE]):
            if time.monotonic() > until:
                return count
            asked(page)
        raise RuntimeError("every page was asked before the time was over")

    with ThreadPoolExecutor(AT_ONCE) as readers:
        return sum(readers.map(many, range(AT_ONCE))) / TRIAL
