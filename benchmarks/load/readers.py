"""Many readers: one after the other for an hour, or as many at once as the portal can bear."""

import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from typing import Final

from benchmarks.load.serving import Server, asked, workers_of
from benchmarks.load.telling import Found, by_minute, tell_kinds, tell_minutes, told
from benchmarks.memory import megabytes

SHARE: Final = 0.7  # of what they can
AT_ONCE: Final = 4  # who find out how much that is
MOST_WAITING: Final = 64
TRIAL: Final = 30  # seconds
MOST_MEMORY: Final = 180  # MB
MOST_TIMES: Final = 10  # the slowest hundredth beside the median
TOLD: Final = 12  # times that a crawl tells its memory


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


def mixed(server: Server, pages: Sequence[str], seconds: float) -> bool:
    """Whether at SHARE of what it can, the portal answers everything, and hardly any late.

    None of the pages on whose answers its pace is found out is asked for again. What it can is
    found out once more afterwards: a machine may have become another one meanwhile.
    """
    count = _capacity(pages)
    pages = pages[count:]
    pace = SHARE * count / TRIAL
    with by_minute(server) as had:
        found = on_a_clock(pages, pace, seconds)
    cuts = told(found)
    tell_minutes(found, pace, had)
    tell_kinds(found, pages)
    again = _capacity(pages[len(found) :])
    print(f"what it can: {count / TRIAL:.1f} a second before, {again / TRIAL:.1f} afterwards")
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


def _capacity(pages: Sequence[str]) -> int:
    """How many of PAGES are answered in TRIAL, if AT_ONCE readers ask without a pause."""
    until = time.monotonic() + TRIAL

    def many(first: int) -> int:
        for count, page in enumerate(pages[first::AT_ONCE]):
            if time.monotonic() > until:
                return count
            asked(page)
        raise RuntimeError("every page was asked before the time was over")

    with ThreadPoolExecutor(AT_ONCE) as readers:
        return sum(readers.map(many, range(AT_ONCE)))
