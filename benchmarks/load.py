"""Serve a made-up country and ask it as many readers do.

`python -m benchmarks.load crawl|mixed [seconds [plans]]`, once the country is built.

`crawl` asks one worker for other pages as fast as it answers them, and tells the memory it came to
hold. `mixed` finds out how many a second two workers answer, then asks for 70 % of that on a fixed
clock, whether they keep up or not. Readers run on the same processors as the portal.
"""

import http.client
import os
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Final

from django.utils.encoding import iri_to_uri

from accounts.models import Municipality
from benchmarks.country.database import WHOLE, address_of, connected, name_of
from benchmarks.country.measuring import SEARCHED
from benchmarks.country.places import SEED
from benchmarks.memory import megabytes
from config.cluster import ROLES
from plans.models import PlanElement

PORT: Final = int(os.environ.get("PORT", "8000"))
SECONDS: Final = {"crawl": 300, "mixed": 900}
ADDRESSES: Final = 20_000
SHARE: Final = 0.7  # of what they can
AT_ONCE: Final = 4  # who find out how much that is
MOST_WAITING: Final = 64
TRIAL: Final = 30  # seconds
MOST_MEMORY: Final = 180  # MB
MOST_TIMES: Final = 10  # the slowest hundredth beside the median
PATIENCE: Final = 60


def addresses() -> list[str]:
    """What readers ask for: mostly plans and what they promise, some lists and searches."""
    random = Random(SEED)  # noqa: S311
    places = list(Municipality.objects.filter(plans__version__gte=1).values_list("slug", flat=True))
    known = PlanElement.objects.order_by("pk").values_list("plan__municipality__slug", "ref")
    elements = list(known[:: max(1, known.count() // ADDRESSES)])

    def drawn() -> str:
        kind, (place, ref) = random.random(), random.choice(elements)
        if kind < 0.45:
            return f"/m/{place}/2019-2022/{ref}/"
        if kind < 0.70:
            return f"/m/{random.choice(places)}/2019-2022/"
        if kind < 0.80:
            return f"/m/{random.choice(places)}/"
        if kind < 0.90:
            return f"/buscar/?q={random.choice(SEARCHED)}+{random.choice(SEARCHED)}"
        return f"/api/v1/elements/?municipality={place}" if kind < 0.97 else "/"

    return [str(iri_to_uri(drawn())) for _number in range(ADDRESSES)]


@contextmanager
def served(database: str, *, workers: int) -> Iterator[subprocess.Popen[bytes]]:
    """The portal over DATABASE, at PORT; it is stopped in the end."""
    environment = os.environ | {
        "DATABASE_URL": address_of(database, ROLES["app"]),
        "DATABASE_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PORT": str(PORT),
    }
    collecting = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collecting, env=environment, check=True)  # noqa: S603
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.server"]
    command += ["--workers", str(workers), "config.wsgi"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _await(server)
        yield server
    finally:
        server.terminate()
        server.wait()


def _await(server: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if asked("/healthz") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the portal does not answer")


def asked(address: str) -> int:
    """The status of ADDRESS, read to its end."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def crawl(server: "subprocess.Popen[bytes]", pages: Sequence[str], seconds: float) -> bool:
    """Whether one worker stays below MOST_MEMORY."""
    statuses: Counter[int] = Counter()
    until = time.monotonic() + seconds
    for page in cycle(pages):
        statuses[asked(page)] += 1
        if time.monotonic() > until:
            break
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    [worker] = (int(pid) for pid in children.split())
    now, peak = (megabytes(name, worker) for name in ("VmRSS", "VmHWM"))
    print(f"{seconds:.0f} s, {dict(statuses)}: {now:.0f} MB, at its peak {peak:.0f} MB")
    return now <= MOST_MEMORY and set(statuses) == {200}


def mixed(pages: Sequence[str], seconds: float) -> bool:
    """Whether at SHARE of what it can, the portal answers everything, and hardly any late."""
    pace = SHARE * _capacity(pages)
    begun = time.monotonic()

    def at_its_time(number: int) -> tuple[int, float]:
        """Waiting for a free reader counts: whoever comes does not know that others wait."""
        due = begun + number / pace
        time.sleep(max(0.0, due - time.monotonic()))
        try:
            status = asked(pages[number % len(pages)])
        except OSError:
            status = 0
        return status, time.monotonic() - due

    with ThreadPoolExecutor(MOST_WAITING) as readers:
        found = list(readers.map(at_its_time, range(int(pace * seconds))))
    statuses = Counter(status for status, _took in found)
    cuts = statistics.quantiles((took * 1000 for _status, took in found), n=100)
    print(
        f"{pace:.1f} a second for {seconds:.0f} s, {dict(statuses)}: "
        f"median {cuts[49]:.0f} ms, p95 {cuts[94]:.0f} ms, p99 {cuts[98]:.0f} ms"
    )
    return set(statuses) == {200} and cuts[98] <= MOST_TIMES * cuts[49]


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


def main(what: str, seconds: float, plans: int) -> int:
    """Exit status 1 where it is above a limit."""
    name = name_of(plans)
    with connected(name):
        pages = addresses()
        with served(name, workers=1 if what == "crawl" else 2) as server:
            is_good = crawl(server, pages, seconds) if what == "crawl" else mixed(pages, seconds)
    return 0 if is_good else 1


if __name__ == "__main__":
    chosen, *given = sys.argv[1:]
    asked_for = [float(each) for each in given] or [SECONDS[chosen]]
    sys.exit(main(chosen, asked_for[0], int(asked_for[1]) if len(asked_for) > 1 else WHOLE))
