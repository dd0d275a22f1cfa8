"""An export of the SIAF, or of Consulta Amigable: read by the names of its columns.

Its rows are of investments, by their CUI, and an activity has that CUI or has not: no name is
compared with another. Sums, and codes that may be something else, are asked of a person.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.filled.reading import Asked, Found, Kind, Left, Line, lines_in
from accounts.spreadsheets.cells import SpreadsheetRefused, Workbook
from plans.figures import figure_in, typed_plainly
from plans.models import PlanElement
from tracking.models.expenditure import FIGURES

CODE_AT_START: Final = re.compile(r"([0-9]{6,10})(?![0-9])")
CODES: Final = (
    r"cui|cod(igo)?( cui| unico( de (la )?inversion(es)?)?)",
    r"cod(igo)?",
    r"(cod(igo)? (del? )?)?(producto |actividad )?(o )?proyecto( de inversion)?",
    r"(cod(igo)? (de (la )?)?)?actividad( accion de inversion obra)?",
)
"""Headings under which a CUI may stand; under the first of them it is nothing else."""
FIGURED: Final = (
    Asked("pia", "PIA", Kind.FIGURE, r"monto pia|presupuesto (institucional )?de apertura.*"),
    Asked("pim", "PIM", Kind.FIGURE, r"monto pim|presupuesto (institucional )?modificado.*"),
    Asked(
        "accrued",
        gettext_lazy("Devengado"),
        Kind.FIGURE,
        r"(monto |ejecucion )?devengad[ao]( acumulad[ao])?( a la fecha)?",
    ),
    Asked("year", gettext_lazy("Año"), spelled=r"ano( eje| fiscal| de ejecucion)?|ejercicio.*"),
    Asked(
        "unit",
        gettext_lazy("Unidad ejecutora"),
        spelled=r"(cod(igo)? )?(sec |unidad )?ejec(utora)?",
    ),
)


def lines_of(book: Workbook) -> tuple[Found, bool]:
    """The rows of an export by the column that has their codes, and whether these are CUI.

    SpreadsheetRefused where no column has codes, or none has figures.
    """
    refusals: list[SpreadsheetRefused] = []
    for at, spelled in enumerate(CODES):
        try:
            found = lines_in(book, (Asked("code", "CUI", spelled=spelled), *FIGURED))
        except SpreadsheetRefused as refused:
            refusals.append(refused)
            continue
        if found.names & {*FIGURES} and any(map(_code_of, found.lines)):
            return found, at == 0
        refusals.append(SpreadsheetRefused(_("no tiene un CUI con su PIA, PIM o devengado.")))
    raise refusals[0]


def by_activity(
    book: Workbook, elements: Sequence[PlanElement], year: int
) -> tuple[dict[int, Line], list[Left], Sequence[str]]:
    """The rows of BOOK by the activity whose CUI they have, those that are left, and notes.

    SpreadsheetRefused as of `lines_of`, or where the rows are of several executing units.
    """
    found, is_certain = lines_of(book)
    known: dict[str, list[PlanElement]] = {}
    for element in elements:
        if element.cui:
            known.setdefault(element.cui, []).append(element)
    taken: dict[str, list[Line]] = {}
    left: list[Left] = []
    for line in found.lines:
        code = _code_of(line)
        if reason := _why_left(line, code, known, year):
            left.append(Left(line, reason))
        else:
            taken.setdefault(code, []).append(line)
    _refuse_several_units([line for lines in taken.values() for line in lines])
    lines = {
        known[code][0].pk: _as_one(code, rows, known[code][0], is_certain=is_certain)
        for code, rows in taken.items()
    }
    return lines, left, found.notes


def _code_of(line: Line) -> str:
    """The number with which the cell of LINE begins: "2345678: Mejoramiento…"."""
    match = CODE_AT_START.match(line.key)
    return match[1] if match else ""


def _why_left(line: Line, code: str, known: Mapping[str, Sequence[PlanElement]], year: int) -> str:
    if not code:
        return _("No empieza con un CUI (de 6 a 10 cifras).")
    if code not in known:
        return _("Ninguna actividad del plan tiene ese CUI: si es de una, regístrelo en el plan.")
    if len(known[code]) > 1:
        refs = ", ".join(each.ref for each in known[code])
        return _("Varias actividades del plan tienen ese CUI, y el gasto no se reparte: %s.") % refs
    said = line.said.get("year", "")
    if said and said != str(year):
        return _("Es del año %(said)s, y esta hoja es la de %(year)s.") % {
            "said": said,
            "year": year,
        }
    return ""


def _refuse_several_units(lines: Iterable[Line]) -> None:
    units = sorted({line.said.get("unit", "") for line in lines} - {""})
    if len(units) > 1:
        shown = ", ".join(units)
        raise SpreadsheetRefused(
            _("trae varias unidades ejecutoras (%s): deje solo las de su municipalidad.") % shown
        )


def _as_one(code: str, rows: Sequence[Line], element: PlanElement, *, is_certain: bool) -> Line:
    """The ROWS of one code as one: their sums, which a person confirms."""
    faults = [each for row in rows for each in row.faults]
    doubts = [each for row in rows for each in row.doubts]
    said = {name: text for name, text in rows[0].said.items() if name in FIGURES}
    if len(rows) > 1:
        places = ", ".join(row.place for row in rows)
        doubts.append(
            _("Es la suma de %(n)s filas (%(places)s): si es así, guarde otra vez.")
            % {"n": len(rows), "places": places}
        )
        for name in said:
            try:
                said[name] = typed_plainly(_sum(row.said.get(name, "") for row in rows))
            except ValidationError as refusal:
                said[name] = ""
                faults += refusal.messages
    if not is_certain:
        same = _(
            "La columna no dice que sea el CUI, y %(code)s es el de «%(statement)s»: si es así, "
            "guarde otra vez."
        )
        doubts.append(same % {"code": code, "statement": element.statement})
    return Line(element.ref, rows[0].place, said, tuple(faults), tuple(doubts))


def _sum(texts: Iterable[str]) -> Decimal:
    """The sum of what is said; an export leaves a cell empty where there is nothing."""
    return sum((figure_in(text) for text in texts if text), Decimal(0))
