"""The words of a source: where one may cut them, put them together again, and find them."""

import re
from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.draft import Spans
from plans.importers.faults import Where
from plans.importers.mending.arranging import MendRefused
from plans.importers.outline import Item
from plans.source_text import NotInDocument, Place, SourceText, bare, left_of, overlaps

WORD: Final = re.compile(r"\S+")
MARKUP: Final = re.compile(r"</?(?:p|br|b|i|u|em|strong|su[bp])\s*/?>|\*\*|\f", re.IGNORECASE)
BLANK_LINES: Final = re.compile(r"\n\s*\n")
ROW_ENDS: Final = re.compile(r"\t*\n\t*")
CELLS_END: Final = re.compile(r" *\t[\t ]*")
AROUND: Final = 160
"""How many characters of its surroundings a text is shown with, at each side."""


def word_starts(item: Item, source: SourceText) -> list[tuple[int, str]]:
    """Where each word of ITEM begins in SOURCE, and the word, free of markup."""
    found = []
    for start, end in item.spans:
        for word in WORD.finditer(source.text, start, end):
            if shown := source.quoted([word.span()]):
                found.append((word.start(), shown))
    return found


def cut(item: Item, at: int, source: SourceText) -> tuple[Spans, Spans]:
    """The spans of ITEM before its word at the offset AT, and from it on.

    MendRefused where no word begins there, or it is the first.
    """
    if at not in {start for start, _word in word_starts(item, source)[1:]}:
        raise MendRefused(_("Elija la palabra con la que empieza el segundo texto."))
    spans = item.spans
    before = [[start, min(end, at)] for start, end in spans if start < at]
    after = [[max(start, at), end] for start, end in spans if end > at]
    trimmed = [[start, start + len(source.text[start:end].rstrip())] for start, end in before]
    return [span for span in trimmed if source.quoted([span])], after


def joined(spans: Spans, source: SourceText) -> Spans:
    """SPANS in their order, as one where nothing but white space and markup lies between two."""
    found: Spans = []
    for start, end in spans:
        if found and found[-1][1] <= start and not bare(source.text[found[-1][1] : start]):
            found[-1] = [found[-1][0], end]
        else:
            found.append([start, end])
    return found


def between(spans: Spans, first: Item, last: Item) -> Spans:
    """What of SPANS lies from where the words of FIRST begin to where those of LAST end."""
    start, end = min(first.spans)[0], max(last.spans)[1]
    return left_of(spans, left_of(spans, [[start, end]]))


def find(
    words: str, source: SourceText, items: Iterable[Item], line: int = 0
) -> tuple[Spans, Where]:
    """Where WORDS stand in SOURCE (from LINE on), word for word, and no item has them yet.

    MendRefused where they do not stand there, or each place is taken.
    """
    taken = [(start, end, item) for item in items for start, end in all_spans(item)]
    if not bare(words):
        raise MendRefused(_("Escriba las palabras tal como están en el documento."))
    place = Place(line or 1, source.line_count, 1)
    owner: Item | None = None
    while True:
        try:
            spans = source.locate(words, (place,))
        except (NotInDocument, IndexError) as fault:
            raise MendRefused(_not_found(owner, fault)) from fault
        start, end = min(spans)[0], max(spans)[1]
        owner = next((each for low, high, each in taken if low < end and start < high), None)
        if owner is None:
            return [list(span) for span in spans], place_of(start, source)
        place = _after(start, source)


def find_near(
    words: str, source: SourceText, items: Iterable[Item], line: int, *, is_fixed: bool
) -> Spans:
    """Where `find` finds WORDS from LINE on; and else from the beginning, unless it IS_FIXED."""
    rows = [*items]
    try:
        return find(words, source, rows, line)[0]
    except MendRefused:
        if is_fixed:
            raise
        return find(words, source, rows)[0]


def place_of(offset: int, source: SourceText) -> Where:
    """The line, and the page where the source has pages, of an offset, in words."""
    line = source.line_of(offset)
    page = page_of(offset, source.text)
    shown = {"page": page, "line": line}
    words = _("página %(page)s, línea %(line)s") if page else _("línea %(line)s")
    return Where(line, words % shown)


def page_of(offset: int, text: str) -> int:
    """The page of an offset, from 1; 0 where the text has no pages."""
    return text.count("\f", 0, offset) + 1 if "\f" in text else 0


def excerpt(text: str, spans: Spans) -> list[tuple[str, bool]]:
    """SPANS of TEXT in their surroundings, a line before and after: pieces, and which are theirs.

    What lies far between two of them is left out. A row of cells is shown alone, without those that
    are empty: what a cell says is said by its row.
    """
    pieces: list[tuple[str, bool]] = []
    done: int | None = None
    for start, end in sorted(spans):
        if done is None:
            first = _line_before(text, start)
            cut_off = "…" if first and text[first - 1] != "\n" else ""
            pieces.append((f"{cut_off}{text[first:start]}", False))
        elif start - done > 2 * AROUND:
            pieces += [(f"{text[done : done + AROUND]}…\n…", False)]
            pieces.append((text[start - AROUND : start], False))
        else:
            pieces.append((text[done:start], False))
        pieces.append((text[start:end], True))
        done = end
    if done is not None:
        last = _line_after(text, done)
        cut_off = "…" if text[last : last + 1].strip() else ""
        pieces.append((f"{text[done:last]}{cut_off}", False))
    if pieces:
        pieces[0] = (pieces[0][0].lstrip("\t"), pieces[0][1])
        pieces[-1] = (pieces[-1][0].rstrip("\t"), pieces[-1][1])
    plain = [(_plain(piece), own) for piece, own in pieces]
    return [(BLANK_LINES.sub("\n", piece), own) for piece, own in plain if piece]


def _plain(piece: str) -> str:
    """PIECE without markup, its cells told apart and the empty ones left out."""
    within_rows = ROW_ENDS.sub("\n", MARKUP.sub("", piece))
    return CELLS_END.sub(" · ", within_rows)


def numbered_lines(
    text: str, items: Iterable[Item]
) -> Iterator[tuple[int, list[tuple[str, Item | None]]]]:
    """The lines of TEXT that hold words, from 1: pieces, and the item that takes each.

    Where a target is divided the words of a measure are that measure's.
    """
    waiting = deque(sorted(_claims(items), key=lambda claim: claim[:2]))
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        end = start + len(line)
        pieces: list[tuple[str, Item | None]] = []
        while start < end:
            while waiting and waiting[0][1] <= start:
                waiting.popleft()
            low, high, item = waiting[0] if waiting else (end, end, None)
            stop = min(end, high) if low <= start else min(end, low)
            piece = MARKUP.sub("", text[start:stop]).replace("\t", " · ")
            if piece.strip():
                pieces.append((piece, item if low <= start else None))
            start = stop
        if pieces:
            yield number, pieces
        start = end + 1


def shared_words(items: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """Pairs of ITEMS, in their order, that take the same words of the source.

    What divides a target takes its words, and they are not shared.
    """
    keyed = {item.key: item for item in items}
    places = {item.key: place for place, item in enumerate(items)}
    above = {
        item.key: item.parent
        for item in items
        if item.parent in keyed and _may_divide(item, keyed[item.parent])
    }
    claims = [((start, end), item.key) for item in items for start, end in all_spans(item)]
    for pair in overlaps(claims, above):
        earlier, later = sorted(pair, key=places.__getitem__)
        yield keyed[earlier], keyed[later]


def _may_divide(item: Item, parent: Item) -> bool:
    return item.level == parent.level == Level.TARGET


def _claims(items: Iterable[Item]) -> Iterator[tuple[int, int, Item]]:
    """The words that each takes, without those that a measure takes of its target."""
    keyed = {item.key: item for item in items}
    below: dict[int, Spans] = defaultdict(list)
    for item in keyed.values():
        if item.parent in keyed and _may_divide(item, keyed[item.parent]):
            below[item.parent] += all_spans(item)
    for item in keyed.values():
        for start, end in left_of(all_spans(item), below[item.key]):
            yield start, end, item


def _is_row(text: str, at: int) -> bool:
    """Whether the line of AT is written as cells, with a tab between two."""
    end = text.find("\n", at)
    start = text.rfind("\n", 0, at) + 1
    return "\t" in text[start : end if end >= 0 else len(text)]


def _line_before(text: str, at: int) -> int:
    """Where the last line that holds words before that of AT begins, or AROUND it."""
    line = text.rfind("\n", 0, at) + 1
    if _is_row(text, at):
        return max(line, at - 2 * AROUND)
    above = text[:line].rstrip()
    before = above.rfind("\n") + 1
    return max(before, line - AROUND, at - 2 * AROUND, 0)


def _line_after(text: str, at: int) -> int:
    """Where the next line that holds words after that of AT ends, or AROUND it."""
    line = text.find("\n", at)
    if line < 0 or _is_row(text, at):
        return min(line if line >= 0 else len(text), at + 2 * AROUND)
    below = line + len(text[line : line + AROUND]) - len(text[line : line + AROUND].lstrip())
    after = text.find("\n", below)
    return min(after if after >= 0 else len(text), at + 2 * AROUND)


def _not_found(owner: Item | None, fault: Exception) -> str:
    if owner:
        return _("Esas palabras ya son de «%s».") % owner.statement[:60]
    if isinstance(fault, NotInDocument):
        return str(fault)
    return _("El documento no tiene esa línea.")


def _after(start: int, source: SourceText) -> Place:
    """From the character after START to the end of the document."""
    line = source.line_of(start)
    line_start = source.text.rfind("\n", 0, start) + 1
    return Place(line, source.line_count, start - line_start + 2)


def all_spans(item: Item) -> Spans:
    """The words of the source that ITEM takes: its statement's, and its indicator's."""
    return [*item.spans, *item.indicator_spans]
