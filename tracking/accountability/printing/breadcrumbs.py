"""Where promises stand in their plan, in one line that leads from a problem to its objective."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from tracking.accountability.groups import PromiseLine
from tracking.reading.sentences import shortened

ROOM: Final = 116
"""Characters that fit across a page."""
CAPITALS: Final = 0.72
"""How many capitals have the room of a letter."""
LEAST: Final = 18  # of each piece, whatever the room
STEP: Final = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "


class Crumb(NamedTuple):
    """The way to LINE, in WORDS: all that it hangs from, and itself."""

    line: PromiseLine
    words: str


def in_order(lines: Sequence[PromiseLine]) -> Iterator[PromiseLine | Crumb]:
    """LINES, with one crumb instead of the headings that follow one another downwards.

    One of which something was reported has a crumb of its own.
    """
    way: list[PromiseLine] = []
    for place, line in enumerate(lines):
        if not line.is_heading:
            yield line
            continue
        while way and way[-1].promise.ref != line.promise.parent:
            way.pop()
        way.append(line)
        following = lines[place + 1] if place + 1 < len(lines) else None
        if line.report is None and following is not None and _goes_on(line, following):
            continue
        yield Crumb(line, words_of(way))


def _goes_on(line: PromiseLine, following: PromiseLine) -> bool:
    return following.is_heading and following.promise.parent == line.promise.ref


def words_of(way: Sequence[PromiseLine]) -> str:
    """Each of WAY with its ref, cut so that all of them share the line."""
    room = ROOM - len(STEP) * (len(way) - 1) - sum(len(each.promise.ref) + 1 for each in way)
    left, pieces = room, []
    for place, each in enumerate(way):
        most = max(LEAST, left // (len(way) - place))
        if each.promise.statement.isupper():
            most = round(most * CAPITALS)
        said = shortened(each.promise.statement, most)
        left -= len(said)
        pieces.append(f"{each.promise.ref} {said}")
    return STEP.join(pieces)
