"""What two texts say differently, word by word."""

import re
from collections.abc import Collection, Iterable, Sequence
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

WORD: Final = re.compile(r"\S+\s*")
MOST_WORDS: Final = 4000
"""Two texts that differ in more, together, are told apart only at their ends: pages show them,
and comparing every word with every other takes the square of their number."""


class Op(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"

    @property
    def is_removed(self) -> bool:
        return self == Op.REMOVED

    @property
    def is_added(self) -> bool:
        return self == Op.ADDED


def word_differences(old: str, new: str) -> list[tuple[Op, str]]:
    """OLD against NEW, word by word: runs of text, each kept, removed or added.

    What is the same is spaced as in NEW. Without the added runs it reads as OLD, without the
    removed ones as NEW.
    """
    before, after = WORD.findall(old), WORD.findall(new)
    bare_before, bare_after = [each.rstrip() for each in before], [each.rstrip() for each in after]
    start, end = _ends_in_common(bare_before, bare_after)
    pieces = [(Op.SAME, after[:start])]
    old_stop, new_stop = len(before) - end, len(after) - end
    for tag, i1, i2, j1, j2 in _opcodes(bare_before[start:old_stop], bare_after[start:new_stop]):
        if tag == "equal":
            pieces.append((Op.SAME, after[start + j1 : start + j2]))
            continue
        pieces.append((Op.REMOVED, before[start + i1 : start + i2]))
        pieces.append((Op.ADDED, after[start + j1 : start + j2]))
    pieces.append((Op.SAME, after[new_stop:]))
    return [(op, "".join(words)) for op, words in pieces if words]


def _opcodes(old: list[str], new: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    if len(old) + len(new) > MOST_WORDS:
        return [("replace", 0, len(old), 0, len(new))]
    return SequenceMatcher(None, old, new).get_opcodes()


def _ends_in_common(old: Collection[str], new: Collection[str]) -> tuple[int, int]:
    """How many words OLD and NEW share at their start, and how many more at their end."""
    shortest = min(len(old), len(new))
    start = _shared(old, new, shortest)
    return start, _shared([*old][::-1], [*new][::-1], shortest - start)


def _shared(old: Iterable[str], new: Iterable[str], most: int) -> int:
    count = 0
    for one, other in zip(old, new, strict=False):
        if count == most or one != other:
            break
        count += 1
    return count
