"""Write out, as plain text, a source that is none: cells, fields; and know where each piece is."""

import re
import unicodedata
from typing import Final

from accounts.hidden_characters import LINE_ENDS
from plans.comparable import CUT_WORD, INVISIBLE, LIGATURE, LIGATURES
from plans.importers.draft import Spans

SPACES: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")


def cleaned(text: str) -> str:
    """TEXT as it can be compared and quoted: NFC, LF, plain spaces, whole words, nothing unseen.

    Direction marks and other controls stay, for whoever reads it to refuse.
    """
    if text.isascii() and text.isprintable():
        return text
    text = LINE_ENDS.sub("\n", INVISIBLE.sub("", text))
    text = LIGATURE.sub(lambda found: LIGATURES[found[0]], text)
    return CUT_WORD.sub("", unicodedata.normalize("NFC", SPACES.sub(" ", text)))


class Transcript:
    """A text that grows by lines of cells, a tab between two; ``line_start`` is the last one's."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._length = 0
        self._pages = 0
        self.line_start = 0

    def line(self, *cells: str) -> list[Spans]:
        """Write CELLS as one line; the spans of each, none for an empty one.

        What breaks inside a cell becomes a space: a line is one row of the source.
        """
        spans: list[Spans] = []
        at = self.line_start = self._length
        folded = [" ".join(cell.split()) for cell in cells]
        for cell in folded:
            spans.append([[at, at + len(cell)]] if cell else [])
            at += len(cell) + 1
        line = "\t".join(folded) + "\n"
        self._written.append(line)
        self._length += len(line)
        return spans

    def page(self) -> None:
        """Begin a new page: a form feed, before the line that comes next."""
        self._written.append("\f")
        self._length += 1
        self._pages += 1

    @property
    def line_number(self) -> int:
        """Of the line that was written last, from 1."""
        return len(self._written) - self._pages

    @property
    def text(self) -> str:
        return "".join(self._written)
