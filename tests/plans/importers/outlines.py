"""Outlines of made-up plans, as a reader would give them."""

from collections.abc import Sequence
from typing import Any

from plans.choices import Dimension, Level
from plans.importers.faults import at_line
from plans.importers.outline import About, Item, Outline, Source
from plans.importers.transcript import Transcript

Row = tuple[int | None, str, str]
"""What it hangs from by its place in the list, its level, its words."""

ROWS: Sequence[Row] = (
    (None, Level.DIMENSION, "Dimensión social"),
    (0, Level.PROBLEM, "Faltan aulas en las escuelas."),
    (1, Level.OBJECTIVE, "Que cada escuela tenga aulas."),
    (2, Level.TARGET, "Construir 12 aulas."),
    (2, Level.TARGET, "Reparar 30 techos."),
)

Shape = list[tuple[str, str, str]]


def outline_of(rows: Sequence[Row] = ROWS, **about: Any) -> Outline:
    """An outline of ROWS, each on a line of its own; every dimension is the social one."""
    transcript = Transcript()
    items = []
    for key, (parent, level, words) in enumerate(rows):
        [spans] = transcript.line(words)
        items.append(
            Item(
                key=key,
                parent=parent,
                level=level,
                statement=words,
                spans=spans,
                where=at_line(transcript.line_number),
                kind=Dimension.SOCIAL if level == Level.DIMENSION else "",
            )
        )
    source = Source("plan.xlsx", "sheet", "0" * 64, transcript.text)
    return Outline(source, About(**about), tuple(items))


def shape(read_outline: Outline) -> Shape:
    """Of each statement its level, its words, and those it hangs from."""
    words = {item.key: item.statement for item in read_outline.items}
    return [
        (item.level, item.statement, words[item.parent] if item.parent is not None else "")
        for item in read_outline.items
    ]
