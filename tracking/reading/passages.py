"""The passages of documents that a search finds, each cut down to what surrounds its hits."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from plans.models import Passage, SourceDocument
from plans.querysets import PassageQuerySet
from plans.searching import Run, excerpt, first_hit, runs

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
    line = passage.line_of(first_hit(pieces))
    cut = excerpt(pieces, before=BEFORE, most=MOST_SHOWN)
    return FoundPassage(passage.document, line, [(told_apart(text), hit) for text, hit in cut])
