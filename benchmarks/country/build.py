"""Build a made-up country: `python -m benchmarks.country.build [how many plans …]`.

Rows come by COPY from as many processes as there are processors; then the schema holds them to all
that it says, and the portal's own commands to what a ledger and a standing are, on a sample.
"""

import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from random import Random
from typing import Any, Final, TypeVar

from django.db import connection, transaction

from accounts.models import Municipality
from benchmarks.country import loading
from benchmarks.country.database import WHOLE, address_of, connected, for_many_rows, make, name_of
from benchmarks.country.editions import write_editions
from benchmarks.country.log import leaves_of, write_log
from benchmarks.country.places import (
    SEED,
    Order,
    orders,
    write,
    write_closed_totals,
    write_newest,
    write_standings,
)
from benchmarks.country.words import Words
from config.cluster import ROLES
from plans import verification
from plans.models import Plan, PlanElement
from tracking.ledger.verifying import faults_of
from tracking.measuring.standings import wrong_standings
from tracking.models import LedgerEntry, ProgressReport, Standing, Support

AT_ONCE: Final = 12
"""Municipalities whose rows a process has in memory."""
EDITIONS: Final = 20
SAMPLE: Final = 10  # municipalities that are verified, with one edition among them
Done = TypeVar("Done")
Work = Callable[[Sequence[Order]], Done]


def build(count: int) -> None:
    """Make a country with COUNT plans, and print how long each part took."""
    name = name_of(count)
    print(f"{name}: {count} planes", flush=True)
    started = time.perf_counter()

    def done(what: str) -> None:
        print(f"  {time.perf_counter() - started:6.0f} s  {what}", flush=True)

    make(name)
    with connected(name):
        for_many_rows()
        every = orders(count=count)
        again = loading.take_order_away()
        with loading.without_triggers():
            _side_by_side(partial(write, words=Words.of_real_plans()), every)
        done("filas escritas")
        _run(again)
        done("índices y reglas")
        write_newest()
        _run(["ANALYZE"])
        _side_by_side(write_standings, every)
        write_closed_totals()
        loading.follow_on()
        done("balances")
        _side_by_side(write_editions, every[:EDITIONS])
        done("rendiciones de cuentas")
        write_log(_side_by_side(leaves_of, every))
        done("registro del portal")
        _run(["VACUUM ANALYZE"])
        done(_counts())
        check(Random(SEED).sample(every, min(count, SAMPLE)))  # noqa: S311
        done("muestra verificada")
        for role in ROLES.values():
            print(f"  {address_of(name, role)}")


def check(some: Iterable[Order]) -> None:
    """Hold SOME to the portal's own checks. RuntimeError, with a sentence, for what they find."""
    for order in some:
        place = Municipality.objects.filter(pk=order.place.pk)
        faults = list(faults_of(place))
        plan = Plan.objects.get(municipality=order.place)
        if wrong := wrong_standings(plan):
            faults.append(f"{order.place}: {wrong} balances no son los que deben ser.")
        faults += verification.faults_of(plan)
        if faults:
            raise RuntimeError("\n".join(faults[:5]))


def _side_by_side(work: Work[Done], every: Sequence[Order]) -> list[Done]:
    """Do WORK on all of EVERY, some at a time, in as many processes as there are processors.

    Returns what came of each time, in the order of EVERY.
    """
    some = [every[first : first + AT_ONCE] for first in range(0, len(every), AT_ONCE)]
    connection.close()
    forked = multiprocessing.get_context("fork")
    with forked.Pool(os.cpu_count(), for_many_rows) as pool:
        done = list(pool.imap(partial(_at_once, work), some))
    for_many_rows()
    return done


def _at_once(work: Work[Done], some: Sequence[Order]) -> Done:
    with transaction.atomic():
        return work(some)


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _counts() -> str:
    kinds: dict[str, Any] = {
        "elementos": PlanElement.objects,
        "informes publicados": ProgressReport.objects.published(),
        "sustentos": Support.objects,
        "asientos": LedgerEntry.objects,
        "balances": Standing.objects,
    }
    return ", ".join(f"{rows.count():,} {what}" for what, rows in kinds.items())


if __name__ == "__main__":
    for each in [int(each) for each in sys.argv[1:]] or [WHOLE]:
        build(each)
