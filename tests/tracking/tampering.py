"""What a superuser does in `psql` with the triggers off."""

from typing import Any

from django.db import connection
from django.db.models import Model


def tampered(model: type[Model], sql: str, *values: Any) -> None:
    """Run SQL, in which {table} is MODEL's, as if no trigger guarded it."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(sql.format(table=table), values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
