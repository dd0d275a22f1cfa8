"""What activities cost in a year as an XLSX to be filled in; and that, or an export, read back."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.filled.mark import MARK, Mark
from accounts.forms.filled.reading import Asked, Found, Kind, Left, Line, lines_in, once_each
from accounts.spreadsheets.cells import SpreadsheetRefused, Workbook
from accounts.spreadsheets.writing import Column, Form, Value, workbook
from plans.figures import typed_plainly
from plans.models import PlanElement
from plans.models.element_rules import REF_PATTERN
from tracking.models import Expenditure
from tracking.models.expenditure import FIGURES
from tracking.office.sheets.siaf import by_activity

HEADINGS: Final = {
    "pia": gettext_lazy("PIA"),
    "pim": gettext_lazy("PIM"),
    "accrued": gettext_lazy("Devengado"),
}
CODE: Final = Asked("code", gettext_lazy("Código"), spelled="cod|ref")
ASIDE: Final = (
    Asked("statement", gettext_lazy("Actividad"), Kind.ASIDE),
    Asked("cui", gettext_lazy("CUI"), Kind.ASIDE),
    Asked("stated", gettext_lazy("Registrado"), Kind.ASIDE),
)
SHARED: Final = (
    Asked("as_of", gettext_lazy("Al día"), Kind.DAY),
    Asked("source", gettext_lazy("Fuente")),
    Asked("reason", gettext_lazy("Motivo del cambio")),
)
COLUMNS: Final = (
    CODE,
    *ASIDE,
    *(Asked(name, heading, Kind.FIGURE) for name, heading in HEADINGS.items()),
    *SHARED,
)
WIDTHS: Final = {"statement": 50, "cui": 11, "stated": 30, "as_of": 12, "source": 30, "reason": 30}


def file_of(
    elements: Iterable[PlanElement], stored: Mapping[int, Expenditure], place: str, year: int
) -> bytes:
    """The sheet of ELEMENTS in YEAR of the municipality PLACE; STORED is in force, by element."""
    columns = [
        Column(str(CODE.heading), 10, is_protected=True),
        *(Column(str(each.heading), WIDTHS[each.name], is_protected=True) for each in ASIDE),
        *(
            Column(str(each), 16, help=_("En soles, con punto decimal."))
            for each in HEADINGS.values()
        ),
        *(Column(str(each.heading), WIDTHS[each.name]) for each in SHARED),
        Column(str(MARK), 10, is_protected=True, is_hidden=True),
    ]
    rows = [_row(each, stored.get(each.pk), place, year) for each in elements]
    return workbook([Form(_("Gasto %s") % year, columns, rows, fixed=2)], _instructions(year))


def _row(element: PlanElement, stored: Expenditure | None, place: str, year: int) -> list[Value]:
    said = (
        _("Al %(day)s. %(source)s")
        % {
            "day": date_format(stored.as_of),
            "source": stored.source,
        }
        if stored
        else ""
    )
    figures: list[Value] = [getattr(stored, name) if stored else None for name in FIGURES]
    mark = Mark(place, str(year), element.ref, str(stored.revision if stored else 0))
    aside: list[Value] = [element.ref, element.statement, element.cui, said]
    return [*aside, *figures, None, None, None, str(mark)]


def _instructions(year: int) -> list[str]:
    return [
        _("Cómo se llena la hoja del gasto %s") % year,
        _("Una fila es una actividad. Llene las celdas blancas; las grises no se cambian."),
        _("PIA, PIM y devengado van en soles, con punto decimal: 1500.5. Si no hay, 0."),
        _("«Al día», «Fuente» y «Motivo del cambio» en blanco son los que se digan al subirla."),
        _("El motivo solo hace falta si cambia una cifra que ya estaba. Es público."),
        _("Puede ordenar, borrar o dejar filas como están: lo que no esté aquí no cambia."),
        _("Guárdela (XLSX, ODS, XLS o CSV) y súbala en la misma página de la que la descargó."),
    ]


@dataclass
class SpendingLines:
    """What a sheet says, by the id of each activity; what is LEFT, and NOTES on the whole."""

    by_activity: dict[int, Line] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    notes: Sequence[str] = ()


def read(book: Workbook, elements: Sequence[PlanElement], place: str, year: int) -> SpendingLines:
    """What BOOK says of ELEMENTS in YEAR: the sheet that is downloaded here, or an export.

    SpreadsheetRefused for anything else.
    """
    own = _own_lines(book)
    if own is None:
        lines, left, notes = by_activity(book, elements, year)
        return SpendingLines(lines, left, notes)
    found = once_each(own, place=place, period=str(year))
    known = {each.ref: each.pk for each in elements}
    unknown = _("El plan no tiene hoy una actividad con ese código.")
    return SpendingLines(
        {known[line.key]: line for line in found.lines if line.key in known},
        [*found.left, *(Left(line, unknown) for line in found.lines if line.key not in known)],
        found.notes,
    )


def _own_lines(book: Workbook) -> Found | None:
    """The rows of a sheet by the plan's own codes; None where it is none."""
    try:
        found = lines_in(book, COLUMNS)
    except SpreadsheetRefused:
        return None
    is_own = any(line.mark or re.fullmatch(REF_PATTERN, line.key) for line in found.lines)
    return found if is_own else None


def typed_in(
    lines: SpendingLines, stored: Mapping[int, Expenditure]
) -> tuple[dict[str, str], dict[int, tuple[str, ...]]]:
    """What a browser would send of LINES, and what is to be looked at, by activity.

    What the sheet does not say is as it is STORED; without a mark nobody knows what an empty cell
    showed, and it says nothing.
    """
    typed: dict[str, str] = {}
    told: dict[int, tuple[str, ...]] = {}
    for number, line in lines.by_activity.items():
        now = stored.get(number)
        figures = {name: typed_plainly(getattr(now, name)) for name in FIGURES} if now else {}
        said = {name: text for name, text in line.said.items() if text or line.mark}
        seen = line.mark.seen if line.mark else str(now.revision if now else 0)
        values = {**figures, **said, "seen": seen}
        typed |= {f"r{number}-{name}": text for name, text in values.items()}
        told[number] = (*line.faults, *line.doubts)
    return typed, told


def without_the_unread(lines: SpendingLines) -> SpendingLines:
    """LINES in which a row that has a cell that cannot be read is left, with that reason."""
    kept = {number: line for number, line in lines.by_activity.items() if not line.faults}
    unread = [line for line in lines.by_activity.values() if line.faults]
    left = [*lines.left, *(Left(line, " ".join(line.faults)) for line in unread)]
    return replace(lines, by_activity=kept, left=left)
