"""A spreadsheet that is text: which signs it is written in, and what stands between two cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from accounts.spreadsheets.cells import Row, Sheet, SpreadsheetRefused
from accounts.spreadsheets.limits import Extent

SEPARATORS: Final = (",", ";", "\t")
SAMPLE: Final = 100
SAID: Final = re.compile(r"sep=([,;\t])\r?\n")
"""Excel's own first line, which names the separator and is no row of the sheet."""

BINARY: Final = re.compile("[\x00-\x08\x0e-\x1a]")


def text_sheet(content: bytes) -> Sheet:
    """CONTENT as one sheet. SpreadsheetRefused for what is no text, and for an open quotation."""
    text = decoded(content)
    if BINARY.search(text):
        raise SpreadsheetRefused(_("no es una hoja de cálculo: no se reconoce su contenido."))
    said = SAID.match(text)
    separator = said[1] if said else _separator(text)
    extent = Extent("")
    rows: list[Row] = []
    body = f"\n{text[said.end() :]}" if said else text
    for number, cells in _lines(body, separator):
        filled = [at for at, cell in enumerate(cells) if cell.strip()]
        if filled:
            extent.reaches(number, filled[-1], len(filled))
            rows.append(Row(number, tuple(cells[: filled[-1] + 1])))
    return Sheet("", tuple(rows))


def decoded(content: bytes) -> str:
    """CONTENT as text: by its byte order mark, else UTF-8, else as Windows writes in Spanish."""
    marks = (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    )
    for mark, encoding in marks:
        if content.startswith(mark):
            return content.decode(encoding, "replace")
    for encoding in ("utf-8", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _separator(text: str) -> str:
    """What parts most lines of TEXT into equally many cells."""
    sample = "".join(islice(io.StringIO(text, newline=""), SAMPLE))

    def cells_in_step(separator: str) -> int:
        lines = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        try:
            widths = Counter(len(cells) for cells in lines if len(cells) > 1)
        except csv.Error:
            return 0
        return max((width * count for width, count in widths.items()), default=0)

    return max(SEPARATORS, key=cells_in_step)


def _lines(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row and the number that a spreadsheet gives it."""
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, start=1):
            yield number, cells
    except csv.Error:
        reason = _("fila %s: unas comillas no se cierran, o siguen letras después de ellas.")
        raise SpreadsheetRefused(reason % (number + 1)) from None
