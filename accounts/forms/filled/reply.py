"""What is answered to a sheet that came back: row by row what was taken, what waits and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, TypeVar

from accounts.forms.filled.reading import Left, Line

Waiting = TypeVar("Waiting")
TRY: Final = "revisar"
"""What the button sends that shows what was understood and saves nothing."""
MOST_TO_MEND = 50
"""How many rows that wait come back to be mended in the page."""
MOST_NAMED = 100
"""How many rows are named that are left for one reason: an export of others' has thousands."""


@dataclass(frozen=True)
class Change:
    """What a row says that was not so before: DIFFERENCES have a name, and what was and is."""

    key: str
    title: str
    differences: Sequence[Any]


@dataclass
class Reply:
    """TAKEN was saved, or would be where the sheet IS_TRIED; WAITING rows are shown to be mended.

    LEFT are rows of which nothing can be taken here; MISSING the codes that the sheet lacks.
    """

    is_tried: bool
    taken: list[Change] = field(default_factory=list)
    unchanged: int = 0
    waiting: int = 0
    left: list[Left] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    notes: Sequence[str] = ()

    def first(self, waiting: Sequence[Waiting]) -> Sequence[Waiting]:
        """Those of WAITING that can be mended in the page."""
        return waiting[:MOST_TO_MEND]

    @property
    def more(self) -> int:
        """How many rows wait beyond those that can be mended in the page."""
        return max(0, self.waiting - MOST_TO_MEND)

    @property
    def by_reason(self) -> Iterable[tuple[str, list[Line], int]]:
        """The rows that are left, those for one reason together, and how many more there are."""
        reasons: dict[str, list[Line]] = {}
        for each in self.left:
            reasons.setdefault(each.reason, []).append(each.line)
        for reason, lines in reasons.items():
            yield reason, lines[:MOST_NAMED], max(0, len(lines) - MOST_NAMED)

    @property
    def is_faulty(self) -> bool:
        return bool(self.waiting or self.left)
