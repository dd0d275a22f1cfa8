"""Write an XLSX that people fill in and send back."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

import xlsxwriter
from django.utils.translation import gettext as _

from accounts.spreadsheets.cells import letters

Plain = str | int | Decimal | date | None

OPTIONS: Final = {
    "in_memory": True,
    # What people wrote is text, also where it begins as a formula or an address does.
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4: Final = 9
LINE_HEIGHT: Final = 15  # points
LEAST_LINES, MOST_LINES = 4, 20
MAX_NAME: Final = 31
NOT_IN_NAMES: Final = re.compile(r"[\[\]:*?/\\]")
MOST_DIGITS: Final = 15
INSTRUCTIONS_WIDTH: Final = 100


@dataclass(frozen=True)
class Locked:
    """What stands in a cell that is not to be filled in, though its column is."""

    value: Plain = None


Value = Plain | Locked


@dataclass(frozen=True)
class Column:
    """A column, ``width`` characters wide. ``choices`` are a drop-down, which takes nothing else.

    What is protected is read only; ``help`` is shown beside a cell that is being filled in.
    ``is_hidden``: it goes with the rows and is not shown.
    """

    heading: str
    width: int = 20
    choices: Sequence[str] = ()
    is_protected: bool = False
    help: str = ""
    is_hidden: bool = False


@dataclass(frozen=True)
class Form:
    """A sheet: its headings, the rows that are known, and how many more can be filled in.

    The first ``fixed`` columns stay in view.
    """

    name: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Value]] = ()
    spare_rows: int = 0
    fixed: int = 0


def workbook(forms: Iterable[Form], instructions: Sequence[str] = ()) -> bytes:
    """An XLSX with a sheet for each of FORMS and, where there are any, one of INSTRUCTIONS."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, OPTIONS) as book:
        writer = _Writer(book)
        for form in forms:
            writer.write(form)
        if instructions:
            writer.instruct(instructions)
        writer.list_choices()
    return buffer.getvalue()


def _set_height(
    sheet: Any, number: int, row: Sequence[Value], columns: Sequence[Column], least: int = 1
) -> None:
    """Room for what wraps in ROW, of LEAST lines: not every program finds it by itself.

    A row whose cells are of one line is left alone, and grows with what is typed.
    """
    lines = max(
        (
            sum(1 + len(line) // column.width for line in value.splitlines())
            for value, column in zip(row, columns, strict=True)
            if isinstance(value, str) and not column.is_hidden
        ),
        default=1,
    )
    if lines > 1:
        sheet.set_row(number, LINE_HEIGHT * min(max(lines, least), MOST_LINES))


def _print_wide(sheet: Any) -> None:
    """As wide as a sheet of A4 that lies, its headings on each page."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def sheet_name(name: str) -> str:
    """NAME as a sheet may be called: 31 characters, none that means something in a formula."""
    return " ".join(NOT_IN_NAMES.sub(" ", name).split())[:MAX_NAME].strip(" '")


class _Writer:
    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        look = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BBBBBB"}
        self._heading = book.add_format(look | {"bold": True, "bg_color": "#DDE6EE"})
        self._looks = {
            (is_protected, is_day): book.add_format(
                look
                | {"locked": is_protected}
                | ({"bg_color": "#F2F2F2"} if is_protected else {})
                | ({"num_format": "yyyy-mm-dd"} if is_day else {})
            )
            for is_protected in (False, True)
            for is_day in (False, True)
        }
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._choices: list[Sequence[str]] = []

    def write(self, form: Form) -> None:
        sheet = self._book.add_worksheet(sheet_name(form.name))
        sheet.freeze_panes(1, form.fixed)
        _print_wide(sheet)
        for at, column in enumerate(form.columns):
            sheet.set_column(at, at, column.width, None, {"hidden": column.is_hidden})
            sheet.write_string(0, at, column.heading, self._heading)
        rows = list(form.rows)
        _set_height(sheet, 0, [each.heading for each in form.columns], form.columns)
        for number, row in enumerate(rows, start=1):
            _set_height(sheet, number, row, form.columns, least=LEAST_LINES)
            for at, (column, value) in enumerate(zip(form.columns, row, strict=True)):
                self._write(sheet, (number, at), value, column.is_protected)
        last = len(rows) + form.spare_rows
        for number in range(len(rows) + 1, last + 1):
            for at, column in enumerate(form.columns):
                sheet.write_blank(number, at, None, self._looks[column.is_protected, False])
        for at, column in enumerate(form.columns):
            if last and (column.choices or column.help):
                sheet.data_validation(1, at, last, at, self._validation(column))
        has_locked = any(isinstance(value, Locked) for row in rows for value in row)
        if has_locked or any(column.is_protected for column in form.columns):
            sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True})

    def _write(self, sheet: Any, cell: tuple[int, int], value: Value, is_protected: bool) -> None:
        if isinstance(value, Locked):
            value, is_protected = value.value, True
        look = self._looks[is_protected, isinstance(value, date)]
        match value:
            case date():
                sheet.write_datetime(*cell, value, look)
            case int() | Decimal() if len(Decimal(value).as_tuple().digits) <= MOST_DIGITS:
                sheet.write_number(*cell, float(value), look)
            case None | "":
                sheet.write_blank(*cell, None, look)
            case _:
                sheet.write_string(*cell, str(value), look)

    def _validation(self, column: Column) -> dict[str, object]:
        options: dict[str, object] = {"validate": "any"}
        if column.choices:
            options = {
                "validate": "list",
                "source": self._listed(column.choices),
                "error_title": _("No está en la lista"),
                "error_message": _("Elija una de las opciones de la lista."),
            }
        if column.help:
            options |= {"input_title": column.heading[:32], "input_message": column.help[:255]}
        return options

    def _listed(self, choices: Sequence[str]) -> str:
        """Where CHOICES stand, once each: a cell itself can name only 255 characters of them."""
        if choices not in self._choices:
            self._choices.append(choices)
        at = letters(self._choices.index(choices))
        return f"='{_('Listas')}'!${at}$1:${at}${len(choices)}"

    def list_choices(self) -> None:
        if self._choices:
            sheet = self._book.add_worksheet(_("Listas"))
            sheet.hide()
            for at, choices in enumerate(self._choices):
                sheet.write_column(0, at, choices)

    def instruct(self, lines: Sequence[str]) -> None:
        sheet = self._book.add_worksheet(_("Instrucciones"))
        sheet.set_column(0, 0, INSTRUCTIONS_WIDTH)
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, line, self._heading if not number else self._wrapped)
