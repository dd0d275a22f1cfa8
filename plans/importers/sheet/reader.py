"""A plan in a spreadsheet: the columns of the electoral authority's form, however they are called.

The headings may stand in any order and in two rows, a sheet or a row of its own may name the
dimension, and a blank or merged cell means what the one above it says.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from accounts.spreadsheets.cells import Row, Sheet, SpreadsheetRefused
from accounts.spreadsheets.reading import read_workbook
from plans.choices import Level
from plans.importers.draft import Spans, TermsDraft
from plans.importers.faults import Where, refusal_of
from plans.importers.form_rows import Cell, FormRows, Said
from plans.importers.outline import About, Doubt, DoubtKind, Item, Outline, Source
from plans.importers.printed.labels import dimension_of, kind_of, plain_words
from plans.importers.printed.placeholders import states_nothing
from plans.importers.sheet.headings import STATED, Beside, Column, Headings, headings_of
from plans.importers.sheet.preamble import term_in, told
from plans.importers.sheet.template import EXAMPLE
from plans.importers.sheet.titles import Titles
from plans.importers.transcript import Transcript, cleaned
from plans.source_text import SourceText

INSTRUCTIONS: Final = "instrucciones"
MOST_ASIDE: Final = 20


def read(content: bytes, name: str) -> Outline:
    """The plan in CONTENT, a spreadsheet called NAME. Raises FileRefused where there is none."""
    try:
        workbook = read_workbook(content, name)
    except SpreadsheetRefused as refused:
        raise refusal_of(_("hoja de cálculo"), refused.reason) from None
    reading = _Reading(workbook.sheets)
    for sheet in workbook.sheets:
        reading.read(sheet)
    if not reading.has_table:
        raise refusal_of(_("encabezados"), _unknown())
    text = reading.transcript.text
    source = Source(name, "sheet", hashlib.sha256(content).hexdigest(), text)
    items = reading.rows.finished(SourceText(text))
    notes = (*(Doubt(DoubtKind.ASIDE, note) for note in workbook.notes), *reading.aside)
    return Outline(source, reading.about, items, notes[:MOST_ASIDE])


def _unknown() -> str:
    return _(
        "ninguna hoja tiene encabezados que se reconozcan. Escriba en una fila, en cualquier "
        "orden: Dimensión, Problema identificado, Objetivo estratégico, Indicador, Meta; también "
        "Programa, Proyecto o Actividad, Código, Unidad de medida, Línea de base o Lineamiento."
    )


class _Reading:
    """A workbook while its sheets are read, one after the other."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._titles = Titles(sheets)
        self.transcript = Transcript()
        self.rows = FormRows()
        self.about = About()
        self.aside: list[Doubt] = []
        self.has_table = False
        self._dimension_said = ""

    def read(self, sheet: Sheet) -> None:
        if plain_words(sheet.name) == INSTRUCTIONS:
            return
        headings = headings_of(sheet)
        if sheet.name:
            self._name(sheet, headings)
        for row in sheet.rows:
            spans = self.transcript.line(*(cleaned(cell) for cell in row.cells))
            if headings is None or row.number < headings.first:
                self._tell(sheet, row, spans)
            elif row.number > headings.last and not headings.is_repeated_by(row):
                self._take(sheet, headings, row, spans)
        if headings:
            self.has_table = True
            self._set_aside(sheet, headings)
        elif sheet.rows and self.has_table:
            reason = _("La hoja «%s» no tiene encabezados que se reconozcan.") % sheet.name
            self.aside.append(Doubt(DoubtKind.ASIDE, reason))

    def _name(self, sheet: Sheet, headings: Headings | None) -> None:
        """A sheet that is called as a dimension holds it."""
        [spans] = self.transcript.line(cleaned(sheet.name))
        self.about = replace(self.about, term=self.about.term or term_in(sheet.name))
        self._dimension_said = ""
        kind = self._titles.kind_of_sheet(sheet, headings)
        if kind is not None and spans:
            where = Where(self.transcript.line_number, _("hoja «%s»") % sheet.name)
            self.rows.begin_dimension(sheet.name, kind, spans, where)

    def _tell(self, sheet: Sheet, row: Row, spans: list[Spans]) -> None:
        if not self._is_title(sheet, row, spans):
            self.about = told(self.about, zip(map(cleaned, row.cells), spans, strict=True))

    def _is_title(self, sheet: Sheet, row: Row, spans: list[Spans]) -> bool:
        """Whether ROW is the title of a dimension, alone in it, and what follows is of that one."""
        filled = [at for at, cell in enumerate(row.cells) if cell]
        if len(filled) != 1:
            return False
        text = cleaned(row.cells[filled[0]])
        kind = self._titles.kind_of(text)
        if kind is None:
            return False
        where = self._where(sheet, row, filled[0])
        self._dimension_said = text
        self.rows.begin_dimension(text, kind, spans[filled[0]], where)
        return True

    def _take(self, sheet: Sheet, headings: Headings, row: Row, spans: list[Spans]) -> None:
        is_example = any(cell.startswith(EXAMPLE) for cell in row.cells)
        if is_example or self._is_title(sheet, row, spans):
            return
        for column in headings.of(Level.DIMENSION):
            self._begin(sheet, row, column, spans)
        texts = {column.at: cleaned(row.at(column.at)) for column in headings.columns}
        cells = list(self._cells(sheet, headings, row, spans))
        indicators = [column for column in headings.of(Beside.INDICATOR) if texts[column.at]]
        indicator = next((self._cell(sheet, row, at, spans) for at in indicators), None)
        said = Said(
            indicator=indicator,
            cui=_only(texts, headings.of(Beside.CUI)),
            heading=_only(texts, headings.of(Beside.FIELD)),
        )
        added = self.rows.add_row(cells, said)
        self._measure(texts, headings, added)

    def _begin(self, sheet: Sheet, row: Row, column: Column, spans: list[Spans]) -> None:
        text = cleaned(row.at(column.at))
        is_same = row.at(column.at) == self._dimension_said
        self._dimension_said = row.at(column.at)
        if not is_same and not states_nothing(text):
            kind = (dimension_of(text) or ("", False))[0]
            where = self._where(sheet, row, column.at)
            self.rows.begin_dimension(text, kind, spans[column.at], where)

    def _cells(
        self, sheet: Sheet, headings: Headings, row: Row, spans: list[Spans]
    ) -> Iterator[Cell]:
        stated = [column for column in headings.columns if column.role in STATED]
        targets = [column for column in stated if column.role == Level.TARGET]
        for column in stated:
            cell = self._cell(sheet, row, column, spans)
            if column.role == Level.TARGET and len(targets) > 1 and cell.text:
                reason = _("Está bajo «%s».") % column.heading
                cell = replace(cell, doubts=(Doubt(DoubtKind.FIGURES, reason),))
            code = _code_before(headings.columns, column)
            if code is not None:
                cell = replace(cell, code=" ".join(cleaned(row.at(code.at)).split()))
            yield replace(cell, kind=_kind(headings, column, row))

    def _cell(self, sheet: Sheet, row: Row, column: Column, spans: list[Spans]) -> Cell:
        at = column.at
        origin = sheet.merged.get((row.number, at))
        level = column.role if column.role in STATED else Level.TARGET
        name = (sheet.name, row.number, at)
        return Cell(
            level=level,
            text=cleaned(row.at(at)),
            spans=spans[at] if at < len(spans) else [],
            where=self._where(sheet, row, at),
            column=at,
            name=name,
            same_as=(sheet.name, *origin) if origin and origin[0] < row.number else None,
        )

    def _where(self, sheet: Sheet, row: Row, at: int) -> Where:
        return Where(self.transcript.line_number, sheet.place(row.number, at))

    def _measure(self, texts: dict[int, str], headings: Headings, added: Sequence[Item]) -> None:
        """What a row says of its target beside it: the unit; where things stood."""
        targets = [item.key for item in added if item.level == Level.TARGET]
        unit, baseline = (
            _only(texts, headings.of(each)) for each in (Beside.UNIT, Beside.BASELINE)
        )
        if len(targets) != 1:
            return
        item = self.rows.items[targets[0]]
        if unit:
            item = replace(item, terms=TermsDraft(unit_of_measure=unit[:80]))
        if baseline:
            reason = _("La fila dice como línea de base «%s».") % baseline[:80]
            item = replace(item, doubts=(*item.doubts, Doubt(DoubtKind.BASELINE, reason)))
        self.rows.items[targets[0]] = item

    def _set_aside(self, sheet: Sheet, headings: Headings) -> None:
        """Say what of a table was not taken: columns nobody knows, formulas without a value."""
        for column in headings.unknown:
            if any(row.at(column.at) for row in sheet.rows if row.number > headings.last):
                reason = _("No se reconoció la columna «%s».") % column.heading[:60]
                self.aside.append(Doubt(DoubtKind.ASIDE, reason))
        for row, at in sorted(sheet.unread)[:MOST_ASIDE]:
            reason = _("%s: una fórmula sin valor guardado no se calcula.") % sheet.place(row, at)
            self.aside.append(Doubt(DoubtKind.ASIDE, reason))


def _only(texts: dict[int, str], columns: Sequence[Column]) -> str:
    """What the first of COLUMNS that states something says, on one line."""
    said = (" ".join(texts[column.at].split()) for column in columns)
    return next((text for text in said if not states_nothing(text)), "")


def _code_before(columns: Sequence[Column], column: Column) -> Column | None:
    """The column of codes that stands right before COLUMN."""
    before = [each for each in columns if each.at < column.at]
    return before[-1] if before and before[-1].role == Beside.CODE else None


def _kind(headings: Headings, column: Column, row: Row) -> str:
    """What sort of activity a row states: its column of kinds says so, or the heading."""
    if column.role != Level.ACTIVITY:
        return ""
    for kinds in headings.of(Beside.KIND):
        if kind := kind_of(cleaned(row.at(kinds.at))):
            return kind
    words = plain_words(column.heading)
    is_one = not any(sign in words for sign in (",", "/", " o ", " y "))
    return kind_of(words) if is_one else ""
