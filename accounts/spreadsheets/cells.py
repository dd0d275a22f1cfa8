"""What was read of a spreadsheet: sheets of rows of text, and the place of each cell in words."""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal

from django.utils.translation import gettext as _

Cell = tuple[int, int]
"""A row, from 1 as it is shown, and a column, from 0 as `Row.cells` counts them."""


class SpreadsheetRefused(Exception):
    """A file cannot be read as a spreadsheet; the one sentence says why, and where.

    ``reason`` is the sentence without the name of the file.
    """

    def __init__(self, reason: str, name: str = "") -> None:
        self.reason = reason
        super().__init__(f"«{name}»: {reason}" if name else reason)


@dataclass(frozen=True)
class Row:
    """A row that has something. ``number`` is the one that the spreadsheet shows."""

    number: int
    cells: tuple[str, ...]

    def at(self, column: int) -> str:
        """The text in COLUMN, from 0; "" past the end."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True)
class Sheet:
    """A sheet that is shown, its rows in order, without those that are empty.

    ``name`` is "" for a text file. ``merged`` leads from each cell that a merged one covers to
    that one. ``unread`` are the cells of which the file holds a formula and no value. ``hidden``
    are the numbers of the rows that the program does not show.
    """

    name: str
    rows: tuple[Row, ...]
    merged: Mapping[Cell, Cell] = field(default_factory=dict)
    unread: frozenset[Cell] = field(default_factory=frozenset)
    hidden: frozenset[int] = field(default_factory=frozenset)

    def place(self, row: int, column: int | None = None) -> str:
        """A row, or a cell of it, in words: "hoja «Social», fila 12, columna C"."""
        words = [_("hoja «%s»") % self.name] if self.name else []
        words.append(_("fila %s") % row)
        if column is not None:
            words.append(_("columna %s") % letters(column))
        return ", ".join(words)


@dataclass(frozen=True)
class Workbook:
    """A spreadsheet that was read. ``notes`` are sentences for whoever brought it."""

    format: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = ()


def letters(column: int) -> str:
    """The letters over COLUMN, from 0: A, Z, AA, XFD."""
    name = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def column_of(name: str) -> int:
    """The column, from 0, over which the letters NAME stand."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def covered(first: Cell, last: Cell) -> Iterator[tuple[Cell, Cell]]:
    """Each cell that the merged one from FIRST to LAST covers, and FIRST."""
    for row in range(first[0], last[0] + 1):
        for column in range(first[1], last[1] + 1):
            if (row, column) != first:
                yield (row, column), first


def shown(value: object, *, is_percent: bool = False) -> str:
    """VALUE of a cell as text: figures without idle zeros, days as 2027-01-31."""
    match value:
        case bool():
            return _("VERDADERO") if value else _("FALSO")
        case int() | float():
            return _figure(value, is_percent)
        case datetime():
            is_day = value.time() == time(0)
            return value.date().isoformat() if is_day else value.isoformat(" ", "seconds")
        case date() | time():
            return value.isoformat()
        case None:
            return ""
    return str(value)


def _figure(value: float, is_percent: bool) -> str:
    """Fifteen digits are what a spreadsheet knows of a figure: 0.1 + 0.2 is 0.3."""
    if not math.isfinite(value):
        return ""
    exact = Decimal(format(value, ".15g")) * (100 if is_percent else 1)
    text = f"{exact.normalize():f}"
    return f"{text} %" if is_percent else text
