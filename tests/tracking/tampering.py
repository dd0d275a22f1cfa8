"""What a superuser does in `psql` with the triggers off."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from django.db import connection
from django.db.models import Model

FORGET: Final = (
    "DELETE FROM tracking_pendingleaf AS waiting"
    " WHERE NOT EXISTS (SELECT FROM tracking_ledgerentry WHERE id = waiting.entry_id)"
)


def tampered(model: type[Model], sql: str, *values: Any) -> None:
    """Run SQL, in which {table} is MODEL's, as if no trigger guarded it.

    Nothing is left waiting for an entry that it deletes.
    """
    with unguarded(model), connection.cursor() as cursor:
        cursor.execute(sql.format(table=model._meta.db_table), values)
    with connection.cursor() as cursor:
        cursor.execute(FORGET)


@contextmanager
def unguarded(*models: type[Model]) -> Iterator[None]:
    """The tables of MODELS without their triggers meanwhile."""
    _switch(models, "DISABLE")
    yield
    _switch(models, "ENABLE")


def _switch(models: tuple[type[Model], ...], how: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for model in models:
            cursor.execute(f"ALTER TABLE {model._meta.db_table} {how} TRIGGER USER")
