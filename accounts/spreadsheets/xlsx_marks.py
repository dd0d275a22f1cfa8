"""An XLSX, walked through before it is opened: extents, percentages, formulas without a value."""

import re
from posixpath import normpath
from typing import Final
from zipfile import ZipFile

from accounts.spreadsheets.cells import SpreadsheetRefused, column_of
from accounts.spreadsheets.container import BROKEN
from accounts.spreadsheets.limits import MAX_CHARACTERS, Extent
from accounts.spreadsheets.marks import Attributes, Marks, walk

REFERENCE: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
QUOTED: Final = re.compile(r'"[^"]*"|\\.')
PERCENT_FORMATS: Final = {9, 10}
"""The two that need no code: "0%" and "0.00%" (ECMA-376, part 1, 18.8.30)."""


def xlsx_marks(archive: ZipFile) -> list[Marks]:
    """Of each sheet, in the workbook's order. SpreadsheetRefused for one that reaches too far."""
    percents, lengths = _percent_styles(archive), _shared_lengths(archive)
    return [
        _SheetWalk(name, percents, lengths).through(archive, member)
        for name, member in _sheets(archive)
    ]


def _sheets(archive: ZipFile) -> list[tuple[str, str]]:
    """The name of each sheet and where it stands in ARCHIVE."""
    targets: dict[str, str] = {}
    named: list[tuple[str, str]] = []

    def relationship(tag: str, given: Attributes) -> None:
        if tag == "Relationship":
            target = given.get("Target", "").replace("\\", "/")
            is_absolute = target.startswith("/")
            targets[given.get("Id", "")] = normpath(
                target.lstrip("/") if is_absolute else f"xl/{target}"
            )

    def sheet(tag: str, given: Attributes) -> None:
        if tag == "sheet":
            link = next((value for key, value in given.items() if key.endswith(":id")), "")
            named.append((given.get("name", ""), targets.get(link, "")))

    members = {name.replace("\\", "/").lower(): name for name in archive.namelist()}
    for part, start in (("xl/_rels/workbook.xml.rels", relationship), ("xl/workbook.xml", sheet)):
        if part not in members:
            raise SpreadsheetRefused(str(BROKEN))
        walk(archive, members[part], start)
    if any(target.lower() not in members for _name, target in named):
        raise SpreadsheetRefused(str(BROKEN))
    return [(name, members[target.lower()]) for name, target in named]


def _percent_styles(archive: ZipFile) -> set[str]:
    """The numbers of the styles that show a figure as a percentage."""
    formats = set(PERCENT_FORMATS)
    styles: set[str] = set()
    within: list[str] = []
    count = 0

    def start(tag: str, given: Attributes) -> None:
        nonlocal count
        if tag == "numFmt" and "%" in QUOTED.sub("", given.get("formatCode", "")):
            formats.add(int(given.get("numFmtId", "-1")))
        if tag == "xf" and within[-1:] == ["cellXfs"]:
            if int(given.get("numFmtId", "0")) in formats:
                styles.add(str(count))
            count += 1
        within.append(tag)

    def end(_tag: str) -> None:
        within.pop()

    if "xl/styles.xml" in archive.namelist():
        try:
            walk(archive, "xl/styles.xml", start, end)
        except ValueError:
            raise SpreadsheetRefused(str(BROKEN)) from None
    return styles


def _shared_lengths(archive: ZipFile) -> list[int]:
    """How long each text is that cells share, by its number."""
    lengths: list[int] = []
    within: list[str] = []

    def start(tag: str, _given: Attributes) -> None:
        within.append(tag)
        if tag == "si":
            lengths.append(0)

    def end(_tag: str) -> None:
        within.pop()

    def text(piece: str) -> None:
        if lengths and within[-1:] == ["t"]:
            lengths[-1] += len(piece)

    for member in archive.namelist():
        if member.lower() == "xl/sharedstrings.xml":
            walk(archive, member, start, end, text)
    return lengths


class _SheetWalk:
    """One sheet's cells, in their order."""

    def __init__(self, name: str, percents: set[str], lengths: list[int]) -> None:
        self._marks = Marks(name, Extent(name))
        self._percents = percents
        self._lengths = lengths
        self._row = 0
        self._column = -1
        self._given: Attributes = {}
        self._has_formula = False
        self._in_value = False
        self._value = 0
        self._said = ""

    def through(self, archive: ZipFile, member: str) -> Marks:
        walk(archive, member, self._start, self._end, self._text)
        return self._marks

    def _start(self, tag: str, given: Attributes) -> None:
        if tag == "row":
            number = given.get("r", "")
            self._row = int(number) if number.isdecimal() else self._row + 1
            self._column = -1
            if given.get("hidden") in {"1", "true"}:
                self._marks.hidden.add(self._row)
        elif tag == "c":
            match = REFERENCE.fullmatch(given.get("r", ""))
            self._column = column_of(match[1]) if match else self._column + 1
            self._row = int(match[2]) if match else self._row
            self._given, self._has_formula, self._value, self._said = given, False, 0, ""
        elif tag == "f":
            self._has_formula = True
        elif tag in {"v", "t"}:
            self._in_value = True
        elif tag == "mergeCell":
            self._merge(given.get("ref", ""))

    def _text(self, text: str) -> None:
        if self._in_value:
            self._value += len(text)
            self._said = text

    def _end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._in_value = False
        elif tag == "c":
            self._cell()

    def _cell(self) -> None:
        cell = (self._row, self._column)
        kind = self._given.get("t", "n")
        if self._value > MAX_CHARACTERS:
            raise SpreadsheetRefused(str(BROKEN))
        if self._value:
            self._marks.extent.reaches(self._row, self._column, length=self._length(kind))
        if kind == "e" or (self._has_formula and not self._value and kind != "str"):
            self._marks.unread.add(cell)
        if kind == "n" and self._given.get("s") in self._percents:
            self._marks.percents.add(cell)

    def _length(self, kind: str) -> int:
        """How long the cell's text is; of a shared one only its number stands there."""
        if kind != "s" or not self._said.isdecimal() or int(self._said) >= len(self._lengths):
            return self._value
        return self._lengths[int(self._said)]

    def _merge(self, reference: str) -> None:
        corners = [REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) == 2 and corners[0] and corners[1]:
            first, last = ((int(corner[2]), column_of(corner[1])) for corner in corners if corner)
            self._marks.merged.append((first, last))
