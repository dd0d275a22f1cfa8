"""An ODS, walked through before it is opened: extents, percentages, formulas without a value."""

from zipfile import ZipFile

from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.container import BROKEN
from accounts.spreadsheets.limits import MAX_COLUMNS, MAX_ROWS, Extent
from accounts.spreadsheets.marks import Attributes, Marks, walk

CELLS = {"table-cell", "covered-table-cell"}


def ods_marks(archive: ZipFile) -> list[Marks]:
    """Of each table, in order. SpreadsheetRefused for one that reaches too far."""
    kind = archive.read("mimetype")[:80].strip()
    if b"opendocument.spreadsheet" not in kind:
        raise SpreadsheetRefused(str(BROKEN))
    return _Walk().through(archive)


def _count(given: Attributes, name: str) -> int:
    text = given.get(f"table:{name}", "1")
    return max(int(text), 1) if text.isdecimal() and len(text) < 9 else 1


class _Walk:
    """The cells of all tables, each with how often it is repeated, to the right and below."""

    def __init__(self) -> None:
        self._all: list[Marks] = []
        self._row = self._rows = self._column = 0
        self._is_hidden = False
        self._given: Attributes = {}
        self._has_text = False
        self._length = 0
        self._within = 0

    def through(self, archive: ZipFile) -> list[Marks]:
        walk(archive, "content.xml", self._start, self._end, self._text)
        return self._all

    def _start(self, tag: str, given: Attributes) -> None:
        if tag == "table" and "table:name" in given:
            name = given["table:name"]
            self._all.append(Marks(name, Extent(name)))
            self._row = self._rows = 0
        elif tag == "table-row":
            self._row += self._rows
            self._rows = _count(given, "number-rows-repeated")
            self._column = 0
            self._is_hidden = given.get("table:visibility", "visible") != "visible"
        elif tag in CELLS:
            self._given, self._has_text, self._length = given, False, 0
            self._within += 1

    def _text(self, text: str) -> None:
        if self._within:
            self._has_text = self._has_text or bool(text.strip())
            self._length += len(text)

    def _end(self, tag: str) -> None:
        if tag in CELLS and self._all:
            self._within -= 1
            times = _count(self._given, "number-columns-repeated")
            self._cell(self._all[-1], times)
            self._column += times

    def _cell(self, marks: Marks, times: int) -> None:
        given = self._given
        has_value = self._has_text or any(
            key.startswith("office:") and key.endswith("value") for key in given
        )
        first = (self._row + 1, self._column)
        if has_value:
            last_row, last_column = self._row + self._rows, self._column + times - 1
            marks.extent.reaches(last_row, last_column, times * self._rows, self._length)
            if self._is_hidden:
                marks.hidden |= set(range(self._row + 1, last_row + 1))
        elif "table:formula" in given:
            marks.unread.add(first)
        if has_value and given.get("office:value-type") == "percentage":
            marks.percents |= {
                (self._row + 1 + down, self._column + across)
                for down in range(self._rows)
                for across in range(times)
            }
        across, down = _count(given, "number-columns-spanned"), _count(given, "number-rows-spanned")
        if across * down > 1:
            last = (min(self._row + down, MAX_ROWS), min(self._column + across, MAX_COLUMNS) - 1)
            marks.merged.append((first, last))
