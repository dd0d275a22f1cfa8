"""Sections that hold guidelines: what a plan wants to go by, and how it will be followed."""

import re
from typing import Final

from plans.choices import Level
from plans.importers.document.blocks import Block, Document, goes_on, is_question, is_title
from plans.importers.document.growing import Growing, Node
from plans.importers.printed.labels import plain_words
from plans.importers.printed.numbering import leading
from plans.importers.printed.statements import statements_in
from plans.source_text import bare

_SIGNED: Final = re.compile(
    r"[a-z .ñ]{2,40},? ?(?:[0-9]{1,2} de )?[a-z]{4,10} (?:de |del )?20[0-9]{2}\.?"
)


class Guidelines:
    """One such section; ``heading`` is what its guidelines stand under, unless a title says."""

    def __init__(self, document: Document, growing: Growing, heading: str) -> None:
        self._document = document
        self._growing = growing
        self._heading = heading
        self._is_fixed = bool(heading)
        self._group: Node | None = None
        self._intro: Node | None = None
        self._top: Node | None = None
        self._last: Node | None = None
        self._base: int | None = None

    def read(self, block: Block) -> None:
        text = self._document.said(block)
        words = bare(text)
        if not words or is_question(text) or _SIGNED.fullmatch(plain_words(text)):
            return
        lead = leading(text)
        if is_title(block, text):
            self._title(block, text)
        elif lead.mark:
            self._item(block)
        elif self._last and goes_on(self._document.cell(self._last.spans[-1]), text):
            self._last.spans.append(block.cells[0])
        else:
            self._paragraph(block, words)

    def _title(self, block: Block, text: str) -> None:
        self._intro = self._top = self._last = self._group = None
        self._base = None
        lead = leading(text)
        if not lead.code:
            if not self._is_fixed:
                self._heading = bare(text[lead.start : lead.end]).rstrip(":. ")
            return
        start = block.cells[0][0]
        self._group = self._add(block, (start + lead.start, start + lead.end), lead.code, None)

    def _paragraph(self, block: Block, words: str) -> None:
        node = self._add(block, block.cells[0], "", self._group)
        self._intro = node if words.endswith((":", ";")) else None
        self._top, self._base = None, None

    def _item(self, block: Block) -> None:
        for statement in statements_in(self._document.shape, *block.cells[0], inline=False):
            if self._base is None:
                self._base = block.indent
            above = self._intro or self._group
            if block.indent > self._base and self._top:
                above = self._top
            node = self._add(block, statement.span, statement.code, above)
            if above is not self._top or self._top is None:
                self._top = node

    def _add(self, block: Block, span: tuple[int, int], code: str, parent: Node | None) -> Node:
        heading = "" if parent else self._heading
        node = Node(Level.GUIDELINE, [span], block.where, parent, code, heading=heading)
        self._growing.add(node)
        self._last = node
        return node
