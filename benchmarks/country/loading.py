"""Make room for many rows at once, and hold them to everything that the schema says afterwards."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection

from benchmarks.country.numbers import WRITTEN

TABLES: Final = [model._meta.db_table for model in WRITTEN]
FOREIGN_KEYS: Final = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
FROM pg_constraint
WHERE contype = 'f' AND connamespace = 'public'::regnamespace
  AND (conrelid::regclass::text = ANY(%s) OR confrelid::regclass::text = ANY(%s))
ORDER BY conrelid::regclass::text, conname
"""
UNIQUE: Final = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              pg_get_constraintdef(oid))
FROM pg_constraint
WHERE contype = 'u' AND conrelid::regclass::text = ANY(%s)
ORDER BY conrelid::regclass::text, conname
"""
INDEXES: Final = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid)
FROM pg_index
WHERE indrelid::regclass::text = ANY(%s)
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
ORDER BY indrelid::regclass::text, indexrelid
"""
SMALL: Final = frozenset({"plans_plan", "plans_planelement", "plans_responsibility"})
"""Read while the rest is written, by their indexes."""
FOLLOWING: Final = """
SELECT setval(ids, greatest((SELECT max(id) FROM "{table}"), pg_sequence_last_value(ids)))
FROM CAST(pg_get_serial_sequence('"{table}"', 'id') AS regclass) AS ids
"""
PER_SESSION: Final = (
    "SET maintenance_work_mem = '512MB'",
    "SET synchronous_commit = off",
    "SET statement_timeout = 0",
    "SET lock_timeout = 0",
    "SET idle_in_transaction_session_timeout = 0",
)


@contextmanager
def without_triggers() -> Iterator[None]:
    """What rows are held to one by one, as they come, is left out: a ledger's link, a closing."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        for table in TABLES:
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')


def take_order_away() -> list[str]:
    """Drop foreign keys, and what would be kept in order row by row.

    Returns the statements that bring all of it back, and so hold every row to it: indexes first.
    """
    large = [table for table in TABLES if table not in SMALL]
    keys = _both(FOREIGN_KEYS, TABLES, TABLES)
    ordered = [*_both(UNIQUE, large), *_both(INDEXES, large)]
    with connection.cursor() as cursor:
        for drop, _add in (*keys, *ordered):
            cursor.execute(drop)
    return [add for _drop, add in (*ordered, *keys)]


def follow_on() -> None:
    """What is written from now on gets the ids that follow, and none that was given already.

    No transaction that is rolled back takes this back.
    """
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(FOLLOWING.format(table=table))


def _both(question: str, *tables: list[str]) -> list[tuple[str, str]]:
    """What takes each constraint or index of TABLES away, and what brings it back."""
    with connection.cursor() as cursor:
        cursor.execute(question, tables)
        rows: list[Any] = cursor.fetchall()
    return [(drop, add) for drop, add in rows]
