"""From the blocks of a document to the statements of a plan.

The walk knows titles, labels, headings of columns and lists, as any plan may have them; no plan's
own words.
"""

from collections import Counter
from typing import Final

from plans.importers.document.blocks import (
    TITLE,
    Block,
    Document,
    is_bulleted,
    is_page_number,
    is_question,
    is_title,
)
from plans.importers.document.growing import Growing
from plans.importers.document.guidelines import Guidelines
from plans.importers.document.lists import Lists
from plans.importers.document.tables import Table, columns_of
from plans.importers.document.titles import FOLLOW_UP_HEADING, Section, section_of
from plans.importers.printed.labels import (
    dimension_of,
    label_of,
    own_title_word,
    plain_words,
    title_word,
)
from plans.importers.printed.numbering import leading
from plans.source_text import Span, bare

REPEATED: Final = 3
"""A title that stands so often in a document is that of its pages."""


class Recognition:
    """What was understood of a document: ``growing``, and the span of its ``vision``."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.growing = Growing()
        self.vision: Span | None = None
        self._section = Section.NONE
        self._guidelines: Guidelines | None = None
        self._lists: Lists | None = None
        self._table: Table | None = None
        self._rank = 0
        self._words = {title_word(document.said(block)) for block in document.blocks} - {""}
        headers = _running_headers(document)
        for block in document.blocks:
            if bare(said := document.said(block)) in headers or is_page_number(said):
                continue
            if block.is_row:
                self._row(block)
            else:
                self._paragraph(block)

    def _row(self, block: Block) -> None:
        filled = [cell for cell in block.cells if bare(self._document.cell(cell))]
        if not filled:
            return
        if columns_of(self._document, block):
            self._open_table(block)
            return
        if len(filled) == 1 and not (
            self._table and self._table.fits(block) and self._is_cut(block)
        ):
            alone = Block((filled[0],), block.where, after_gap=block.after_gap)
            text = self._document.cell(filled[0])
            if (found := self._dimension_of(text)) and (found[1] or not self._table):
                self._open_dimension(alone, found[0])
                return
            if section_of(alone, text) is not None:
                self._open_section(alone, text)
                return
        if self._table and self._table.fits(block):
            self._table.read(block)
        elif len(filled) == 2:
            self._labelled_row(block, filled)

    def _is_cut(self, block: Block) -> bool:
        return block.after_gap and self._dimension_of(self._document.said(block)) is None

    def _dimension_of(self, text: str) -> tuple[str, bool] | None:
        """As `dimension_of`; also a title without a number, called as the plan calls the others."""
        return dimension_of(text) or (("", True) if own_title_word(text) in self._words else None)

    def _open_table(self, block: Block) -> None:
        columns = columns_of(self._document, block)
        if self._table is None or self._table.columns != columns:
            self._table = Table(self._document, self.growing, block)
        else:
            self._table.is_repeated = block.after_gap
        self._guidelines = None

    def _labelled_row(self, block: Block, filled: list[Span]) -> None:
        """A form of two columns: what it is, and what it says."""
        label = label_of(self._document.cell(filled[0]))
        if label is None or not label.is_title:
            return
        self._lists = self._lists or self._new_lists()
        said = Block((filled[1],), block.where, after_gap=block.after_gap)
        self._lists.read_labelled(label._replace(start=0), said)

    def _paragraph(self, block: Block) -> None:
        text = self._document.said(block)
        if not bare(text):
            return
        found = self._dimension_of(text)
        if found and self._is_dimension(block, text, is_explicit=found[1]):
            self._open_dimension(block, found[0])
            return
        label = label_of(text)
        is_inside = self._lists is not None and self.growing.dimension is not None
        if self._lists and is_inside and label and self._guidelines is None:
            if label.is_title:
                self._lists.open_title(label)
            else:
                self._lists.read_labelled(label, block)
            return
        section = section_of(block, text)
        if section is not None or self._closes(block):
            self._open_section(block, text)
        elif self._guidelines:
            self._guidelines.read(block)
        elif self._section == Section.VISION:
            self._see(block, text)
        elif self._lists and not is_question(text) and not is_title(block, text):
            self._lists.read(block)

    def _is_dimension(self, block: Block, text: str, *, is_explicit: bool) -> bool:
        if is_bulleted(text):
            return False
        return is_explicit or is_title(
            Block(block.cells, rank=block.rank, is_bold=block.is_bold), text
        )

    def _closes(self, block: Block) -> bool:
        """A heading as high as that of the dimension ends it."""
        return bool(self._lists and block.rank and self._rank and block.rank <= self._rank)

    def _open_dimension(self, block: Block, kind: str) -> None:
        text = self._document.said(block)
        lead, label = leading(text), label_of(text)
        start = lead.start
        code = lead.code
        if label and not label.is_title and label.code:
            start, code = label.start, label.code
        span = (block.cells[0][0] + start, block.cells[0][0] + lead.end)
        self.growing.open_dimension(kind, text, span, block.where, code)
        self._rank = block.rank
        self._guidelines = None
        self._lists = self._new_lists()
        if self._section in (Section.VISION, Section.GUIDELINES, Section.FOLLOW_UP):
            self._section = Section.NONE
        if self._table:
            self._table.begin_dimension()

    def _new_lists(self) -> Lists:
        is_aside = self._section == Section.ASIDE
        return Lists(self._document, self.growing, takes_unlabelled=not is_aside)

    def _open_section(self, block: Block, text: str) -> None:
        section = section_of(block, text) or Section.NONE
        if section == Section.STRATEGY:
            section = Section.FOLLOW_UP if self._gives_account(block) else Section.NONE
        if section == self._section == Section.FOLLOW_UP:
            return  # a title and the same again below it
        self._section = section
        self._lists = None
        self.growing.dimension = None
        self._guidelines = None
        if section == Section.FOLLOW_UP:
            self._guidelines = Guidelines(self._document, self.growing, FOLLOW_UP_HEADING)
        elif section == Section.GUIDELINES:
            self._guidelines = Guidelines(self._document, self.growing, "")

    def _gives_account(self, title: Block) -> bool:
        """Whether what stands below TITLE, up to the next section, speaks of giving account."""
        for block in self._document.blocks:
            if block.cells[0][0] <= title.cells[0][0]:
                continue
            text = self._document.said(block)
            if section_of(block, text) is not None:
                return False
            if "rendicion de cuentas" in plain_words(text):
                return True
        return False

    def _see(self, block: Block, text: str) -> None:
        """The vision is what the section puts in quotes, else its first paragraph."""
        if is_title(block, text) or is_question(text):
            return
        lead = leading(text)
        words = bare(text[lead.start : lead.end])
        span = (block.cells[0][0] + lead.start, block.cells[0][0] + lead.end)
        if self.vision is None or words.startswith(("“", '"', "«")):
            self.vision = span


def _running_headers(document: Document) -> set[str]:
    """What stands at the head or foot of pages: short paragraphs that come again and again."""
    times = Counter(
        words
        for block in document.blocks
        if not block.is_row
        and not is_bulleted(document.said(block))
        and 0 < len(words := bare(document.said(block))) <= TITLE
    )
    return {
        words
        for words, count in times.items()
        if count >= REPEATED
        and not leading(words).mark
        and label_of(words) is None
        and dimension_of(words) is None
    }
