"""The headings of a sheet: which row has them, and what each column is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from accounts.spreadsheets.cells import Row, Sheet
from plans.choices import Level
from plans.importers.printed.labels import INDICATOR, column_of, plain_words
from plans.importers.transcript import cleaned


class Beside(StrEnum):
    """What a column says of the statement in another one."""

    INDICATOR = INDICATOR
    CODE = "code"
    UNIT = "unit"
    BASELINE = "baseline"
    KIND = "kind"
    CUI = "cui"
    FIELD = "field"
    ASIDE = "aside"


_BESIDE: Final = (
    (Beside.CODE, r"(?:cod(?:igo)?s?\.?|n[°º]|nro\.?|num(?:ero)?\.?|item|id|#)(?: .{0,30})?"),
    (Beside.UNIT, r"unidad(?:es)?(?: de medida)?|u\.? ?m\.?"),
    (Beside.BASELINE, r"(?:valor (?:de )?)?(?:linea (?:de )?base|valor (?:base|actual|inicial)).*"),
    (Beside.KIND, r"tipo(?: de .*)?|clase"),
    (Beside.CUI, r"cui|codigo unico(?: de inversion.*)?"),
    (Beside.FIELD, r"campos?|materias?|temas?"),
    (
        Beside.ASIDE,
        r"(?:responsables?|unidad(?:es)? organicas?|oficinas?|presupuestos?|costos?|montos?"
        r"|observacion(?:es)?|notas?|medios? de verificacion|formulas?|fuentes?|plazos?"
        r"|cronograma|semestres?|localizacion|ubicacion|beneficiarios?)\b.*",
    ),
    (Level.GUIDELINE, r"(?:lineamientos?|compromisos?|rendicion de cuentas|seguimiento)\b.*"),
)
_YEAR: Final = re.compile(r"(?:(?:al|ano|para el|hasta el) )*(20[0-9]{2})")
LEVELS: Final = (Level.DIMENSION, Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET)
STATED: Final = frozenset({*LEVELS[1:], Level.GUIDELINE})
LONGEST: Final = 60
LOOKED_AT: Final = 60
"""Rows in which the headings of a sheet are looked for."""


@dataclass(frozen=True)
class Column:
    """Column ``at``, from 0: what it holds, under which ``heading``."""

    at: int
    role: str
    heading: str


@dataclass(frozen=True)
class Headings:
    """``first`` and ``last`` are the rows that hold them; ``columns`` those that are known."""

    first: int
    last: int
    columns: tuple[Column, ...]
    unknown: tuple[Column, ...] = ()

    def of(self, role: str) -> list[Column]:
        return [column for column in self.columns if column.role == role]

    def is_repeated_by(self, row: Row) -> bool:
        """Whether ROW is the same headings again, above the next part of the table."""
        same = [
            " ".join(row.at(each.at).split()).casefold() == each.heading.casefold()
            for each in self.columns
        ]
        return sum(same) >= 2 and sum(same) >= len(self.columns) / 2


def role_of(heading: str) -> str:
    """What a column under HEADING holds: a level, `Beside`, or "" for what is not known."""
    plain = plain_words(heading)
    if not plain or len(plain) > LONGEST + 40:
        return ""
    for role, words in _BESIDE:
        if re.fullmatch(words, plain):
            return role
    return column_of(heading)


def headings_of(sheet: Sheet) -> Headings | None:
    """The headings of SHEET, in one row or in two; None where there are none."""
    rows = sheet.rows[:LOOKED_AT]
    found = [_read(sheet, rows[at], rows[at + 1 : at + 2]) for at in range(len(rows))]
    best = next((each for each in found if each and len(_roles(each)) > 1), None)
    return best or next((each for each in found if each and _is_all_known(each)), None)


def _roles(headings: Headings) -> set[str]:
    return {column.role for column in headings.columns}


def _is_all_known(headings: Headings) -> bool:
    """One column is a table where nothing else stands beside its heading."""
    roles = _roles(headings)
    is_short = all(len(column.heading) <= LONGEST / 2 for column in headings.columns)
    return bool(roles & STATED) and not headings.unknown and is_short


def _read(sheet: Sheet, row: Row, following: Sequence[Row]) -> Headings | None:
    """The headings in ROW, or in it and the one below."""
    upper = {column.at: column for column in _columns(sheet, row)}
    lower = {column.at: column for column in _below(sheet, row, following, upper)}
    columns = [lower.get(at) or upper[at] for at in sorted({*upper, *lower})]
    known = tuple(column for column in columns if column.role)
    if not {column.role for column in known} & STATED or len(known) < len(columns) / 2:
        return None
    unknown = tuple(column for column in columns if not column.role)
    last = following[0].number if lower else row.number
    return Headings(row.number, last, known, unknown)


def _columns(sheet: Sheet, row: Row) -> Iterator[Column]:
    """What stands in ROW; a heading over several columns stands over each."""
    width = max(
        [len(row.cells), *(at + 1 for number, at in sheet.merged if number == row.number)],
        default=0,
    )
    for at in range(width):
        top, left = sheet.merged.get((row.number, at), (row.number, at))
        text = cleaned(row.at(left)) if top == row.number else ""
        if text.strip():
            yield Column(at, role_of(text), " ".join(text.split()))


def _below(
    sheet: Sheet, row: Row, following: Sequence[Row], upper: dict[int, Column]
) -> Iterator[Column]:
    """A second row of headings: parts of those above ("2026", "Meta"), never statements."""
    is_whole = len(upper) > 1 and any(column.role for column in upper.values())
    if not is_whole or not following or following[0].number != row.number + 1:
        return
    found = list(_columns(sheet, following[0]))
    if not found or any(len(column.heading) > LONGEST for column in found):
        return
    parts = [_part(column, upper.get(column.at)) for column in found]
    is_new = any(part.role != upper[part.at].role for part in parts if part.at in upper)
    has_years = any(_YEAR.fullmatch(plain_words(column.heading)) for column in found)
    if all(part.role for part in parts) and (is_new or has_years):
        yield from parts


def _part(column: Column, above: Column | None) -> Column:
    role = column.role
    if not role and above and _YEAR.fullmatch(plain_words(column.heading)):
        role = above.role
    is_new = above is None or above.heading == column.heading
    heading = column.heading if is_new else f"{above.heading if above else ''} {column.heading}"
    return Column(column.at, role, heading.strip())
