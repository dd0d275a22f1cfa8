"""Stream a table straight from the database: PostgreSQL's own COPY writes it.

However long it is, nothing of it is kept: the server sends on what the database sends.
"""

import os
import threading
from collections.abc import Generator
from typing import Any, Final

from django.db import connections, transaction
from django.db.models import QuerySet
from psycopg2.sql import SQL, Composable, Composed, Identifier

from tracking.public.tables.writing import BYTE_ORDER_MARK
from tracking.reading.published.columns import Column, ColumnKind, Columns

CHUNK: Final = 64 * 1024
PATIENCE: Final = "1h"
"""How long a copy may last: as long as its reader's line is slow, and not as long as a page."""

FORMS: Final = {
    ColumnKind.FIGURE: "trim_scale({})::text",
    ColumnKind.INSTANT: """to_char({} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')""",
}
CSV_FORMS: Final = {
    ColumnKind.NESTED: "to_json({})::text",
    ColumnKind.FLAG: "{}::text",
    ColumnKind.TEXT: r"CASE WHEN {0} ~ '^[=+@\t\r\n-]' THEN '''' || {0} ELSE {0} END",
}
"""How the database writes a column of each kind; what is not here is written as it is."""

OPTIONS: Final = {
    "csv": "FORMAT csv, HEADER",
    # A row is one value, which no character of JSON can make PostgreSQL quote.
    "jsonl": r"FORMAT csv, QUOTE E'\x01', DELIMITER E'\x02'",
}
BEGINNING: Final = {"csv": BYTE_ORDER_MARK.encode(), "jsonl": b""}


def copied(rows: QuerySet[Any], columns: Columns, extension: str) -> Generator[bytes]:
    """ROWS with their COLUMNS as "csv" or "jsonl", in pieces of about 64 KB, from their database.

    In both, figures are decimal text without idle zeros, instants in UTC, and what is not known is
    null: in a CSV, empty. Whatever keeps it from being whole breaks off the answer, so that nobody
    takes a part for all.
    """
    connection = connections[rows.db]
    with transaction.atomic(using=rows.db), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = %s", [PATIENCE])
        statement = copy_statement(cursor, rows, columns, extension)
        beginning = BEGINNING[extension]
        reading, writing = os.pipe()
        copy = Copy(cursor, statement, writing)
        copy.start()
        with open(reading, "rb", buffering=0) as pipe:
            try:
                while piece := pipe.read(CHUNK):
                    yield beginning + piece
                    beginning = b""
            except GeneratorExit:
                connection.connection.cancel()  # whoever read it has gone
                raise
            finally:
                pipe.close()
                copy.join()
        if copy.error:
            with connection.wrap_database_errors:
                raise copy.error


class Copy(threading.Thread):
    """Lets the database write into a pipe, from which the answer is read meanwhile."""

    def __init__(self, cursor: Any, statement: Composed, writing: int) -> None:
        super().__init__(daemon=True)
        self.cursor, self.statement, self.writing = cursor, statement, writing
        self.error: Exception | None = None

    def run(self) -> None:
        try:
            with open(self.writing, "wb", buffering=CHUNK) as pipe:
                self.cursor.cursor.copy_expert(self.statement, pipe, CHUNK)
        except Exception as error:  # told to whoever reads, in their own thread
            self.error = error


def copy_statement(cursor: Any, rows: QuerySet[Any], columns: Columns, extension: str) -> Composed:
    """What PostgreSQL is asked to do, with its parameters written in: COPY takes none."""
    inner = {f"c_{column.name}": column.expression for column in columns}
    sql, parameters = rows.values(**inner).query.sql_with_params()
    written = SQL(cursor.mogrify(sql, parameters).decode())
    shown = SQL(", ").join(
        SQL("{} AS {}").format(_written(column, extension), Identifier(column.name))
        for column in columns
    )
    table = SQL("SELECT {} FROM ({}) AS read").format(shown, written)
    if extension == "jsonl":
        table = SQL("SELECT row_to_json(line) FROM ({}) AS line").format(table)
    return SQL("COPY ({}) TO STDOUT WITH ({})").format(table, SQL(OPTIONS[extension]))


def _written(column: Column, extension: str) -> Composable:
    """The COLUMN as a file says it: by its kind, and text never as a formula of a spreadsheet."""
    read = Identifier(f"c_{column.name}")
    form = FORMS.get(column.kind) or (CSV_FORMS.get(column.kind) if extension == "csv" else None)
    if form:
        return SQL(form).format(read)
    if column.empty_is_null:
        return SQL("NULLIF({}::text, '')").format(read)
    return read
