"""Kill each part with -9 under load, one at a time, and tell what happened."""

import os
import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

import django

from bin.many import place
from bin.many.cluster import manage, started
from bin.many.load import Load, ask
from bin.many.told import Told, report, write
from bin.postgresql import Trouble

KILLED: Final = ("web-1", "worker-1", "redis", "replica", "pgbouncer", "primary", "s3")
DOWN: Final = 5.0  # seconds before it is started again
WATCHED: Final = 25.0  # seconds after the kill
WARM: Final = 10.0  # seconds of load before the first
SLUG: Final = "puno"
LINKED: Final = re.compile(rb'href="(/m/[a-z0-9-]+/[0-9-]+/[^"#?]*)"')


def try_all(written: Path | None) -> None:
    """Kill each, print the table, and put it into the document WRITTEN."""
    keeper = started(pause=DOWN)
    try:
        os.environ.update(place.environment())
        django.setup()
        from bin.many.officer import Officer  # noqa: PLC0415  # models need Django set up

        officer = Officer(SLUG)
        load = Load([*addresses(), *officer.files()], officer)
        load.start()
        try:
            time.sleep(WARM)
            told = [_watch("nobody", load, lambda _part: None)]
            for part in KILLED:
                print(f"  kill -9 {part} …", flush=True)
                told.append(_watch(part, load, keeper.kill))
                print(told[-1].row(), flush=True)
        finally:
            load.stop()
        lost = officer.lost()
        manage("verify_ledger")
        manage("rebuild_standings", "--check")
    finally:
        keeper.stop()
    counts = len(officer.published), len(officer.uploaded)
    text = report(told, *counts, down=DOWN, watched=WATCHED)
    print(text)
    if any(lost):
        raise Trouble(f"Se perdió lo que se había confirmado: {lost}.")
    if written:
        write(written, text)


def _watch(part: str, load: Load, kill: Callable[[str], None]) -> Told:
    began = time.time()
    kill(part)
    time.sleep(WATCHED)
    asked = [each for each in list(load.asked) if each.at >= began]
    return Told(part, asked, began, load.officer.lost())


def addresses() -> list[str]:
    """What is read: pages of each sort, the API, and whatever a plan's page leads to."""
    first = ["/", f"/m/{SLUG}/", "/buscar/?q=agua", "/api/v1/reports/", "/datos/"]
    plans = {each.decode() for each in LINKED.findall(ask("read", "GET", f"/m/{SLUG}/")[1])}
    pages = sorted(plans)[:4]
    for page in pages[:1]:
        deeper = LINKED.findall(ask("read", "GET", page)[1])
        pages += sorted({each.decode() for each in deeper})[:8]
    return first + pages
