"""The passages of documents that a search finds, each cut down to what surrounds its hits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from plans.models import Passage, SourceDocument
from plans.querysets import PassageQuerySet
from plans.searching import Run, runs

BEFORE: Final = 120
MOST_SHOWN: Final = 360
CELLS: Final = " · "


@dataclass(frozen=True)
class FoundPassage:
    """What a page shows of a passage: a fragment in its own spelling, and the line to open."""

    document: SourceDocument
    line: int
    pieces: list[Run]

    @property
    def address(self) -> str:
        return f"{self.document.get_absolute_url()}#L{self.line}"


def with_their_plans(passages: PassageQuerySet) -> PassageQuerySet:
    """PASSAGES with the plan that each is from, without the documents' whole texts."""
    rows: PassageQuerySet = passages.select_related("document__plan__municipality").defer(
        "document__text", "search"
    )
    return rows


def found(passages: Iterable[Passage]) -> list[FoundPassage]:
    """PASSAGES, as `matching` gives them; the line is that of the first hit."""
    return [_found(each) for each in passages]


def told_apart(text: str) -> str:
    """TEXT of a passage in one line, the cells of a row told from one another."""
    return text.replace("\t", CELLS).replace("\n", " ")


def _found(passage: Passage) -> FoundPassage:
    pieces = runs(passage.text, getattr(passage, "headline", ""))
    at, offset = 0, 0
    for text, is_hit in pieces:
        if is_hit:
            at = offset
            break
        offset += len(text)
    return FoundPassage(passage.document, passage.line_of(at), _around(pieces, at))


def _around(pieces: list[Run], at: int) -> list[Run]:
    """Of PIECES what stands around the character AT, cut between words."""
    whole = "".join(text for text, _is_hit in pieces)
    start = whole.find(" ", at - BEFORE) + 1 if at > BEFORE else 0
    end = len(whole)
    if end > start + MOST_SHOWN:
        end = whole.rfind(" ", start, start + MOST_SHOWN)
        end = end if end > at else start + MOST_SHOWN
    cut: list[Run] = [("… ", False)] if start else []
    offset = 0
    for text, is_hit in pieces:
        kept = text[max(start - offset, 0) : max(end - offset, 0)]
        cut += [(told_apart(kept), is_hit)] if kept else []
        offset += len(text)
    return [*cut, (" …", False)] if end < len(whole) else cut
