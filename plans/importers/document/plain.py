"""Plain text and Markdown: paragraphs, and tables of tabs, of pipes and of what is left of HTML."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from plans.importers.document.blocks import (
    LONGEST,
    Block,
    Document,
    goes_on,
    is_terminated,
    is_title,
    refuse_if_long,
)
from plans.importers.document.titles import section_of
from plans.importers.faults import at_line, refusal_of
from plans.importers.printed.labels import label_of
from plans.importers.printed.numbering import MARKUP, leading
from plans.importers.transcript import cleaned
from plans.source_text import Span, bare

_HTML_ROW: Final = re.compile(r"<tr\b[^<>]*>", re.IGNORECASE)
_HTML_ROW_END: Final = re.compile(r"</tr\s*>", re.IGNORECASE)
_HTML_CELL: Final = re.compile(r"<t[dh]\b[^<>]*>(.*?)</t[dh]\s*>", re.IGNORECASE | re.DOTALL)
_HTML_FRAME: Final = re.compile(r"(?:\s|</?(?:table|thead|tbody)\b[^>]*>)*\Z", re.IGNORECASE)
_RULER: Final = re.compile(r"[\s|:=+-]*\Z")
_BOLD: Final = re.compile(
    r"\s*(?:\*\*(?:(?!\*\*).)+\*\*|<(b|strong)>(?:(?!</?\1>).)+</\1>)[\s.:]*\Z", re.DOTALL
)


def decoded(content: bytes, name: str) -> str:
    """CONTENT as text: UTF-8, UTF-16 with its mark, else Latin-1 as Windows writes it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise refusal_of(name, _("no es un texto que se pueda leer."))


def plain_document(content: bytes, name: str) -> Document:
    """The document that CONTENT is; raises FileRefused for what is no text."""
    pages = decoded(content, name).split("\f")
    refuse_if_long(sum(map(len, pages)), sum(page.count("\n") for page in pages))
    text = "\f".join(cleaned(page) for page in pages)
    return Document(text, tuple(_joined(text, _blocks(text))), text)


def _blocks(text: str) -> Iterator[Block]:
    at, line = 0, 1
    while opening := _HTML_ROW.search(text, at):
        closing = _HTML_ROW_END.search(text, opening.end())
        if closing is None:
            break
        yield from _lines(text, at, opening.start(), line)
        line += text.count("\n", at, opening.start())
        cells = tuple(
            _trimmed(text, *cell.span(1))
            for cell in _HTML_CELL.finditer(text, opening.end(), closing.start())
        )
        if cells and closing.start() - opening.end() <= LONGEST:
            yield Block(cells, at_line(line), is_row=True)
        line += text.count("\n", opening.start(), closing.end())
        at = closing.end()
    yield from _lines(text, at, len(text), line)


def _lines(text: str, start: int, end: int, line: int) -> Iterator[Block]:
    gap = True
    for found in re.finditer(r"[^\n\f]*(?:[\n\f]|\Z)", text[start:end]):
        written = found[0].rstrip("\n\f")
        if found.start() == found.end() and found.end() == end - start:
            break
        first = start + found.start()
        if len(written) > LONGEST:
            gap = True
        elif not bare(written) or _HTML_FRAME.match(written) or _RULER.match(written):
            gap = gap or not _RULER.match(written) or not written.strip()
        else:
            block = _block(text, first, first + len(written))
            yield replace(block, where=at_line(line), after_gap=gap)
            gap = False
        gap = gap or found[0].endswith("\f")
        line += found[0].count("\n")


def _block(text: str, start: int, end: int) -> Block:
    written = text[start:end]
    if cells := _cells(text, start, end):
        return Block(cells, is_row=True)
    words = _trimmed(text, start, end)
    mark = leading(written).mark
    return Block(
        (words,),
        rank=len(mark) - len(mark.lstrip("#")),
        indent=len(written) - len(written.lstrip(" \t")),
        is_bold=_BOLD.match(written, written.find(mark) + len(mark)) is not None,
    )


def _cells(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The cells of a line that is a row of a table; none for a paragraph."""
    written = text[start:end]
    if written.lstrip().startswith("|") or written.count(" | ") >= 2:
        bar = re.match(r"\s*\|?", written)
        inner = written.rstrip().removesuffix("|")
        return _split(text, start + (bar.end() if bar else 0), start + len(inner), r"(?<!\\)\|")
    if "\t" not in written:
        return ()
    first = written.partition("\t")[0]
    mark = leading(written.lstrip())
    if mark.mark and not bare(re.sub(MARKUP, "", first)).removeprefix(mark.mark):
        return ()  # a bullet or a number, a tab, and its statement
    return _split(text, start, end, "\t")


def _split(text: str, start: int, end: int, separator: str) -> tuple[Span, ...]:
    edges = [start]
    for found in re.finditer(separator, text[start:end]):
        edges += [start + found.start(), start + found.end()]
    edges.append(end)
    return tuple(_trimmed(text, *edges[at : at + 2]) for at in range(0, len(edges), 2))


def _trimmed(text: str, start: int, end: int) -> Span:
    inner = text[start:end]
    start += len(inner) - len(inner.lstrip())
    return start, max(start, end - (len(inner) - len(inner.rstrip())))


def _joined(text: str, blocks: Iterator[Block]) -> Iterator[Block]:
    """BLOCKS, the lines of one paragraph together: a text may be broken at a fixed width."""
    last: Block | None = None
    for block in blocks:
        if last and _is_one(text, last, block):
            last = replace(last, cells=((last.cells[0][0], block.cells[0][1]),))
            continue
        if last:
            yield last
        last = block
    if last:
        yield last


def _is_one(text: str, last: Block, block: Block) -> bool:
    if block.after_gap or last.is_row or block.is_row or last.rank or block.rank:
        return False
    before, after = (text[each.cells[0][0] : each.cells[0][1]] for each in (last, block))
    if leading(after).mark or is_title(block, after) or is_title(last, before):
        return False
    if section_of(last, before) is not None:
        return False
    if (label := label_of(after)) and not label.is_title:
        return False
    return goes_on(before, after) or not is_terminated(before)
