"""The table of an edition: its promises as lines, in their dimensions."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from plans.choices import Dimension, Level, MeasureKind
from plans.semester import Semester
from tracking.accountability.content import CellSaid, Content, Counted, Promise, ReportSaid, Spent
from tracking.choices import Stage, Verdict
from tracking.public.figures.balance import Balance
from tracking.reading.states import counted
from tracking.reading.strips import Arrival, Cell
from tracking.reading.verdicts import LastKnown, last_known, sentence_of

MOST_ROWS: Final = 1000
"""Beyond it a table is summed up, and the CSV has each row."""

FEW: Final = 3
"""Promises of one office, which it is named for once."""

GUIDELINES: Final = "lineamientos"

KEPT: Final = "nivel: mantener"
"""How the frozen words begin of a level that is to be kept: nothing else says so of it."""


class PromiseLine(NamedTuple):
    """A promise in its place: ``strip`` as it is drawn, and what it cost in the semester's year.

    ``known`` is how it went by the end of the semester, by what is frozen of it. An edition tells
    of its semester: of what was due and is not reported it is unknown how it goes, however it went
    before; only what was delivered stays so.
    """

    promise: Promise
    strip: list[Cell]
    spent: Spent | None
    holds_others: bool
    known: LastKnown

    @property
    def is_heading(self) -> bool:
        """Whether it stands above others: no report was due of it, and none gives a measure."""
        if self.promise.is_asked or not self.holds_others:
            return False
        return self.report is None or self.report.stage == Stage.TOLD

    @property
    def report(self) -> ReportSaid | None:
        return self.promise.report


class Group(NamedTuple):
    """A dimension, or the guidelines: its ``root`` if it has one, and its lines in their order.

    ``is_summed_up`` where all groups together are more than a table holds.
    """

    title: str
    anchor: str
    root: PromiseLine | None
    lines: list[PromiseLine]
    balances: list[Balance]
    is_summed_up: bool

    @property
    def is_of_guidelines(self) -> bool:
        return self.anchor == GUIDELINES

    @property
    def called(self) -> str:
        """Its title on a page."""
        return _("Compromisos generales") if self.is_of_guidelines else self.title

    @property
    def usual_office(self) -> str:
        """What answers for at least half of its promises, and for several; "" where none does."""
        asked = [each.promise.units for each in self.lines if each.promise.is_asked]
        [(office, n)] = Counter(map("; ".join, asked)).most_common(1) or [("", 0)]
        return office if n >= FEW and 2 * n >= len(asked) else ""

    @property
    def sentence(self) -> str:
        """One sentence of how its promises went; "" where no report was asked."""
        asked = [each for each in (self.root, *self.lines) if each and each.promise.is_asked]
        return sentence_of(Counter(each.known.verdict.value for each in asked)) if asked else ""

    @property
    def sums(self) -> list[tuple[Promise, str]]:
        """Each heading with the counts, in words, of the promises right below it."""
        below: dict[str, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            if line.promise.is_asked:
                below[line.promise.parent][_state(line)] += 1
        held = [each for each in (self.root, *self.lines) if each and each.promise.ref in below]
        return [(each.promise, counted(below[each.promise.ref])) for each in held]


def lines_of(content: Content) -> list[PromiseLine]:
    """A line of each promise of CONTENT, in its order."""
    year = Semester.parse(content.semester).year
    holders = {each.parent for each in content.promises}
    return [_line(promise, year, holders) for promise in content.promises]


def _line(promise: Promise, year: int, holders: Collection[str]) -> PromiseLine:
    strip = [_cell(cell, promise) for cell in promise.strip]
    holds_others = promise.ref in holders or promise.level in {Level.DIMENSION, Level.PROBLEM}
    known = last_known(strip)
    if promise.is_silent and known.verdict != Verdict.DONE:
        known = known._replace(verdict=Verdict.UNKNOWN)
    return PromiseLine(promise, strip, promise.spent_in(year), holds_others, known)


def groups_of(content: Content, lines: Sequence[PromiseLine]) -> list[Group]:
    """The dimensions of CONTENT, the four first, then the guidelines that are followed, with their
    LINES."""
    is_summed_up = len(lines) > MOST_ROWS
    groups = []
    own = {each.promise.dimension for each in lines} - {"", *Dimension.values}
    in_order = dict.fromkeys(line.promise.dimension for line in lines)
    for dimension in (*Dimension.values, *(each for each in in_order if each in own)):
        of_it = [each for each in lines if each.promise.dimension == dimension]
        if of_it:
            groups.append(_dimension(content, dimension, of_it, is_summed_up=is_summed_up))
    followed = [each for each in lines if _is_followed(each.promise)]
    if followed or unfollowed(content):
        groups.append(Group(_("Lineamientos"), GUIDELINES, None, followed, [], is_summed_up))
    return groups


def unfollowed(content: Content) -> int:
    """Guidelines on which nobody reports, because the municipality chose not to follow them."""
    guidelines = [each for each in content.promises if each.level == Level.GUIDELINE]
    return sum(not _is_followed(each) for each in guidelines)


def balance_of(row: Counted) -> Balance:
    return Balance(row, Arrival(row.silence))


def dimension_name(content: Content, key: str) -> str:
    """How the dimension KEY is called in CONTENT, "" for none: its own are called as they begin."""
    if not key:
        return ""
    if key in Dimension.values:
        return str(Dimension(key).label)
    heading = (each for each in content.promises if each.is_dimension)
    return next((each.statement for each in heading if each.dimension == key), key)


def _dimension(
    content: Content, dimension: str, lines: list[PromiseLine], *, is_summed_up: bool
) -> Group:
    root = next((each for each in lines if each.promise.is_dimension), None)
    rest = [each for each in lines if each is not root]
    balances = [balance_of(each) for each in content.standings if each.dimension == dimension]
    called = dimension_name(content, dimension)
    name = _("Dimensión %s") % called.lower() if dimension in Dimension.values else called
    return Group(name, dimension, root, rest, balances, is_summed_up)


def _is_followed(promise: Promise) -> bool:
    return promise.level == Level.GUIDELINE and bool(promise.is_asked or promise.report)


def _cell(cell: CellSaid, promise: Promise) -> Cell:
    """CELL as it was frozen; of a halt the semester's own report, the strip's last, told always."""
    report = promise.report if cell is promise.strip[-1] else None
    return Cell(
        semester=Semester.parse(cell.semester),
        arrival=Arrival(cell.told),
        is_final=cell.is_final,
        is_corrected=cell.is_corrected,
        progress=cell.progress,
        step=cell.step,
        signal=cell.signal,
        is_supported=cell.is_supported,
        stage=cell.stage,
        is_halted=cell.is_halted or (report is not None and report.halted_since is not None),
        is_lasting=promise.kind == MeasureKind.PERMANENT or promise.terms.startswith(KEPT),
    )


def _state(line: PromiseLine) -> str:
    return line.report.stage if line.report else Arrival.MISSING.value
