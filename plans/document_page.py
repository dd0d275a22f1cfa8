"""The original document, line by line, with what the plan's elements quote from it."""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from plans.models import PlanElement
from plans.source_text import SourceText, left_of


@dataclass(frozen=True)
class Piece:
    """A run of text, free of markup, and the element that quotes it, from its start or later."""

    text: str
    element: PlanElement | None = None
    is_start: bool = False


@dataclass(frozen=True)
class DocumentLine:
    """A line of the document by its number, as table cells; most lines are one cell."""

    number: int
    cells: list[list[Piece]]
    is_heading: bool

    @property
    def quotes(self) -> bool:
        return any(piece.element for cell in self.cells for piece in cell)

    @property
    def is_row(self) -> bool:
        return len(self.cells) > 1


@dataclass(frozen=True)
class Quote:
    """Where an element's words stand; one of several where the statement is in fragments."""

    start: int
    end: int
    element: PlanElement
    is_start: bool


def document_lines(text: str, elements: Iterable[PlanElement]) -> Iterator[DocumentLine]:
    """The lines of TEXT that hold words, with the spans of ELEMENTS marked in them.

    Markup that the extraction left is not shown. Spans overlap only where a target is divided into
    others (``verify_plans``): there the words are marked as those of the smaller one.
    """
    source = SourceText(text)
    quotes = deque(sorted(_quotes(elements), key=lambda quote: quote.start))
    start = 0
    for number, raw in enumerate(text.split("\n"), start=1):
        cells: list[list[Piece]] = []
        for cell in raw.split("\t"):
            end = start + len(cell)
            if pieces := list(_pieces(source, start, end, quotes)):
                cells.append(pieces)
            start = end + 1
        if cells:
            yield DocumentLine(number, cells, raw.lstrip().startswith(("#", "**")))


def _quotes(elements: Iterable[PlanElement]) -> Iterator[Quote]:
    """The place of each of ELEMENTS, without the words that one below it takes of it."""
    rows = list(elements)
    below: dict[int, list[list[int]]] = defaultdict(list)
    for each in rows:
        if each.parent_id and each.level == each.parent_level:
            below[each.parent_id] += each.quoted_spans
    for element in rows:
        pieces = element.quoted_spans
        if element.pk in below:
            pieces = left_of(pieces, below[element.pk])
        for index, (start, end) in enumerate(pieces):
            yield Quote(start, end, element, index == 0)


def _pieces(source: SourceText, start: int, end: int, quotes: deque[Quote]) -> Iterator[Piece]:
    """The text from START to END, cut where a quote begins or ends. Uses up QUOTES."""
    while start < end:
        while quotes and quotes[0].end <= start:
            quotes.popleft()
        quote = quotes[0] if quotes and quotes[0].start < end else None
        if quote is None:
            piece, stop = Piece(source.quoted([(start, end)])), end
        elif quote.start > start:
            piece, stop = Piece(source.quoted([(start, quote.start)])), quote.start
        else:
            stop = min(end, quote.end)
            is_start = quote.is_start and start == quote.start
            piece = Piece(source.quoted([(start, stop)]), quote.element, is_start)
        if piece.text:
            yield piece
        start = stop


def surroundings(text: str, element: PlanElement) -> list[DocumentLine]:
    """The lines that ELEMENT stands in and one on each side; a table's row is context enough."""
    lines = list(document_lines(text, [element]))
    quoting = [index for index, line in enumerate(lines) if line.quotes]
    if not quoting:
        return []
    first, last = quoting[0], quoting[-1]
    around = 0 if lines[first].is_row else 1
    return lines[max(first - around, 0) : last + around + 1]
