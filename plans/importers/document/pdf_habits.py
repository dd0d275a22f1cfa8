"""How a PDF is set: its usual letters, the gap between its lines, and the words that it uses."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from plans.importers.document.pdf_page import Line, Page, Word, lines_of


@dataclass(frozen=True)
class Habits:
    """``size``, and the ``gap`` within a paragraph, are in points; ``words`` in small letters."""

    size: float
    gap: float
    words: frozenset[str]

    def text_of(self, words: Sequence[Word]) -> list[str]:
        """The lines that WORDS make, a word that a line cuts whole again."""
        return self.whole([(line.text, line.is_cut) for line in lines_of(list(words))])

    def whole(self, lines: Sequence[tuple[str, bool]]) -> list[str]:
        """LINES, the second half of each word that is cut brought back to its first."""
        found: list[str] = []
        was_cut = False
        for text, is_cut in lines:
            first, _space, rest = text.partition(" ")
            if found and (was_cut or _ends_in_hyphen(found[-1], text)):
                found[-1] = self._joined(found[-1].rstrip("-\u2010"), first)
                if rest:
                    found.append(rest)
            else:
                found.append(text)
            was_cut = is_cut
        return found

    def _joined(self, before: str, after: str) -> str:
        """Two halves of a word; the hyphen between two words of the document is its own."""
        halves = _plain(before.rpartition(" ")[2].rpartition("-")[2]), _plain(after)
        is_own = after[:1].isupper() or all(half in self.words for half in halves)
        return f"{before}-{after}" if is_own else before + after


def habits_of(pages: Sequence[Page], lines: Sequence[Sequence[Line]]) -> Habits:
    """The habits of PAGES, the LINES of each outside of tables."""
    sizes = [line.size for own in lines for line in own if line.size > 0]
    gaps = sorted(
        second.top - first.bottom
        for own in lines
        for first, second in pairwise(own)
        if second.top - first.bottom < first.bottom - first.top
    )
    words = {_plain(word.text) for page in pages for word in page.words if not word.is_cut}
    return Habits(
        statistics.median(sizes or [10.0]),
        gaps[len(gaps) // 10] if gaps else 0.0,  # the lists of a plan have many paragraphs
        frozenset(word for word in words if len(word) > 3),
    )


def _plain(word: str) -> str:
    return word.strip(".,;:()“”\"'").casefold()


def _ends_in_hyphen(before: str, after: str) -> bool:
    """Whether a hyphen at the end of BEFORE cuts a word: "Mejora-", "miento"."""
    return before[-1:] in "-\u2010" and before[-2:-1].isalpha() and after[:1].isalpha()
