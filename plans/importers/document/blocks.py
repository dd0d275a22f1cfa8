"""What every format of document comes down to: a text, and its paragraphs and rows in order."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from plans.comparable import BULLETS
from plans.importers.faults import WHOLE, Where, refusal_of
from plans.importers.printed.labels import dimension_of, label_of, plain_words
from plans.importers.printed.numbering import leading
from plans.source_text import Span, bare

MAX_TEXT: Final = 2_000_000  # characters: a plan of a thousand pages
MAX_LINES: Final = 60_000
LONGEST: Final = 40_000
"""A line that is longer, in characters, is no part of a plan."""
TITLE: Final = 120
"""No title is longer, in characters."""
_TERMINATED: Final = re.compile(r"[.!?:;…][”\"»')\]]*\Z")
# After these words a sentence has not ended.
_LEADS_ON: Final = re.compile(
    r"(?:,|\b(?:con|de|del|el|la|los|las|y|e|o|en|a|al|para|por|que|un|una|su|sus|entre|sobre))\Z",
    re.IGNORECASE,
)
_PAGE_NUMBER: Final = re.compile(
    r"[-–—]? ?(?:p[áa]g(?:ina|\.)? ?)?(?:n[°º.] ?)?[0-9]{1,4}(?: ?(?:de|/) ?[0-9]{1,4})? ?[-–—]?",
    re.IGNORECASE,
)
_BULLET: Final = re.compile(rf"[{BULLETS}*+–—-]")


@dataclass(frozen=True)
class Block:
    """A paragraph, which is one cell, or a row of a table: half-open spans of the document's text.

    ``rank`` is that of a heading, from 1, where the format says that it is one, else 0; ``indent``
    counts within a list, from 0; ``after_gap`` says that an empty line or a new page precedes it.
    """

    cells: tuple[Span, ...]
    where: Where = WHOLE
    is_row: bool = False
    rank: int = 0
    indent: int = 0
    after_gap: bool = False
    is_bold: bool = False


@dataclass(frozen=True)
class Document:
    """The text that was read and its blocks, in the order in which they stand there.

    ``shape`` is the text as it is looked at: letter by letter the same, but that a line end inside
    of a cell, which the text has as a space, is one.
    """

    text: str
    blocks: tuple[Block, ...]
    shape: str

    def cell(self, span: Span) -> str:
        return self.shape[span[0] : span[1]]

    def said(self, block: Block) -> str:
        """All of BLOCK, as it stands."""
        return self.shape[block.cells[0][0] : block.cells[-1][1]]


def refuse_if_long(length: int, lines: int) -> None:
    """FileRefused for a text of more than MAX_TEXT characters, or MAX_LINES lines."""
    if length > MAX_TEXT or lines > MAX_LINES:
        shown = {"most": MAX_TEXT, "lines": MAX_LINES}
        reason = _("tiene más de %(most)s caracteres o %(lines)s líneas: no parece un plan.")
        raise refusal_of(_("texto"), reason % shown)


def is_terminated(text: str) -> bool:
    """Whether a sentence ends where TEXT ends."""
    return _TERMINATED.search(bare(text)) is not None


def goes_on(before: str, after: str) -> bool:
    """Whether AFTER continues the sentence of BEFORE, which a page or a line has cut."""
    words = bare(after)
    if not words or is_terminated(before) or leading(after).mark:
        return False
    return words[0].islower() or _LEADS_ON.search(before.rstrip()) is not None


def is_bulleted(text: str) -> bool:
    """Whether TEXT is an item of a list that is not numbered."""
    mark = leading(text).mark
    return not mark.startswith("#") and _BULLET.match(mark) is not None


def is_title(block: Block, text: str) -> bool:
    """Whether a paragraph looks like a title: it is marked as one, bold, or in capitals."""
    words = bare(text)
    if block.is_row or not words or len(words) > TITLE or is_bulleted(text):
        return False
    if block.rank or block.is_bold or in_capitals(words):
        return True
    label = label_of(text)
    return (label is not None and label.is_title) or dimension_of(text) is not None


def in_capitals(words: str) -> bool:
    """Whether WORDS are written in capitals, but for a letter that slipped."""
    letters = [letter for letter in words if letter.isalpha()]
    return len(letters) > 2 and sum(each.isupper() for each in letters) >= 0.85 * len(letters)


def is_page_number(text: str) -> bool:
    return _PAGE_NUMBER.fullmatch(bare(text)) is not None


def is_question(text: str) -> bool:
    """A question or an exclamation promises nothing: "¿Qué queremos?", "¡Todos juntos!"."""
    plain = plain_words(text)
    return plain.startswith(("¿", "¡")) and plain.endswith(("?", "!"))
