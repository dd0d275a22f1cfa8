"""What a drawing is made of: a path for each class, and few words in their places."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

Shape = tuple[str, str]
"""A class of the style sheet, and the path of all that it draws."""

WIDTH: Final = 320
"""Of every chart, in units of the drawing: near one pixel each on the narrowest telephone."""

LETTERS: Final = 11
"""How large its words are, in the same units."""


class Box(NamedTuple):
    """A place on the drawing, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float


class Text(NamedTuple):
    """WORDS on the line Y, around the point X; ANCHOR "start" is behind it, "end" before it."""

    x: str
    y: str
    words: str
    anchor: str = ""


@dataclass(frozen=True)
class Drawing:
    """A chart as its template draws it. Its size, and that of its LETTERS, in units of the drawing,
    from 0 0."""

    width: float
    height: float
    shapes: Sequence[Shape]
    texts: Sequence[Text] = ()
    letters: int = LETTERS

    @property
    def size(self) -> tuple[str, str]:
        """As text: a template would write 1,200 for 1200."""
        return short(self.width), short(self.height)


def joined(pieces: Iterable[Shape]) -> list[Shape]:
    """One path for each class: many shapes stand on one page, and few paths keep it small."""
    drawn: dict[str, list[str]] = defaultdict(list)
    for kind, path in pieces:
        drawn[kind].append(path)
    return [(kind, "".join(paths)) for kind, paths in drawn.items()]


def short(length: float) -> str:
    """A length as a path has it: to a tenth, without idle zeros."""
    return f"{round(length, 1) + 0.0:.1f}".removesuffix(".0")


def rectangle(box: Box) -> str:
    width = short(box.width)
    return f"M{short(box.x)} {short(box.y)}h{width}v{short(box.height)}h-{width}z"


def inset(box: Box, by: float) -> Box:
    """BOX without a border of width BY; never less than nothing."""
    width, height = max(box.width - 2 * by, 0), max(box.height - 2 * by, 0)
    return Box(box.x + by, box.y + by, width, height)
