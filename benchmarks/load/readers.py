"""Many readers: one after the other for an hour, or as many at once as the portal can bear."""

import statistics
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from typing import Final

from benchmarks.load.serving import Server, asked, seconds_of, workers_of
from benchmarks.load.telling import Answer, Found, tell_kinds, told
from benchmarks.measure import cost
from benchmarks.memory import megabytes
from benchmarks.yardstick import yardstick

SHARE: Final = 0.7  # of what they can
AT_ONCE: Final = 4  # who find out how much that is
MOST_WAITING: Final = 64
TRIAL: Final = 30  # seconds
STRETCH: Final = 180  # seconds, until another trial
TIMES: Final = 25  # that a yardstick is taken
MOST_MEMORY: Final = 180  # MB
MOST_TIMES: Final = 10  # the slowest hundredth beside the median
TOLD: Final = 12  # times that a crawl tells its memory


def crawl(server: Server, pages: Sequence[str], seconds: float, pace: float) -> bool:
    """Whether one worker stays below MOST_MEMORY, asked for other pages PACE times a second."""
    statuses: Counter[int] = Counter()
    [worker] = workers_of(server)
    begun = time.monotonic()
    times = 0  # that its memory was told
    for number, page in enumerate(cycle(pages)):
        passed = time.monotonic() - begun
        if passed * TOLD >= times * seconds:
            print(
                f"{passed:6.0f} s, {number} pages: {megabytes('VmRSS', worker):.0f} MB", flush=True
            )
            times += 1
        if passed > seconds:
            break
        time.sleep(max(0.0, number / pace - passed))
        statuses[asked(page)] += 1
    now, peak = (megabytes(name, worker) for name in ("VmRSS", "VmHWM"))
    print(f"{seconds:.0f} s, {dict(statuses)}: {now:.0f} MB, at its peak {peak:.0f} MB")
    return now <= MOST_MEMORY and set(statuses) == {200}


def mixed(server: Server, pages: Sequence[str], seconds: float) -> bool:
    """Whether at SHARE of what it can, the portal answers everything, and hardly any late.

    A machine that shares another with others is faster and slower by the minute: what the portal
    can is found out anew before each STRETCH. None of PAGES is asked for twice.
    """
    ahead = iter(pages)
    found: list[Answer] = []
    for _stretch in range(max(1, round(seconds / STRETCH))):
        pace = SHARE * _capacity(ahead)
        had = seconds_of(server)
        some = on_a_clock(list(islice(ahead, int(pace * STRETCH))), pace, STRETCH)
        cost_of_each = (seconds_of(server) - had) / len(some) * 1000
        told(some)
        print(f"  {cost_of_each:.0f} ms of the workers each, {_yardstick():.0f} a yardstick")
        found += some
    print("all of it, ", end="")
    cuts = told(found)
    tell_kinds(found)
    return {each.status for each in found} == {200} and cuts[98] <= MOST_TIMES * cuts[49]


def on_a_clock(pages: Sequence[str], pace: float, seconds: float) -> Found:
    """Ask for PAGES in turn, PACE a second, whether the portal keeps up or not.

    Waiting for a free reader counts: whoever comes does not know that others wait.
    """
    begun = time.monotonic()

    def at_its_time(number: int) -> Answer:
        due = begun + number / pace
        time.sleep(max(0.0, due - time.monotonic()))
        page = pages[number % len(pages)]
        try:
            status = asked(page)
        except OSError:
            status = 0
        return Answer(page, status, (time.monotonic() - due) * 1000)

    with ThreadPoolExecutor(MOST_WAITING) as readers:
        found = list(readers.map(at_its_time, range(int(pace * seconds))))
    print(f"{pace:.1f} a second for {seconds:.0f} s", end=", ")
    return found


def _capacity(ahead: Iterator[str]) -> float:
    """How many of the pages AHEAD are answered in a second, if AT_ONCE readers do not pause."""
    until = time.monotonic() + TRIAL

    def many(_reader: int) -> int:
        for count, page in enumerate(ahead):
            if time.monotonic() > until:
                return count
            asked(page)
        raise RuntimeError("every page was asked before the time was over")

    with ThreadPoolExecutor(AT_ONCE) as readers:
        return sum(readers.map(many, range(AT_ONCE))) / TRIAL


def _yardstick() -> float:
    """What a yardstick has of a processor, in milliseconds: how fast the machine is just now."""
    return statistics.median(cost(yardstick) for _time in range(TIMES))
