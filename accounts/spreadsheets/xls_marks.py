"""An XLS of before 2007, walked through before it is opened: extents, percentages, formulas.

Its stream is a row of records: what it is, its length, its content ([MS-XLS], 2.1.4).
"""

import io
import struct
from collections.abc import Iterator
from typing import Final

import olefile

from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.container import BROKEN, LOCKED, MACROS
from accounts.spreadsheets.limits import Extent
from accounts.spreadsheets.marks import Marks
from accounts.spreadsheets.xls_strings import shared_lengths

BOUNDSHEET, FILEPASS, FORMAT, XF, BOF = 0x85, 0x2F, 0x41E, 0xE0, 0x809
FORMULA, MULRK, SHARED, CONTINUED, SHARED_CELL, CELL = 0x06, 0xBD, 0xFC, 0x3C, 0xFD, 0x204
ROW: Final = 0x208
HIDDEN: Final = 0x20
ONE_CELL: Final = {FORMULA, 0x203, 0x27E, 0xFD, 0x204, 0x205, 0xD6}
"""Records that begin with the row, the column and the style of one cell that holds something."""
FIGURES: Final = {FORMULA, 0x203, 0x27E}
PERCENT_FORMATS: Final = {9, 10}
Record = tuple[int, int, bytes]


def xls_marks(content: bytes) -> list[Marks]:
    """Of each sheet, in the workbook's order. SpreadsheetRefused for one that reaches too far."""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            name = next(each for each in ("Workbook", "Book") if compound.exists(each))
            stream = compound.openstream(name).read()
        return _Walk().through(stream)
    except (struct.error, OSError, StopIteration, IndexError, ValueError):
        raise SpreadsheetRefused(str(BROKEN)) from None


def _records(stream: bytes) -> Iterator[Record]:
    """Each record: where it stands, what it is, its content."""
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield at, kind, stream[at + 4 : at + 4 + length]
        at += 4 + length


class _Walk:
    def __init__(self) -> None:
        self._by_start: dict[int, Marks] = {}
        self._formats = set(PERCENT_FORMATS)
        self._percents: set[int] = set()
        self._styles = 0
        self._blocks: list[bytes] = []
        self._lengths: list[int] = []
        self._is_shared = False
        self._sheet: Marks | None = None

    def through(self, stream: bytes) -> list[Marks]:
        for at, kind, content in _records(stream):
            if kind == FILEPASS:
                raise SpreadsheetRefused(str(LOCKED))
            if kind == BOF:
                self._sheet = self._by_start.get(at, self._sheet)
            elif kind == BOUNDSHEET:
                self._bound(content)
            elif self._sheet is None:
                self._style(kind, content)
            else:
                self._cell(self._sheet, kind, content)
        return list(self._by_start.values())

    def _bound(self, content: bytes) -> None:
        start, _state, sort, length, is_wide = struct.unpack_from("<IBBBB", content)
        name = content[8:].decode("utf-16-le" if is_wide & 1 else "latin-1")[:length]
        if sort == 1:
            raise SpreadsheetRefused(str(MACROS))
        self._by_start[start] = Marks(name, Extent(name))

    def _style(self, kind: int, content: bytes) -> None:
        self._is_shared = kind == SHARED or (kind == CONTINUED and self._is_shared)
        if kind == FORMAT and len(content) > 5:
            number, _length, is_wide = struct.unpack_from("<HHB", content)
            code = content[5:].decode("utf-16-le" if is_wide & 1 else "latin-1", "ignore")
            if "%" in code:
                self._formats.add(number)
        elif kind == SHARED or (kind == CONTINUED and self._is_shared):
            self._blocks.append(content)
        elif kind == XF:
            if struct.unpack_from("<H", content, 2)[0] in self._formats:
                self._percents.add(self._styles)
            self._styles += 1

    def _length(self, kind: int, content: bytes) -> int:
        """How long the text of a cell is, 0 for a figure."""
        if kind == CELL:
            return int(struct.unpack_from("<H", content, 6)[0])
        if kind != SHARED_CELL:
            return 0
        if self._blocks:
            self._lengths, self._blocks = shared_lengths(self._blocks), []
        (number,) = struct.unpack_from("<I", content, 6)
        return self._lengths[number] if number < len(self._lengths) else 0

    def _cell(self, sheet: Marks, kind: int, content: bytes) -> None:
        if kind in ONE_CELL:
            row, column, style = struct.unpack_from("<HHH", content)
            sheet.extent.reaches(row + 1, column, length=self._length(kind, content))
            if kind in FIGURES and style in self._percents:
                sheet.percents.add((row + 1, column))
        elif kind == ROW and struct.unpack_from("<H", content, 12)[0] & HIDDEN:
            sheet.hidden.add(struct.unpack_from("<H", content)[0] + 1)
        elif kind == MULRK:
            row, first = struct.unpack_from("<HH", content)
            for at in range((len(content) - 6) // 6):
                (style,) = struct.unpack_from("<H", content, 4 + 6 * at)
                sheet.extent.reaches(row + 1, first + at)
                if style in self._percents:
                    sheet.percents.add((row + 1, first + at))
