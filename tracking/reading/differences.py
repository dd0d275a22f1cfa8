"""What one revision of a report changed from another: no queries, nothing written."""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.figures import figure_text
from tracking.choices import Signal, Step
from tracking.measuring import progress
from tracking.measuring.entry import TEXTS, WRITABLE
from tracking.models import ProgressReport, Support

RESULT: Final = ("progress", "signal")
WORDED: Final[dict[str, type[Step] | type[Signal]]] = {"step": Step, "signal": Signal}

WORD: Final = re.compile(r"\S+\s*")
MOST_WORDS: Final = 4000
"""Two texts that differ in more, together, are told apart only at their ends: the page is public,
and comparing every word with every other takes the square of their number."""


class Op(StrEnum):
    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True)
class Difference:
    """One field that changed. ``before`` and ``after`` are as people read them, "" for nothing.

    ``words`` tells a long text piece by piece, in reading order; empty for what is short.
    """

    field: str
    label: str
    before: str
    after: str
    words: tuple[tuple[Op, str], ...] = ()


def differences(old: ProgressReport, new: ProgressReport) -> list[Difference]:
    """What NEW says otherwise than OLD, field by field, in the order in which a report is read.

    The frozen result is compared too once both are published: other terms may have changed it
    although nothing that was typed did. Spaces and line breaks alone are no difference.
    """
    are_published = old.is_published and new.is_published
    names = (*WRITABLE, *RESULT) if are_published else WRITABLE
    found = []
    for name in names:
        before, after = _shown(name, getattr(old, name)), _shown(name, getattr(new, name))
        if before.split() == after.split():
            continue
        words = tuple(word_differences(before, after)) if name in TEXTS else ()
        label = str(ProgressReport._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        found.append(Difference(name, label, before, after, words))
    return found


def support_differences(old: Iterable[Support], new: Iterable[Support]) -> list[tuple[Op, Support]]:
    """The supports that only OLD has, then those that only NEW has.

    One whose title, date or place was changed is in both lists.
    """
    before, after = {_said_of(each): each for each in old}, {_said_of(each): each for each in new}
    removed = [(Op.REMOVED, each) for key, each in before.items() if key not in after]
    return removed + [(Op.ADDED, each) for key, each in after.items() if key not in before]


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


def _said_of(support: Support) -> tuple[str, str, dt.date, str]:
    return support.sha256, support.title, support.taken_on, support.place


def _shown(name: str, value: Any) -> str:
    if value in (None, "", []):
        return ""
    if name in WORDED:
        return str(WORDED[name](value).label)
    if name == "progress":
        return _("%s %%") % figure_text(progress.rounded(value))
    if isinstance(value, list):
        return "; ".join(value)
    if isinstance(value, dt.date):
        return date_format(value)
    return figure_text(value) if isinstance(value, Decimal) else str(value)
