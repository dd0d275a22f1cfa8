"""What changed from one semester to the next, promise by promise: before, and now; bad news first.

All is read from what was frozen: the lists of what changed, and the strips.
"""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from django.utils.functional import Promise as Lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.choices import Signal, Stage
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import said_of

WORST_FIRST: Final[tuple[tuple[str, str | Lazy], ...]] = (
    ("halted", gettext_lazy("Se paralizaron")),
    ("back", gettext_lazy("Retrocedieron")),
    ("silent", gettext_lazy("Dejaron de informarse")),
    ("slipped", gettext_lazy("Se atrasaron")),
    ("remeasured", gettext_lazy("Se miden de otra forma que antes")),
    ("corrected", gettext_lazy("Corregidas después de publicarse")),
)
"""What a reader has to ask about, each kind with its rows."""

GOOD: Final[tuple[tuple[str, str | Lazy], ...]] = (
    ("first", gettext_lazy("Informadas por primera vez")),
    ("ahead", gettext_lazy("Avanzaron")),
)

DELAY: Final = (Signal.ON_TIME, Signal.LATE, Signal.VERY_LATE)
MOST: Final = 80
"""Rows of a kind; beyond them the attached JSON has each strip."""


class Move(NamedTuple):
    """A promise with what was said of it in the semester before, and now."""

    line: PromiseLine
    before: str
    now: str


class Moves(NamedTuple):
    """One KIND of change in words, with its moves; ABOVE of its kind stand under a worse one."""

    title: str
    rows: Sequence[Move]
    above: int

    @property
    def total(self) -> int:
        return len(self.rows) + self.above

    @property
    def shown(self) -> Sequence[Move]:
        return self.rows[:MOST]

    @property
    def more(self) -> int:
        return len(self.rows) - len(self.shown)


def bad_moves(edition: Edition) -> list[Moves]:
    return [each for name, each in _moves(edition) if name in dict(WORST_FIRST) and each.rows]


def good_moves(edition: Edition) -> list[Moves]:
    return [each for name, each in _moves(edition) if name in dict(GOOD) and each.rows]


def moves_above(edition: Edition) -> list[Moves]:
    """The kinds all of whose promises stand under a worse one: they have no row of their own."""
    return [each for _name, each in _moves(edition) if not each.rows]


def _moves(edition: Edition) -> Iterator[tuple[str, Moves]]:
    """Each promise once, under the worst that is to be said of it."""
    if not edition.content.changed_since:
        return
    seen: set[str] = set()
    for name, title in (*WORST_FIRST, *GOOD):
        refs = _refs(edition, name)
        rows = [_move(edition, edition.line_by_ref[ref]) for ref in refs if ref not in seen]
        if refs:
            yield name, Moves(str(title), rows, len(refs) - len(rows))
        seen.update(refs)


def _refs(edition: Edition, name: str) -> list[str]:
    if name == "halted":
        first = edition.semester.first_day
        reports = ((each.promise.ref, each.report) for each in edition.lines)
        return [
            ref
            for ref, report in reports
            if report and report.halted_since and report.halted_since >= first
        ]
    if name == "slipped":
        return [each.promise.ref for each in edition.lines if _has_slipped(edition, each)]
    return edition.content.changes.get(name, [])


def _has_slipped(edition: Edition, line: PromiseLine) -> bool:
    """Whether LINE is further behind its schedule than it was in the semester before."""
    cells = _before(edition, line), _now(edition, line)
    signals = [each.signal for each in cells if each and each.arrival == Arrival.REPORTED]
    if len(signals) < len(cells) or not all(each in DELAY for each in signals):
        return False
    was, now = (DELAY.index(Signal(each)) for each in signals)
    return now > was


def _move(edition: Edition, line: PromiseLine) -> Move:
    cells = _before(edition, line), _now(edition, line)
    before, now = (_said(cell) for cell in cells)
    if before == now:  # the same figure of another stage
        before, now = (_said(cell, staged=True) for cell in cells)
    return Move(line, before, now)


def _before(edition: Edition, line: PromiseLine) -> Cell | None:
    return _cell(line, edition.content.changed_since)


def _now(edition: Edition, line: PromiseLine) -> Cell | None:
    return _cell(line, edition.content.semester)


def _cell(line: PromiseLine, semester: str) -> Cell | None:
    return next((each for each in line.strip if str(each.semester) == semester), None)


def _said(cell: Cell | None, *, staged: bool = False) -> str:
    """How far it is and how late; of what is halted, that too: it may slip further meanwhile.

    STAGED it says the stage of what has a figure, too.
    """
    if cell and cell.arrival == Arrival.REPORTED:
        said = said_of(cell._replace(is_halted=False))
        if staged and cell.stage and cell.progress is not None:
            said = f"{Stage(cell.stage).label.lower()}, {said}"
        return f"{said}, {_('paralizada')}" if cell.is_halted else said
    return _("sin informe") if cell and cell.arrival == Arrival.MISSING else "–"
