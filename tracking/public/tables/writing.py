"""Write a table as CSV that a spreadsheet opens as it is meant."""

import csv
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

Row = Mapping[str, Any]

BYTE_ORDER_MARK: Final = "\ufeff"
"""Without it spreadsheets take UTF-8 for something else, and accents are lost."""

STARTS_A_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")


class _Echo:
    """A file-like object whose `write` returns the line, for the csv module."""

    def write(self, line: str) -> str:
        return line


def csv_table(name: str, header: Sequence[str], rows: Iterable[Row]) -> StreamingHttpResponse:
    """A file called NAME with a column for each name in HEADER, streamed.

    Figures have a point, days are written 2021-06-30, and what is not known is empty.
    """
    response = StreamingHttpResponse(
        csv_lines(header, rows), content_type="text/csv; charset=utf-8"
    )
    disposition = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Disposition"] = disposition or "attachment"
    return response


def csv_lines(header: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    """The table of ROWS, line by line, from the mark by which spreadsheets know its encoding."""
    writer = csv.DictWriter(_Echo(), header, restval="")
    yield BYTE_ORDER_MARK + ",".join(header) + "\r\n"
    for row in rows:
        yield writer.writerow({name: cell(value) for name, value in row.items()})


def cell(value: Any) -> str:
    """VALUE as it stands in a table. What somebody typed is never taken for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, dt.datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    text = str(value)
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text
