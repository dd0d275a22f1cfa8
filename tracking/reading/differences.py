"""What one revision of a report changed from another: no queries, nothing written."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.figures import figure_text
from plans.locations import written
from plans.wording import Op, word_differences
from tracking.choices import Signal, Step
from tracking.measuring import progress
from tracking.measuring.entry import TEXTS, WRITABLE
from tracking.models import ProgressReport, Support

RESULT: Final = ("progress", "signal")
WORDED: Final[dict[str, type[Step] | type[Signal]]] = {"step": Step, "signal": Signal}


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
    changed = []
    for name in names:
        before, after = _shown(name, getattr(old, name)), _shown(name, getattr(new, name))
        if before.split() == after.split():
            continue
        words = tuple(word_differences(before, after)) if name in TEXTS else ()
        label = str(ProgressReport._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
        changed.append(Difference(name, label, before, after, words))
    return changed


def support_differences(old: Iterable[Support], new: Iterable[Support]) -> list[tuple[Op, Support]]:
    """The supports that only OLD has, then those that only NEW has.

    One whose title, date or place was changed is in both lists.
    """
    before, after = {_said_of(each): each for each in old}, {_said_of(each): each for each in new}
    removed = [(Op.REMOVED, each) for key, each in before.items() if key not in after]
    return removed + [(Op.ADDED, each) for key, each in after.items() if key not in before]


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
        return written(value) if name == "locations" else "; ".join(value)
    if isinstance(value, dt.date):
        return date_format(value)
    return figure_text(value) if isinstance(value, Decimal) else str(value)
