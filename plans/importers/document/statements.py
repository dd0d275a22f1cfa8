"""The statements of a cell or an item, each with its code, free of the label before it."""

import re
from dataclasses import dataclass

from plans.choices import Level
from plans.importers.labels import kind_of, label_of
from plans.importers.numbering import leading, parts
from plans.source_text import Span


@dataclass(frozen=True)
class Statement:
    """``level`` is what its own label says, "" where it has none; ``kind`` is an activity's."""

    span: Span
    code: str = ""
    level: str = ""
    kind: str = ""


def statements_in(text: str, start: int, end: int, *, inline: bool = True) -> list[Statement]:
    """The statements at [start, end) of TEXT; a label alone ("Principales metas:") is none."""
    within = text[start:end]
    found = []
    for part in parts(within, inline=inline):
        said = within[part.start : part.end]
        label = label_of(said) if not leading(said).mark else None
        if label and label.is_title and not re.search(r"[0-9]", label.code):
            continue
        if label is None or label.is_title:
            kind = kind_of(said)
            found.append(Statement((start + part.start, start + part.end), part.code, kind=kind))
            continue
        span = (start + part.start + label.start, start + part.end)
        found.append(
            Statement(
                span, label.code or part.code, str(label.level), label.kind or _kind(label.level)
            )
        )
    return [each for each in found if each.span[0] < each.span[1]]


def _kind(level: str) -> str:
    return "actividad" if level == Level.ACTIVITY else ""
