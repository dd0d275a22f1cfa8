"""Write out, as plain text, a source that is none: cells, fields; and know where each piece is."""

import re
import unicodedata
from typing import Final

from accounts.hidden import LINE_ENDS
from plans.importers.draft import Spans

# What a typesetter or a word processor leaves in a text and nobody reads.
INVISIBLE: Final = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
LIGATURES: Final = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
}
SPACES: Final = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_LIGATURE: Final = re.compile("|".join(LIGATURES))


def cleaned(text: str) -> str:
    """TEXT as it can be compared and quoted: NFC, LF, plain spaces, whole letters, nothing unseen.

    Direction marks and other controls stay, for whoever reads it to refuse.
    """
    text = LINE_ENDS.sub("\n", INVISIBLE.sub("", text))
    text = _LIGATURE.sub(lambda found: LIGATURES[found[0]], text)
    return unicodedata.normalize("NFC", SPACES.sub(" ", text))


class Transcript:
    """A text that grows by lines of cells, a tab between two."""

    def __init__(self) -> None:
        self._written: list[str] = []
        self._length = 0

    def line(self, *cells: str) -> list[Spans]:
        """Write CELLS as one line; the spans of each, none for an empty one.

        What breaks inside a cell becomes a space: a line is one row of the source.
        """
        spans: list[Spans] = []
        at = self._length
        folded = [" ".join(cell.split()) for cell in cells]
        for cell in folded:
            spans.append([[at, at + len(cell)]] if cell else [])
            at += len(cell) + 1
        line = "\t".join(folded) + "\n"
        self._written.append(line)
        self._length += len(line)
        return spans

    @property
    def line_number(self) -> int:
        """Of the line that was written last, from 1."""
        return len(self._written)

    @property
    def text(self) -> str:
        return "".join(self._written)
