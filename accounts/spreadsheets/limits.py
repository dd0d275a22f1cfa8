"""How much of a spreadsheet is read: refused, with a sentence, before it costs memory."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from accounts.spreadsheets.cells import SpreadsheetRefused

MAX_BYTES: Final = 20_000_000
MAX_MEMBERS: Final = 2_000
MAX_EXPANDED: Final = 200_000_000
MAX_SHEETS: Final = 50
MAX_ROWS: Final = 50_000
MAX_COLUMNS: Final = 256
MAX_CELLS: Final = 2_000_000
MAX_CHARACTERS: Final = 32_767
MAX_TEXT: Final = 20_000_000
"""Characters of a sheet: a text that is stored once may stand in every cell."""


@dataclass
class Extent:
    """How far the cells of a sheet that hold something reach, and how many they are."""

    sheet: str
    rows: int = 0
    columns: int = 0
    cells: int = 0
    characters: int = 0

    def reaches(self, row: int, column: int, count: int = 1, length: int = 0) -> None:
        """A cell that holds LENGTH characters stands in ROW, from 1, and COLUMN, from 0.

        COUNT is how often it stands there, repeated up to that place.
        """
        self.rows = max(self.rows, row)
        self.columns = max(self.columns, column + 1)
        self.cells += count
        self.characters += count * length
        if self.rows > MAX_ROWS:
            self._refuse(_("tiene algo escrito en la fila %s"), row, MAX_ROWS, _("filas"))
        if self.columns > MAX_COLUMNS:
            reason = _("tiene algo escrito en la columna número %s")
            self._refuse(reason, column + 1, MAX_COLUMNS, _("columnas"))
        if max(self.cells, self.rows * self.columns) > MAX_CELLS:
            reason = _("abarca más celdas (%s) de las que se leen")
            self._refuse(reason, self.rows * self.columns, MAX_CELLS, _("celdas"))

        if self.characters > MAX_TEXT:
            self._refuse(_("tiene demasiado texto hasta la fila %s"), row, MAX_TEXT, _("letras"))

    def _refuse(self, reason: str, found: int, limit: int, what: str) -> None:
        where = _("la hoja «%s»") % self.sheet if self.sheet else _("el archivo")
        rest = _("se leen hasta %(limit)s %(what)s. Borre lo que sobra y súbalo otra vez.")
        limits = rest % {"limit": limit, "what": what}
        raise SpreadsheetRefused(f"{where} {reason % found}; {limits}")
