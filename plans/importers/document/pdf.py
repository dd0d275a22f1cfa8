"""PDF: its text page by page, tables by their ruling lines, else by where the words stand.

What is active in a PDF (scripts, links, attachments) is never opened: only letters and lines are.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as api
from django.utils.translation import gettext as _

from plans.importers.document.blocks import Block, Document, is_page_number
from plans.importers.document.pdf_columns import table_by_place
from plans.importers.document.pdf_flow import paragraphs
from plans.importers.document.pdf_habits import Habits, habits_of
from plans.importers.document.pdf_page import Line, Page, lines_of
from plans.importers.document.pdf_tables import Grid, grids_of
from plans.importers.document.writing import Writing
from plans.importers.faults import Where, refusal_of
from plans.importers.printed.labels import dimension_of, label_of
from plans.importers.printed.numbering import leading

MAX_PAGES: Final = 600
FEWEST_LETTERS: Final = 8  # a page, on average; fewer are the page numbers of a scan
_Loose = tuple[list[Line], list[Grid]]
EDGE: Final = 3
"""How many lines at the top and at the bottom of a page may be the header and the footer."""


def pdf_document(content: bytes, name: str) -> Document:
    """The document that CONTENT is; raises FileRefused where it cannot be read as text."""
    pages = list(_pages(content, name))
    loose = [_loose_lines(page) for page in pages]
    edges = _page_edges(pages, [lines for lines, _grids in loose])
    if _letters(loose, edges) < FEWEST_LETTERS * len(pages):
        reason = _(
            "no tiene texto: sus páginas son imágenes. Pase el archivo por un reconocedor de texto "
            "(OCR), o escriba el plan en una hoja o en un documento."
        )
        raise refusal_of(name, reason)
    return _written(loose, edges, habits_of(pages, [lines for lines, _grids in loose]))


def _letters(loose: Sequence[_Loose], edges: frozenset[str]) -> int:
    """How many letters stand in the pages, but for what stands on each of them."""
    return sum(
        sum(len(line.text) for line in lines if _edge_key(line.text) not in edges)
        + sum(len(grid.words) for grid in grids)
        for lines, grids in loose
    )


def _pages(content: bytes, name: str) -> Iterator[Page]:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as fault:
        reason = _("está cortado o dañado: no se puede abrir.")
        if api.FPDF_GetLastError() == api.FPDF_ERR_PASSWORD:
            reason = _("tiene contraseña: guárdelo sin ella.")
        raise refusal_of(name, reason) from fault
    try:
        if len(document) > MAX_PAGES:
            shown = {"pages": len(document), "most": MAX_PAGES}
            reason = _(
                "tiene %(pages)s páginas, y se leen hasta %(most)s: envíe solo las del plan."
            )
            raise refusal_of(name, reason % shown)
        if not len(document):
            raise refusal_of(name, _("no tiene páginas."))
        for number in range(len(document)):
            try:
                page = document[number]
                yield Page(page)
                page.close()
            except pdfium.PdfiumError as fault:
                where = Where(number + 1, _("página %s") % (number + 1))
                raise refusal_of(name, _("no se puede leer."), where) from fault
    finally:
        with suppress(pdfium.PdfiumError):
            document.close()


@dataclass(frozen=True)
class _Piece:
    """A table or a run of lines, and where on the page it begins."""

    top: float
    grid: Grid | None
    lines: tuple[Line, ...] = ()


class _Sheet(NamedTuple):
    """A page by its number in words, and where its full lines end."""

    where: Where
    margin: float


def _written(loose: Sequence[_Loose], edges: frozenset[str], habits: Habits) -> Document:
    writing = Writing()
    columns: Sequence[float] = ()
    for number, (lines, grids) in enumerate(loose, 1):
        if number > 1:
            writing.page()
        margin = max((line.right for line in lines), default=0.0)
        page = _Sheet(Where(number, _("página %s") % number), margin)
        for piece in _in_order(lines, grids, edges):
            if piece.grid is not None:
                _write_grid(writing, piece.grid, page.where, habits)
                columns = ()
            elif piece.lines and _edge_key(piece.lines[0].text) in edges:
                writing.leave_out(piece.lines[0].text)
            else:
                columns = _write_lines(writing, piece.lines, page, habits, columns)
    return writing.document()


def _loose_lines(page: Page) -> _Loose:
    """The lines outside of tables, and the tables."""
    grids = grids_of(page)
    held = frozenset[int]().union(*(grid.words for grid in grids))
    return lines_of([word for word in page.words if id(word) not in held]), grids


def _in_order(
    lines: Sequence[Line], grids: Sequence[Grid], edges: frozenset[str]
) -> Iterator[_Piece]:
    """The tables and the runs of lines between them, from the top."""
    waiting = list(grids)
    run: list[Line] = []
    for line in lines:
        while waiting and waiting[0].top < line.top:
            if run:
                yield _Piece(run[0].top, None, tuple(run))
                run = []
            yield _Piece(waiting[0].top, waiting.pop(0))
        if _edge_key(line.text) in edges:
            if run:
                yield _Piece(run[0].top, None, tuple(run))
                run = []
            yield _Piece(line.top, None, (line,))
        else:
            run.append(line)
    if run:
        yield _Piece(run[0].top, None, tuple(run))
    for grid in waiting:
        yield _Piece(grid.top, grid)


def _write_grid(writing: Writing, grid: Grid, where: Where, habits: Habits) -> None:
    for row in grid.rows:
        writing.write([habits.text_of(cell) for cell in row], Block((), where, is_row=True))


def _write_lines(
    writing: Writing, lines: Sequence[Line], page: _Sheet, habits: Habits, columns: Sequence[float]
) -> Sequence[float]:
    """Write LINES; a table in COLUMNS may go on with the first. The columns of one at their end."""
    rest = list(lines)
    while rest:
        table = table_by_place(rest, habits, columns)
        columns = table.columns
        for row in table.rows:
            writing.write(row, Block((), page.where, is_row=True))
        before = [] if table.rows else rest[: table.taken]
        for paragraph in paragraphs(before, habits, page.margin):
            if paragraph.after_gap:
                writing.gap()
            block = Block(
                (),
                page.where,
                rank=paragraph.rank,
                indent=paragraph.indent,
                is_bold=paragraph.is_bold,
            )
            writing.write([paragraph.lines], block)
        rest = rest[table.taken :]
    return columns


def _page_edges(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> frozenset[str]:
    """What stands again and again at the top or the bottom of pages, but for their numbers."""
    times: Counter[str] = Counter()
    for own, page in zip(lines, pages, strict=True):
        near = [
            line
            for line in (*own[:EDGE], *own[-EDGE:])
            if (line.bottom < 0.15 * page.height or line.top > 0.85 * page.height)
            and not _is_of_plan(line.text)
        ]
        times.update({_edge_key(line.text) for line in near})
    least = max(2, min(3, len(pages) // 2 + 1))
    return frozenset(text for text, count in times.items() if count >= least)


def _is_of_plan(text: str) -> bool:
    """An item of a list, a label ("Acciones:") or a dimension comes again, and is no header."""
    is_said = label_of(text) is not None or dimension_of(text) is not None
    return is_said or (bool(leading(text).mark) and not is_page_number(text))


def _edge_key(text: str) -> str:
    """TEXT without its figures: "Página 3 de 12" is one on all pages."""
    return "".join("#" if letter.isdigit() else letter for letter in text).replace("##", "#")
