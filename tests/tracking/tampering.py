"""What a superuser does in `psql` with the triggers off."""

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
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql.format(table=table), values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(FORGET)
