"""Which titles of a workbook are those of dimensions: names of its sheets, and rows of their own.

A dimension in the plan's own words is known by its company: the workbook calls others so, too.
"""

import re
from collections.abc import Sequence
from typing import Final

from accounts.spreadsheets.cells import Sheet
from plans.choices import Level
from plans.importers.printed.labels import dimension_of, own_title_word, plain_words, title_word
from plans.importers.sheet.headings import Headings
from plans.importers.transcript import cleaned

_NAMES_NOTHING: Final = re.compile(
    r"(?:hoja|sheet|tabla|plan|matriz|formato|anexo|datos|resumen|propuestas?|metas?)"
    r"[0-9]*\b.*|[0-9. ]*"
)


class Titles:
    """Those of SHEETS. A kind is "" for a dimension of the plan's own, None for what is none."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        alone = (
            next(filter(None, row.cells))
            for sheet in sheets
            for row in sheet.rows
            if sum(map(bool, row.cells)) == 1
        )
        names = [sheet.name for sheet in sheets]
        self._are_dimensions = any(dimension_of(name) for name in names)
        self._words = {title_word(cleaned(text)) for text in (*names, *alone)} - {""}

    def kind_of(self, text: str) -> str | None:
        """That of the dimension whose title TEXT is, alone in its row."""
        found = dimension_of(text)
        if found and (found[0] or found[1]):
            return found[0]
        return "" if own_title_word(text) in self._words else None

    def kind_of_sheet(self, sheet: Sheet, headings: Headings | None) -> str | None:
        """That of the dimension by which SHEET is called: "Cultura" beside "Social" is one."""
        kind = self.kind_of(sheet.name)
        if kind is not None or not self._are_dimensions or headings is None:
            return kind
        is_said_inside = bool(headings.of(Level.DIMENSION))
        is_other = is_said_inside or _NAMES_NOTHING.fullmatch(plain_words(sheet.name))
        return None if is_other else ""
