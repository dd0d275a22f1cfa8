"""The text of a plan's document, line by line, in which what was promised leads to its page.

A document has hundreds of lines: they are written here and not in a template, and escaped.
"""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from plans.document_page import DocumentLine, Piece


def document_text(lines: Iterable[DocumentLine]) -> SafeString:
    """LINES as items of a list, on a page right below that of their plan."""
    return format_html_join("", "{}", ((_line(line),) for line in lines))


def _line(line: DocumentLine) -> SafeString:
    cells = format_html_join("", _cell_of(line), ((_text(cell),) for cell in line.cells))
    if line.is_row:
        cells = format_html('<div class="document-row">{}</div>', cells)
    return format_html('<li id="L{0}"><a href="#L{0}">{0}</a>{1}</li>', line.number, cells)


def _cell_of(line: DocumentLine) -> str:
    return "<h2>{}</h2>" if line.is_heading else "<p>{}</p>"


def _text(cell: Iterable[Piece]) -> SafeString:
    return format_html_join(" ", "{}", ((_piece(piece),) for piece in cell))


def _piece(piece: Piece) -> SafeString | str:
    if piece.element is None:
        return piece.text
    ref = piece.element.ref
    if not piece.is_start:
        return format_html('<a class="promise" href="../{}/">{}</a>', ref, piece.text)
    return format_html(
        '<a class="promise" href="../{0}/" id="{0}">{1}</a> <span class="code">[{0}]</span>',
        *(ref, piece.text),
    )
