"""Write out a document that is no text: its paragraphs and rows, one line each."""

from collections.abc import Sequence
from dataclasses import replace

from plans.importers.document.blocks import Block, Document, refuse_if_long
from plans.importers.transcript import Transcript, cleaned
from plans.source_text import Span


class Writing:
    """A transcript and the blocks that stand in it."""

    def __init__(self) -> None:
        self._transcript = Transcript()
        self._blocks: list[Block] = []
        self._breaks: list[int] = []
        self._length = 0
        self._gap = True

    @property
    def line_number(self) -> int:
        """Of the line that comes next, from 1."""
        return self._transcript.line_number + 1

    def gap(self) -> None:
        """What comes next does not follow directly on what was written."""
        self._gap = True

    def page(self) -> None:
        """A new page begins with what comes next."""
        self._transcript.page()
        self._gap = True

    def write(self, cells: Sequence[Sequence[str]], block: Block) -> None:
        """Write CELLS, each the lines that it has, as BLOCK, which is told where they stand."""
        lines = [[folded for line in cell if (folded := _folded(line))] for cell in cells]
        spans = self._transcript.line(*(" ".join(each) for each in lines))
        places: list[Span] = []
        at = self._transcript.line_start
        for own, span in zip(lines, spans, strict=True):
            start, end = span[0] if span else (at, at)
            places.append((start, end))
            at = end + 1
            for line in own[:-1]:
                start += len(line)
                self._breaks.append(start)
                start += 1
        refuse_if_long(at, self.line_number)
        if any(start < end for start, end in places):
            self._blocks.append(replace(block, cells=tuple(places), after_gap=self._gap))
            self._gap = False

    def leave_out(self, line: str) -> None:
        """Write what belongs to the page and not to the plan."""
        self._transcript.line(_folded(line))

    def document(self) -> Document:
        text = self._transcript.text
        shape = list(text)
        for at in self._breaks:
            shape[at] = "\n"
        return Document(text, tuple(self._blocks), "".join(shape))


def _folded(line: str) -> str:
    return " ".join(cleaned(line).split())
