"""The statements of a cell or an item, each with its code, free of the label before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from plans.choices import ActivityKind, Level
from plans.importers.printed.labels import kind_of, label_of, labels_within
from plans.importers.printed.numbering import Part, leading, parts
from plans.source_text import Span


@dataclass(frozen=True)
class Statement:
    """``level`` is what its own label says, "" where it has none; ``kind`` is an activity's."""

    span: Span
    code: str = ""
    level: str = ""
    kind: str = ""


def statements_in(text: str, start: int, end: int, *, inline: bool = True) -> list[Statement]:
    """The statements at [start, end) of TEXT; a label alone ("Principales metas:") is none.

    With INLINE also lists and labels in the middle of a line are looked for.
    """
    within = text[start:end]
    found = []
    for part in parts(within, inline=inline):
        for piece in _labelled_apart(within, part) if inline else [part]:
            if statement := _statement(within, piece):
                found.append(_moved(statement, start))
    return found


def _labelled_apart(text: str, part: Part) -> Iterator[Part]:
    """PART in as many pieces as it has labels."""
    said = text[part.start : part.end]
    edges = [0, *labels_within(said), len(said)]
    for at, (start, end) in enumerate(pairwise(edges)):
        piece = leading(said[start:end])
        moved = part.start + start
        code = part.code if at == 0 else piece.code
        first = piece.start if at else 0
        yield Part(moved + first, moved + _last_word(said[start:end]), code)


def _last_word(text: str) -> int:
    return max((part.end for part in parts(text, inline=False)), default=0)


def _statement(text: str, part: Part) -> Statement | None:
    said = text[part.start : part.end]
    label = label_of(said) if not leading(said).mark else None
    if label and label.is_title and not re.search(r"[0-9]", label.code):
        return None
    if label is None or label.is_title:
        statement = Statement((part.start, part.end), part.code, kind=kind_of(said))
    else:
        kind = str(ActivityKind.ACTIVITY) if label.level == Level.ACTIVITY else ""
        span = (part.start + label.start, part.end)
        code = label.code or part.code
        statement = Statement(span, code, str(label.level), label.kind or kind)
    return statement if statement.span[0] < statement.span[1] else None


def _moved(statement: Statement, by: int) -> Statement:
    start, end = statement.span
    return Statement((start + by, end + by), statement.code, statement.level, statement.kind)
