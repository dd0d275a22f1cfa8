"""A sheet that was written to be filled in and came back: what each of its rows says.

A row is known by its code and a column by its heading, in whatever order they stand. Nothing is
guessed: what a spreadsheet program may have turned into something else is told beside its row.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.forms.filled.mark import MARK, Mark
from accounts.querysets import folded
from accounts.spreadsheets.cells import Row, Sheet, SpreadsheetRefused, Workbook, letters

LOOKED_AT: Final = 60
"""Rows in which the headings are looked for."""
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9:]{8})?")
SERIAL: Final = re.compile(r"[2-6][0-9]{4}")
DAY_ZERO: Final = dt.date(1899, 12, 30)
"""From where spreadsheets count the days, unless a file says 1904."""


class Kind(Enum):
    """What is expected in a column; what stands ASIDE is shown in the sheet and never read."""

    TEXT = auto()
    FIGURE = auto()
    DAY = auto()
    ASIDE = auto()


@dataclass(frozen=True)
class Asked:
    """A column, called NAME by whoever reads it. SPELLED: other headings, a pattern of them."""

    name: str
    heading: Any
    kind: Kind = Kind.TEXT
    spelled: str = ""

    def is_under(self, heading: str) -> bool:
        said = plain(heading)
        return said == plain(str(self.heading)) or bool(
            self.spelled and re.fullmatch(self.spelled, said)
        )


@dataclass(frozen=True)
class Line:
    """A row that came back: its code, where it stands, and what it says by the name of a column.

    SAID has the columns that the sheet has and whose cell could be read. FAULTS are sentences on
    what a person has to look at in any case, DOUBTS on what they have to look at before it is
    saved; DOUBTED are the columns of both. MARK is None where it has none.
    """

    key: str
    place: str
    said: Mapping[str, str]
    faults: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    doubted: tuple[str, ...] = ()
    mark: Mark | None = None

    @property
    def words(self) -> str:
        """All that it says, to be copied from."""
        return " · ".join(text for text in self.said.values() if text)


@dataclass(frozen=True)
class Left:
    """A row of which nothing is taken, and why."""

    line: Line
    reason: str


@dataclass(frozen=True)
class Returned:
    """The rows with a code, each code once; those LEFT; notes on the sheet as a whole."""

    lines: tuple[Line, ...]
    left: tuple[Left, ...]
    notes: tuple[str, ...]


def plain(text: str) -> str:
    """TEXT as headings are compared: small letters without accents, signs or many spaces."""
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", folded(text)).split())


@dataclass(frozen=True)
class Found:
    """Each row with something under the headings, in order, and notes on the sheet.

    NAMES are those of the columns that it has.
    """

    lines: tuple[Line, ...]
    notes: tuple[str, ...]
    names: frozenset[str]


def lines_in(book: Workbook, columns: Sequence[Asked]) -> Found:
    """What the first sheet of BOOK that has COLUMNS says; the first of them is the code.

    SpreadsheetRefused where no sheet has the code and another column, or one has a column twice.
    """
    for sheet in book.sheets:
        for at, row in enumerate(sheet.rows[:LOOKED_AT]):
            found = _columns_in(sheet, row, columns)
            if not found:
                continue
            rest = sheet.rows[at + 1 :]
            if rest and (below := _below(sheet, rest[0], columns, found)):
                found, rest = found | below, rest[1:]
            reader = _Reader(sheet, found, columns[0].name)
            notes = (*book.notes, *reader.notes(row))
            return Found(tuple(reader.lines(rest)), notes, frozenset(found))
    wanted = ", ".join(f"«{each.heading}»" for each in columns if each.kind != Kind.ASIDE)
    raise SpreadsheetRefused(
        _("ninguna hoja tiene la columna «%(key)s» con otra de estas: %(wanted)s.")
        % {"key": columns[0].heading, "wanted": wanted}
    )


def once_each(found: Found, *, place: str, period: str) -> Returned:
    """The rows of PERIOD in PLACE, each code once: a mark says of which its row was made."""
    known: dict[str, Line] = {}
    left: list[Left] = []
    for line in found.lines:
        reason = _("No dice de qué código es.") if not line.key else ""
        if not reason and line.mark:
            reason = line.mark.trouble(place, period, line.key)
        before = known.get(line.key)
        if not reason and before:
            shown = {"place": before.place}
            reason = _("Repite lo que dice %(place)s.") % shown
            if before.said != line.said:
                reason = _("Su código ya está en %(place)s, que dice otra cosa.") % shown
                known[line.key] = _told_twice(before, line)
        if reason:
            left.append(Left(line, reason))
        else:
            known[line.key] = line
    return Returned(tuple(known.values()), tuple(left), found.notes)


def _told_twice(line: Line, other: Line) -> Line:
    """LINE, which has to be looked at: OTHER has its code and says something else."""
    fault = _("El mismo código está en %(place)s, que dice otra cosa: %(words)s")
    fault %= {"place": other.place, "words": other.words or "—"}
    return replace(line, faults=(*line.faults, fault))


def returned(book: Workbook, columns: Sequence[Asked], *, place: str, period: str) -> Returned:
    """What BOOK says of PERIOD in PLACE, each code once. SpreadsheetRefused as of `lines_in`."""
    return once_each(lines_in(book, columns), place=place, period=period)


def _columns_in(sheet: Sheet, row: Row, columns: Sequence[Asked]) -> dict[str, tuple[int, Asked]]:
    """Where each of COLUMNS stands if ROW is that of the headings; nothing if it is not."""
    found: dict[str, tuple[int, Asked]] = {}
    for at, heading in enumerate(row.cells):
        asked = next((each for each in (*columns, MARKED) if each.is_under(heading)), None)
        if asked is None:
            continue
        if asked.name in found:
            twice = _("%(place)s: la columna «%(heading)s» está dos veces: deje una.")
            raise SpreadsheetRefused(
                twice % {"place": sheet.place(row.number, at), "heading": heading}
            )
        found[asked.name] = at, asked
    says = [name for name, (_at, asked) in found.items() if asked.kind != Kind.ASIDE]
    return found if columns[0].name in found and len(says) > 1 else {}


def _below(
    sheet: Sheet, row: Row, columns: Sequence[Asked], above: Mapping[str, tuple[int, Asked]]
) -> dict[str, tuple[int, Asked]]:
    """The columns that only a second row of headings names; that row has no code."""
    key = above[columns[0].name][0]
    if row.at(key) and (row.number, key) not in sheet.merged:
        return {}
    return {
        asked.name: (at, asked)
        for at, heading in enumerate(row.cells)
        for asked in columns
        if asked.kind != Kind.ASIDE and asked.name not in above and asked.is_under(heading)
    }


MARKED: Final = Asked("mark", MARK, Kind.ASIDE)


class _Reader:
    """The rows of a sheet under its headings."""

    def __init__(self, sheet: Sheet, columns: Mapping[str, tuple[int, Asked]], key: str) -> None:
        self._sheet, self._columns, self._key = sheet, columns, key
        self._rows = {row.number: row for row in sheet.rows}

    def lines(self, rows: Sequence[Row]) -> Iterator[Line]:
        for row in rows:
            line = self._line(row)
            is_heading_again = self._columns[self._key][1].is_under(line.key)
            if not is_heading_again and (line.key or line.words):
                yield line

    def notes(self, headings: Row) -> Iterator[str]:
        """On columns that are not read, and rows that were read though they are not shown."""
        known = {at for at, _asked in self._columns.values()}
        unknown = [text for at, text in enumerate(headings.cells) if text and at not in known]
        if unknown:
            yield _("No se leen estas columnas: %s.") % ", ".join(f"«{each}»" for each in unknown)
        if hidden := sorted(self._sheet.hidden & {*self._rows} - {headings.number}):
            yield _("Estas filas están ocultas en la hoja y también se leyeron: %s.") % ", ".join(
                map(str, hidden)
            )

    def _line(self, row: Row) -> Line:
        said: dict[str, str] = {}
        faults: list[str] = []
        doubts: list[str] = []
        doubted: list[str] = []
        for name, (at, asked) in self._columns.items():
            if asked.kind == Kind.ASIDE or name == self._key:
                continue
            text, fault = self._cell(row, at, asked)
            if text is not None:
                said[name] = text
            if fault:
                (faults if text is None else doubts).append(f"{asked.heading}: {fault}")
                doubted.append(name)
        key = " ".join(self._whole(row, self._columns[self._key][0]).split())
        marked = self._whole(row, self._columns["mark"][0]) if "mark" in self._columns else ""
        place, mark = self._sheet.place(row.number), Mark.of(marked)
        return Line(key, place, said, tuple(faults), tuple(doubts), tuple(doubted), mark)

    def _cell(self, row: Row, at: int, asked: Asked) -> tuple[str | None, str]:
        """The text of a cell, None where it says nothing, and what is to be looked at in it."""
        cell = row.number, at
        if cell in self._sheet.unread:
            return None, _(
                "tiene una fórmula sin resultado, o con error: escriba el dato en su lugar."
            )
        if origin := self._sheet.merged.get(cell):
            if origin[1] != at:
                joined = _("la celda está combinada con la columna %s: no dice nada por sí sola.")
                return None, joined % letters(origin[1])
            joined = _("la celda está combinada con la fila %s: aquí se puso lo mismo; revíselo.")
            return _day_alone(self._whole(row, at), asked.kind), joined % origin[0]
        return _as_expected(row.at(at), asked.kind)

    def _whole(self, row: Row, at: int) -> str:
        """The text over a cell, that of the merged one where it is covered."""
        number, column = self._sheet.merged.get((row.number, at), (row.number, at))
        return self._rows[number].at(column) if number in self._rows else ""


def _as_expected(text: str, kind: Kind) -> tuple[str, str]:
    """TEXT in a column of KIND, and what a spreadsheet program may have made of what was typed."""
    if kind == Kind.FIGURE and DAY.fullmatch(text):
        return text, _("la hoja convirtió en fecha lo que se escribió: escriba la cifra.")
    if kind == Kind.DAY and SERIAL.fullmatch(text):
        day = DAY_ZERO + dt.timedelta(days=int(text))
        asked = _("la celda trae el número %(number)s, que como fecha es el %(day)s: revíselo.")
        return day.isoformat(), asked % {"number": text, "day": date_format(day)}
    return _day_alone(text, kind), ""


def _day_alone(text: str, kind: Kind) -> str:
    return text[:10] if kind == Kind.DAY and DAY.fullmatch(text) else text
