"""The whole text of a document in the passages that a search finds.

A passage is what one reads in one go: a line, with those that a line break or the end of a page cut
off from it.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from plans.document_page import document_lines

MOST_CHARACTERS: Final = 1_500
PRINTED_ON_PAGES: Final = 3
"""A heading that stands so often is printed on every page, in the midst of sentences."""

ENDED: Final = re.compile(r"[.:;!?”»]\Z")
IN_MID_SENTENCE: Final = re.compile(r"[a-zß-öø-ÿ](?![).])")
AN_ITEM: Final = re.compile(r"\s*(?:[-*#✓➤•]|\(?(?:[0-9]{1,3}|[^\W\d_]{1,4})[.)])")


@dataclass(frozen=True)
class _Line:
    number: int
    text: str  # its cells, a tab between them
    is_heading: bool
    is_item: bool

    def goes_on(self, before: "_Line") -> bool:
        """Whether it is what is left of the sentence, or the title, of BEFORE."""
        if ENDED.search(before.text) or self.is_item:
            return False
        follows = self.number == before.number + 1 and "\t" not in before.text + self.text
        return bool(IN_MID_SENTENCE.match(self.text)) or (follows and not self.is_heading)


def passages_of(text: str) -> Iterator[tuple[int, str]]:
    """The passages of TEXT without markup: the number of its first line, and its words.

    They hold every word of the document, once. Line breaks within one are those of the document
    (as many as lines lie between), so that from any place in it the line can be counted.
    """
    lines = list(_lines(text))
    times = Counter(line.text for line in lines if line.is_heading)
    gathered: list[_Line] = []
    for line in lines:
        if times[line.text] >= PRINTED_ON_PAGES:
            yield line.number, line.text
            continue
        if gathered and not (
            line.goes_on(gathered[-1])
            and sum(len(each.text) for each in (*gathered, line)) <= MOST_CHARACTERS
        ):
            yield _joined(gathered)
            gathered = []
        gathered.append(line)
    if gathered:
        yield _joined(gathered)


def _lines(text: str) -> Iterator[_Line]:
    written = text.split("\n")
    for line in document_lines(text, ()):
        words = "\t".join(" ".join(piece.text for piece in cell) for cell in line.cells)
        is_item = AN_ITEM.match(written[line.number - 1].lstrip("*")) is not None
        yield _Line(line.number, words, line.is_heading, is_item)


def _joined(lines: list[_Line]) -> tuple[int, str]:
    first = lines[0]
    text, at = first.text, first.number
    for line in lines[1:]:
        text += "\n" * (line.number - at) + line.text
        at = line.number
    return first.number, text
