"""What a report says otherwise than the last one, in as few words as show it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from plans.wording import WORD, Op, word_differences
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.reading.sentences import Measured, measured, of_value

ALIKE: Final = 0.5
"""From which share of the words in common on, a text is read as the former one, changed."""
AROUND: Final = 4
"""Words that are shown before and after a change."""
SHOWN, SHOWN_AGAIN = 30, 10
"""Words of a text that are shown before it is unfolded: of what is said now, and once more."""
COMPARED: Final = 200
"""Words of a text that are compared, from the first that differs on: a page has many texts, and
comparing every word with every other takes the square of their number."""
TOLD: Final = ("narrative", "difficulties")
"""The texts of a report that say how it goes."""
CUT: Final = "… "

Pieces = tuple[tuple[Op, str], ...]


@dataclass(frozen=True)
class TextChange:
    """What a report says in one of its texts, beside what was said before.

    ``pieces`` tell it briefly: with what was removed and added where it is the former text,
    changed; otherwise as it is.
    """

    field: str
    pieces: Pieces
    is_same: bool
    """Whether it repeats, word by word, what was said before."""
    is_changed: bool
    """Whether it is the former text with changes, and not a new one."""

    @property
    def label(self) -> str:
        return str(ProgressReport._meta.get_field(self.field).verbose_name)  # type: ignore[union-attr]


def text_changes(report: ProgressReport, before: ProgressReport | None) -> list[TextChange]:
    """What each text of REPORT that is TOLD says, and how it differs from the report BEFORE it.

    A text that is empty in REPORT is left out, unless there was one.
    """
    changes = []
    for field in TOLD:
        now, then = getattr(report, field), getattr(before, field) if before else ""
        if now.strip() or then.strip():
            changes.append(_text_change(field, now, then))
    return changes


def _text_change(field: str, now: str, then: str) -> TextChange:
    words, former = WORD.findall(now), WORD.findall(then)
    same = _shared(words, former)
    if same == len(words) == len(former):
        pieces = _shortened([(Op.SAME, now)], SHOWN_AGAIN)
        return TextChange(field, pieces, is_same=True, is_changed=False)
    after = _compared(former[same:], words[same:])
    kept = same + sum(len(text.split()) for op, text in after if op == Op.SAME)
    longest = same + min(max(len(words), len(former)) - same, COMPARED)
    if not words or kept >= ALIKE * longest:
        around = _around_changes([(Op.SAME, "".join(words[:same])), *after])
        return TextChange(field, _shortened(list(around)), is_same=False, is_changed=True)
    return TextChange(field, _shortened([(Op.SAME, now)]), is_same=False, is_changed=False)


def _shared(words: Sequence[str], former: Sequence[str]) -> int:
    """How many words both begin with."""
    pairs = enumerate(zip(words, former, strict=False))
    differing = (n for n, (one, other) in pairs if one.rstrip() != other.rstrip())
    return next(differing, min(len(words), len(former)))


def _compared(former: Sequence[str], words: Sequence[str]) -> list[tuple[Op, str]]:
    """FORMER against WORDS, as far as they are COMPARED; of the end of that nothing is said."""
    pieces = word_differences("".join(former[:COMPARED]), "".join(words[:COMPARED]))
    is_cut = max(len(former), len(words)) > COMPARED
    while is_cut and len(pieces) > 2 and pieces[-1][0] != Op.SAME:
        pieces.pop()
    return pieces


def _around_changes(pieces: Sequence[tuple[Op, str]]) -> Iterator[tuple[Op, str]]:
    """PIECES, of what is the same only the words beside a change."""
    pieces = [each for each in pieces if each[1]]
    last = len(pieces) - 1
    for n, (op, text) in enumerate(pieces):
        words = WORD.findall(text)
        head, tail = (0 if n == 0 else AROUND), (0 if n == last else AROUND)
        if op != Op.SAME or len(words) <= head + tail:
            yield op, text
            continue
        yield op, "".join([*words[:head], CUT, *words[len(words) - tail :]])


def _shortened(pieces: Sequence[tuple[Op, str]], most: int = SHOWN) -> Pieces:
    """The first words of PIECES, at MOST so many."""
    shown: list[tuple[Op, str]] = []
    left = most
    for op, text in pieces:
        words = WORD.findall(text)
        if len(words) > left:
            return (*shown, (op, f"{''.join(words[:left]).rstrip()}…"))
        shown.append((op, text))
        left -= len(words)
    return tuple(shown)


def briefly(revision: Measured) -> str:
    """What a report gives as its measure, without what its goal and baseline are: "12.5 %"."""
    value = revision.report.value
    if revision.entry == Entry.VALUE and value is not None:
        return of_value(value, revision.terms)
    return measured(revision)
