"""Which promises of an edition go worst."""

from collections.abc import Iterable
from typing import Final

from tracking.accountability.groups import PromiseLine
from tracking.choices import Signal, Verdict
from tracking.reading.verdicts import WORST_FIRST

BAD: Final = (Verdict.HALTED, Verdict.LATE)


def worst_of(lines: Iterable[PromiseLine]) -> list[PromiseLine]:
    """Of LINES what is halted, then what is late, the furthest behind first; in their order."""
    return sorted((each for each in lines if each.known.verdict in BAD), key=_how_bad)


def worst_first(lines: Iterable[PromiseLine]) -> list[PromiseLine]:
    return sorted(lines, key=lambda each: WORST_FIRST.index(each.known.verdict))


def _how_bad(line: PromiseLine) -> tuple[int, bool]:
    known = line.known
    is_far = known.cell is not None and known.cell.signal == Signal.VERY_LATE
    return BAD.index(known.verdict), not is_far
