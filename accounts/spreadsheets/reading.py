"""Read a spreadsheet that somebody sends, of whatever kind, into sheets of text.

What it is is told by what it holds, never by its name; how far it reaches is known before it is
opened; formulas are never computed.
"""

import io
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from zipfile import ZipFile

from django.utils.translation import gettext as _
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from accounts.hidden_characters import LINE_ENDS, hidden_in
from accounts.spreadsheets.cells import Row, Sheet, SpreadsheetRefused, Workbook, covered, shown
from accounts.spreadsheets.container import BROKEN, Format, format_of, note_of_name
from accounts.spreadsheets.limits import MAX_SHEETS
from accounts.spreadsheets.marks import Marks
from accounts.spreadsheets.ods_marks import ods_marks
from accounts.spreadsheets.text_rows import text_sheet
from accounts.spreadsheets.xls_marks import xls_marks
from accounts.spreadsheets.xlsx_marks import xlsx_marks

UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What word processors leave in a cell and nobody typed."""


def read_workbook(content: bytes, name: str) -> Workbook:
    """The sheets of CONTENT, a file called NAME, that are shown.

    XLSX, ODS, XLS, or text: commas, semicolons or tabs; UTF-8, UTF-16 with its mark, Latin-1.
    SpreadsheetRefused, with a sentence that names file, sheet and row, for anything else.
    """
    try:
        format = format_of(content)
        sheets = [text_sheet(content)] if format is Format.CSV else _opened(content, format)
        read = tuple(_cleaned(sheet) for sheet in sheets)
    except SpreadsheetRefused as refused:
        raise SpreadsheetRefused(refused.reason, name) from None
    note = note_of_name(name, format)
    return Workbook(format, read, (note,) if note else ())


def _opened(content: bytes, format: Format) -> list[Sheet]:
    if format is Format.XLS:
        marks = xls_marks(content)
    else:
        with ZipFile(io.BytesIO(content)) as archive:
            marks = xlsx_marks(archive) if format is Format.XLSX else ods_marks(archive)
    if len(marks) > MAX_SHEETS:
        raise SpreadsheetRefused(_("tiene más de %s hojas.") % MAX_SHEETS)
    try:
        return list(_sheets(content, {each.name: each for each in marks}))
    except CalamineError:
        raise SpreadsheetRefused(str(BROKEN)) from None
    except BaseException as error:
        # What the reader of values did not foresee; it is no Exception.
        if type(error).__name__ != "PanicException":
            raise
        raise SpreadsheetRefused(str(BROKEN)) from None


def _sheets(content: bytes, marks: dict[str, Marks]) -> Iterable[Sheet]:
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
        for at, metadata in enumerate(workbook.sheets_metadata):
            if not _is_shown(metadata):
                continue
            if metadata.name not in marks:
                raise SpreadsheetRefused(str(BROKEN))
            yield _sheet(workbook.get_sheet_by_index(at), marks[metadata.name])


def _is_shown(metadata: SheetMetadata) -> bool:
    is_table = metadata.typ == SheetTypeEnum.WorkSheet
    return is_table and metadata.visible == SheetVisibleEnum.Visible


def _sheet(sheet: CalamineSheet, marks: Marks) -> Sheet:
    rows: list[Row] = []
    for number, values in enumerate(sheet.to_python(skip_empty_area=False), start=1):
        cells = [
            shown(value, is_percent=(number, column) in marks.percents)
            for column, value in enumerate(values)
        ]
        while cells and not cells[-1].strip():
            cells.pop()
        if cells:
            rows.append(Row(number, tuple(cells)))
    merged, unread = _merged(sheet, marks), frozenset(marks.unread)
    return Sheet(sheet.name, tuple(rows), merged, unread, frozenset(marks.hidden))


def _merged(sheet: CalamineSheet, marks: Marks) -> dict[tuple[int, int], tuple[int, int]]:
    """Every cell that a merged one covers, as far as the sheet holds something."""
    rows, columns = marks.extent.rows, marks.extent.columns
    native = [
        ((top + 1, left), (bottom + 1, right))
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or []
    ]
    return {
        cell: origin
        for first, last in marks.merged or native
        for cell, origin in covered(first, (min(last[0], rows), min(last[1], columns - 1)))
    }


def _cleaned(sheet: Sheet) -> Sheet:
    """SHEET in which nothing is hidden. SpreadsheetRefused for what turns a text around."""
    rows = []
    for row in sheet.rows:
        cells = tuple(LINE_ENDS.sub("\n", UNSEEN.sub("", cell)).strip() for cell in row.cells)
        for column, cell in enumerate(cells):
            if hidden := hidden_in(cell):
                place = sheet.place(row.number, column)
                reason = _("tiene un carácter que no se ve: %s.") % hidden
                raise SpreadsheetRefused(f"{place}: {reason}")
        rows.append(Row(row.number, cells))
    return replace(sheet, rows=tuple(rows))
