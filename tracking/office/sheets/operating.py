"""The follow-up of the operating plan (POI), read by the names of its columns: what was executed.

A row is one code in one quarter. Nothing is guessed: of a row that says two things, or something
else than its column asks for, nothing is taken, and it is told why.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.filled.reading import Asked, Kind, Left, Line, lines_in, plain
from accounts.spreadsheets.cells import SpreadsheetRefused, Workbook
from plans.figures import Limits, figure_in, sign_fault
from plans.units import is_same_unit
from tracking.models import ExecutedQuantity
from tracking.models.executed import LONGEST_UNIT

COLUMNS: Final = (
    Asked(
        "code",
        gettext_lazy("Código de la actividad operativa"),
        spelled=r"(cod(igo)?( de( la)?)? )?(actividad(es)? operativas?|ao|aoi)|cod(igo)?"
        r"|(actividad operativa|ao|aoi) cod(igo)?",
    ),
    Asked("year", gettext_lazy("Año"), spelled=r"ano( fiscal| de ejecucion)?|ejercicio.*|periodo"),
    Asked("quarter", gettext_lazy("Trimestre"), spelled=r"trim(estre)?( de ejecucion)?"),
    Asked(
        "quantity",
        gettext_lazy("Cantidad ejecutada"),
        Kind.FIGURE,
        r"(cantidad|cant|meta|meta fisica|avance fisico) ejecutad[ao]|ejecutado|ejecucion fisica"
        r"|seguimiento fisico",
    ),
    Asked("unit", gettext_lazy("Unidad de medida"), spelled=r"unidad( med(ida)?)?|u m|um"),
    Asked(
        "target",
        gettext_lazy("Meta física"),
        Kind.FIGURE,
        r"meta( fisica)?( programada| anual)?|(cantidad )?programad[ao]",
    ),
)
NEEDED: Final = ("quarter", "quantity", "unit")
QUARTER: Final = re.compile(
    r"(?:t|q|trim(?:estre)?)? ?(?P<roman>iv|i{1,3})(?: ?(?:t|trim(?:estre)?))?"
    r"|(?:(?:[0-9]{4} )?(?:t|q|trim(?:estre)?) ?)?(?P<digit>[1-4])"
    r"(?: ?(?:er|ro|do|o|to|°))?(?: ?(?:t|trim(?:estre)?))?"
    r"|(?P<word>primer|segundo|tercer|cuarto)o?(?: trim(?:estre)?)?"
)
ROMAN: Final = ("i", "ii", "iii", "iv")
WORDS: Final = ("primer", "segundo", "tercer", "cuarto")
FITS: Final = Limits(minimum=0)


@dataclass
class Executed:
    """What was TAKEN of a sheet, each row with its place; the rows that are LEFT; notes on it.

    SERVE_NONE are the codes that no text of the plan has, in their order, each once.
    """

    taken: list[tuple[Line, ExecutedQuantity]] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    serve_none: dict[str, int] = field(default_factory=dict)
    notes: Sequence[str] = ()


def read(
    book: Workbook, codes: Iterable[str], year: int, stored: Sequence[ExecutedQuantity]
) -> Executed:
    """What BOOK says of YEAR under CODES, the plan's; STORED is what is kept of that year.

    SpreadsheetRefused where it lacks a column, or has no row under them.
    """
    found = lines_in(book, COLUMNS)
    lacking = [
        str(each.heading)
        for each in COLUMNS
        if each.name in NEEDED and each.name not in found.names
    ]
    if lacking:
        raise SpreadsheetRefused(_("le falta la columna «%s».") % "», «".join(lacking))
    if not found.lines:
        raise SpreadsheetRefused(_("no tiene filas debajo de sus encabezados."))
    done = Executed(notes=found.notes)
    known = {code.casefold(): code for code in codes}
    rows: list[tuple[Line, ExecutedQuantity]] = []
    for line in found.lines:
        code = known.get(line.key.casefold())
        if line.key and code is None:
            done.serve_none[line.key] = done.serve_none.get(line.key, 0) + 1
            continue
        try:
            rows.append((line, _row(line, code, year)))
        except ValidationError as refusal:
            done.left.append(Left(line, " ".join(refusal.messages)))
    _take_once(rows, stored, done)
    return done


def quarter_in(text: str) -> int | None:
    """The quarter that TEXT names: "1", "II", "3.er trimestre", "T4", "2027-T1"; None for none."""
    match = QUARTER.fullmatch(plain(text))
    if not match:
        return None
    if match["digit"]:
        return int(match["digit"])
    names, said = (ROMAN, match["roman"]) if match["roman"] else (WORDS, match["word"])
    return names.index(said) + 1


def _row(line: Line, code: str | None, year: int) -> ExecutedQuantity:
    """What LINE says; not saved. ValidationError, with its reason, where nothing can be taken."""
    if not code:
        raise ValidationError(_("No dice de qué código es."))
    trouble = [*line.faults, *(line.doubts if {"quantity", "target"} & {*line.doubted} else ())]
    if trouble:
        raise ValidationError(trouble)
    said = line.said.get("year", "")
    if said and said != str(year):
        shown = {"said": said, "year": year}
        raise ValidationError(_("Es del año %(said)s, y esta página es la de %(year)s.") % shown)
    quarter = quarter_in(line.said["quarter"])
    if quarter is None:
        raise ValidationError(
            _("No se entiende el trimestre «%s»: escriba 1, 2, 3 o 4.") % line.said["quarter"]
        )
    unit = " ".join(line.said["unit"].split())
    if not unit or len(unit) > LONGEST_UNIT:
        raise ValidationError(_("Diga la unidad de medida, en no más de %s letras.") % LONGEST_UNIT)
    if not line.said["quantity"]:
        raise ValidationError(_("No dice cuánto se ejecutó."))
    target = line.said.get("target", "")
    return ExecutedQuantity(
        code=code,
        year=year,
        quarter=quarter,
        quantity=_figure(line.said["quantity"], unit),
        target=_figure(target, unit) if target else None,
        unit=unit,
    )


def _figure(text: str, unit: str) -> Decimal:
    figure = figure_in(text)
    if fault := sign_fault(text, unit) or FITS.fault(figure):
        raise ValidationError(f"«{text}»: {fault}")
    return figure


def _take_once(
    rows: Sequence[tuple[Line, ExecutedQuantity]],
    stored: Sequence[ExecutedQuantity],
    done: Executed,
) -> None:
    """Take of ROWS each quarter of a code once, all of a code in one unit; leave the others."""
    by_quarter: defaultdict[tuple[str, int], list[tuple[Line, ExecutedQuantity]]] = defaultdict(
        list
    )
    for line, row in rows:
        by_quarter[row.code, row.quarter].append((line, row))
    alone: list[tuple[Line, ExecutedQuantity]] = []
    for same in by_quarter.values():
        (first, row), others = same[0], same[1:]
        if all(row.says_the_same(other) for _line, other in others):
            alone.append((first, row))
            repeated = _("Repite lo que dice %s.") % first.place
            done.left += [Left(line, repeated) for line, _other in others]
        else:
            places = ", ".join(line.place for line, _row in same)
            twice = _("El mismo código y trimestre está en %s, y no dicen lo mismo.") % places
            done.left += [Left(line, twice) for line, _row in same]
    units = _units(alone, stored)
    for line, row in alone:
        if len(units[row.code]) > 1:
            several = _("El código tiene varias unidades en el año (%s): deje una.")
            done.left.append(Left(line, several % ", ".join(units[row.code])))
        else:
            done.taken.append((line, row))


def _units(
    rows: Sequence[tuple[Line, ExecutedQuantity]], stored: Sequence[ExecutedQuantity]
) -> Mapping[str, list[str]]:
    """The different units of each code in the year: of ROWS, and what is STORED beside them."""
    renewed = {(row.code, row.quarter) for _line, row in rows}
    beside = [row for row in stored if (row.code, row.quarter) not in renewed]
    units: defaultdict[str, list[str]] = defaultdict(list)
    for row in [*(row for _line, row in rows), *beside]:
        if not any(is_same_unit(row.unit, each) for each in units[row.code]):
            units[row.code].append(row.unit)
    return units
