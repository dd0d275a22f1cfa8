"""Outlines made by hand, as a reader would give them."""

import hashlib

from plans.choices import Dimension, Level
from plans.importers.faults import at_line
from plans.importers.mending.kept import KeptOutline, begun
from plans.importers.outline import About, Doubt, DoubtKind, Item, Outline, Source
from plans.source_text import SourceText, parse_places

LINES = (
    (None, Level.DIMENSION, Dimension.SOCIAL, "Dimensión social de Puno"),
    (0, Level.PROBLEM, "", "Alta desnutrición infantil en Puno"),
    (1, Level.OBJECTIVE, "", "Reducir la desnutrición infantil en Puno"),
    (2, Level.TARGET, "", "Disminuir la desnutrición en 50 % en Puno"),
    (2, Level.TARGET, "", "Construir 3 postas y equipar 12 botiquines"),
    (None, Level.GUIDELINE, "", "Gobernar Puno con transparencia"),
)
"""Each a line of its source, and the position of what it hangs from."""
SPARE = "Atender a las familias del campo"
"""A line that no item takes."""


def doubt(kind: DoubtKind) -> Doubt:
    return Doubt(kind, str(kind.label))


def outline_of(*, doubts: dict[int, DoubtKind] | None = None, preface: str = "") -> Outline:
    """LINES as an outline, on the lines after a PREFACE (one line) if there is one.

    DOUBTS are of the items at those positions, whose keys are 1 more.
    """
    before = [preface] if preface else []
    text = "\n".join([*before, *(words for *_rest, words in LINES), SPARE]) + "\n"
    source = SourceText(text)
    items = [
        Item(
            key=at + 1,
            parent=None if parent is None else parent + 1,
            level=level,
            kind=kind,
            statement=words,
            spans=[list(span) for span in source.locate(words, parse_places(at + 1 + len(before)))],
            where=at_line(at + 1 + len(before)),
            doubts=(doubt(doubts[at]),) if doubts and at in doubts else (),
        )
        for at, (parent, level, kind, words) in enumerate(LINES)
    ]
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Outline(
        Source("plan.txt", "document", digest, text, is_original=True), About(), tuple(items)
    )


def kept_of(**given: dict[int, DoubtKind]) -> KeptOutline:
    return begun(outline_of(**given))  # type: ignore[arg-type]
