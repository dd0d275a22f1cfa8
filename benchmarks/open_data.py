"""How fast a table of a million reports is streamed, beside what the database alone takes."""

import io
import re
import time
from pathlib import Path
from typing import Any, Final

from django.db import connection

from plans.models import Plan
from tracking.models import ProgressReport
from tracking.public.opendata.copying import copied, copy_statement
from tracking.public.tables.writing import BYTE_ORDER_MARK
from tracking.reading.published import reports

ROWS: Final = 1_000_000
LEAST_RATE: Final = 0.5  # of the database's own
MOST_GROWTH: Final = 20  # MB


def exceeded(plan: Plan) -> list[str]:
    """Print the figures; the names of the limits that they exceed."""
    _multiply(plan)
    rows, columns = reports.rows(), reports.TABLE.columns
    count = rows.count()
    _written(rows, columns)  # a first time, for the caches of both
    alone, size = _written(rows, columns)
    streamed, highest, before = 0, 0.0, _memory()
    started = time.perf_counter()
    for number, piece in enumerate(copied(rows, columns, "csv")):
        streamed += len(piece)
        if number % 100 == 0:
            highest = max(highest, _memory())
    taken = time.perf_counter() - started
    growth = highest - before
    rate = alone / taken
    print(
        f"\nCSV de {count:,} informes, {streamed / 1e6:,.0f} MB: COPY solo {alone:.1f} s, "
        f"servido {taken:.1f} s ({rate:.2f} × su ritmo, límite {LEAST_RATE}); "
        f"la memoria crece {growth:.0f} MB (límite {MOST_GROWTH})."
    )
    if streamed != size + len(BYTE_ORDER_MARK.encode()):
        raise RuntimeError("what was streamed is not what the database wrote")
    limits = {"ritmo del CSV": rate < LEAST_RATE, "memoria del CSV": growth > MOST_GROWTH}
    return [name for name, is_exceeded in limits.items() if is_exceeded]


class _Counted(io.RawIOBase):
    """Throws away what it is given; ``size`` says how much it was."""

    size = 0

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self.size += len(data)
        return len(data)


def _written(rows: Any, columns: Any) -> tuple[float, int]:
    """How long the database takes to write the same table to whoever throws it away."""
    sink = _Counted()
    with connection.cursor() as cursor:
        statement = copy_statement(cursor, rows, columns, "csv")
        started = time.perf_counter()
        cursor.cursor.copy_expert(statement, sink, 64 * 1024)
    return time.perf_counter() - started, sink.size


def _multiply(plan: Plan) -> None:
    """Each published report of PLAN in as many revisions as make a million rows."""
    table = ProgressReport._meta.db_table
    names = [
        field.column
        for field in ProgressReport._meta.concrete_fields
        if not field.primary_key and not field.generated
    ]
    written = {"revision": "number", "correction_reason": "'Se contó otra vez.'"}
    columns = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(written.get(name, f'"{name}"') for name in names)
    published = ProgressReport.objects.published().filter(plan=plan, revision=1)
    times = ROWS // published.count() + 1
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({columns}) SELECT {values} FROM {table},"  # noqa: S608
            f" generate_series(2, %s) AS number WHERE plan_id = %s AND revision = 1"
            " AND state = 'publicado'",
            [times, plan.pk],
        )
        cursor.execute("ANALYZE")


def _memory() -> float:
    """What this process holds now, in MB."""
    status = Path("/proc/self/status").read_text()
    (held,) = re.findall(r"VmRSS:\s+([0-9]+)", status)
    return int(held) / 1024
