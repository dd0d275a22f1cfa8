"""An edition as it is read, on the page and on paper alike: what its content says, put in order.

Nothing here asks the database: the same content is told in the same way for ever.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple, Self

from django.utils.translation import gettext as _

from plans.choices import Dimension, Level
from plans.choices import Standing as PlanStanding
from plans.semester import Semester
from plans.summary import noun
from plans.term import Term
from tracking.accountability.content import (
    CellSaid,
    Content,
    Counted,
    Promise,
    ReportSaid,
    Spent,
    SupportSaid,
)
from tracking.accountability.frozen import read
from tracking.accountability.hearing import year_to_project
from tracking.choices import Signal, Stage
from tracking.models import AccountabilityReport, Standing
from tracking.models.edition_codes import grouped
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import Column
from tracking.public.figures.balance import Balance
from tracking.public.figures.changes import Changes
from tracking.public.figures.punctuality import Punctuality
from tracking.reading.states import counted
from tracking.reading.strips import Cell, Told

MOST_ROWS: Final = 1000
"""Beyond it a table is summed up, and the CSV has each row."""

GUIDELINES: Final = "lineamientos"


class Line(NamedTuple):
    """A promise in its place: ``strip`` as it is drawn, and what it cost in the semester's year."""

    promise: Promise
    strip: list[Cell]
    spent: Spent | None
    holds_others: bool

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
    root: Line | None
    lines: list[Line]
    balances: list[Balance]
    is_summed_up: bool

    @property
    def is_of_guidelines(self) -> bool:
        return self.anchor == GUIDELINES

    @property
    def sums(self) -> list[tuple[Promise, str]]:
        """Of what holds others, how the promises right below it stand; for what is summed up."""
        below: dict[str, Counter[str]] = defaultdict(Counter)
        for line in self.lines:
            if line.promise.is_asked:
                below[line.promise.parent][_state(line)] += 1
        held = [each for each in (self.root, *self.lines) if each and each.promise.ref in below]
        return [(each.promise, counted(below[each.promise.ref])) for each in held]


class UnitRow(NamedTuple):
    """How a unit reported, all levels together, and how far behind its schedules it is."""

    name: str
    figures: Punctuality
    late: int
    halted: int


@dataclass(frozen=True)
class Edition:
    """CONTENT, with its CODE and SHA256; a draft, which nobody issued, has neither."""

    content: Content
    code: str = ""
    sha256: str = ""

    @classmethod
    def of(cls, report: AccountabilityReport) -> Self:
        """REPORT as it was frozen."""
        return cls(read(report.content), report.code, report.sha256)

    @cached_property
    def semester(self) -> Semester:
        return Semester.parse(self.content.semester)

    @cached_property
    def term(self) -> Term:
        return Term.parse(self.content.plan.term)

    @property
    def printed_code(self) -> str:
        return grouped(self.code)

    @property
    def address(self) -> str:
        """Where anybody verifies it: what the QR leads to."""
        return f"{self.content.verify}{self.printed_code}/"

    @property
    def title(self) -> str:
        return _("Rendición de cuentas del semestre %(semester)s, %(place)s") % {
            "semester": self.semester,
            "place": self.content.municipality.full_name,
        }

    @property
    def description(self) -> str:
        """The title, and the counts; whoever prints it says first whether they are simulated."""
        told = [f"{each.sentence}." for each in self.balances]
        return " ".join([f"{self.title}.", *told])

    @property
    def standing(self) -> str:
        return str(PlanStanding(self.content.plan.standing).label)

    # In short

    @cached_property
    def balances(self) -> list[Balance]:
        """The whole plan in the semester."""
        return [_balance(each) for each in self._of_plan if each.semester == self.content.semester]

    @property
    def bars(self) -> list[tuple[Balance, list[Segment]]]:
        return [(each, each.segments()) for each in self.balances]

    @property
    def columns(self) -> list[tuple[str, list[Column]]]:
        """Each level that the semester tells of, from the term's first semester to this one."""
        return [
            (noun(each.level, 2).capitalize(), self._columns(each.level)) for each in self.balances
        ]

    def _columns(self, level: str) -> list[Column]:
        """Whole years: what came after the semester is left without figures."""
        counted = {each.semester: each for each in self._of_plan if each.level == level}
        found = []
        for semester in Semester.all_of(self.term):
            if semester.year > self.semester.year:
                break
            row = counted.get(str(semester))
            segments = _balance(row).segments() if row else []
            found.append(Column(semester, segments, is_current=semester == self.semester))
        return found

    @property
    def _of_plan(self) -> list[Counted]:
        return [each for each in self.content.standings if not each.dimension and not each.unit]

    @property
    def changes(self) -> list[tuple[str, list[Promise]]]:
        """What changed since the semester before, in words, each with its promises."""
        if not self.content.changed_since:
            return []
        told = Changes(Semester.parse(self.content.changed_since), **self.content.changes)  # type: ignore[arg-type]
        return [(words, [self.by_ref[str(ref)] for ref in refs]) for words, refs in told.told]

    # Promise by promise

    @cached_property
    def by_ref(self) -> dict[str, Promise]:
        return {each.ref: each for each in self.content.promises}

    @cached_property
    def lines(self) -> list[Line]:
        year = self.semester.year
        holders = {each.parent for each in self.content.promises}
        return [
            Line(
                promise,
                [_cell(cell) for cell in promise.strip],
                promise.spent_in(year),
                promise.ref in holders or promise.level in {Level.DIMENSION, Level.PROBLEM},
            )
            for promise in self.content.promises
        ]

    @cached_property
    def groups(self) -> list[Group]:
        """The four dimensions, then the guidelines that are followed."""
        found = []
        for dimension in Dimension:
            lines = [each for each in self.lines if each.promise.dimension == dimension]
            if lines:
                found.append(self._group(str(dimension.label), dimension.value, lines))
        followed = [each for each in self.lines if _is_followed(each.promise)]
        if followed or self.unfollowed:
            summed_up = self.is_long
            found.append(Group(_("Lineamientos"), GUIDELINES, None, followed, [], summed_up))
        return found

    @property
    def is_long(self) -> bool:
        return len(self.lines) > MOST_ROWS

    @cached_property
    def placed(self) -> set[str]:
        """The refs that have a row of their own, to which a link can lead."""
        groups = [group for group in self.groups if not group.is_summed_up]
        lines = [line for group in groups for line in (group.root, *group.lines) if line]
        return {line.promise.ref for line in lines}

    def _group(self, title: str, dimension: str, lines: list[Line]) -> Group:
        root = next((each for each in lines if each.promise.level == Level.DIMENSION), None)
        rest = [each for each in lines if each is not root]
        balances = [
            _balance(each) for each in self.content.standings if each.dimension == dimension
        ]
        name = _("Dimensión %s") % title.lower()
        return Group(name, dimension, root, rest, balances, self.is_long)

    @property
    def unfollowed(self) -> int:
        """Guidelines on which nobody reports, because the municipality chose not to follow them."""
        guidelines = [each for each in self.content.promises if each.level == Level.GUIDELINE]
        return sum(not _is_followed(each) for each in guidelines)

    @cached_property
    def reported(self) -> list[Line]:
        return [each for each in self.lines if each.report]

    @property
    def difficult(self) -> list[Line]:
        """What was reported with difficulties, measures, or a halt."""
        return [
            each
            for each in self.reported
            if each.report
            and (each.report.difficulties or each.report.next_steps or each.report.halted_since)
        ]

    @cached_property
    def unexplained(self) -> list[Line]:
        """What is behind its schedule, and whose report says nothing of why."""
        return [each for each in self.reported if each.report and each.report.is_unexplained]

    @property
    def explained_before(self) -> list[Line]:
        """Of those, what an earlier report gave a cause of."""
        return [each for each in self.unexplained if each.report and each.report.cause_before]

    @property
    def never_explained(self) -> list[Promise]:
        return [
            each.promise
            for each in self.unexplained
            if each.report and not each.report.cause_before
        ]

    @property
    def supported(self) -> list[tuple[Promise, list[SupportSaid]]]:
        return [
            (each.promise, each.report.supports)
            for each in self.reported
            if each.report and each.report.supports
        ]

    @property
    def support_count(self) -> int:
        return sum(len(supports) for _promise, supports in self.supported)

    @cached_property
    def silent(self) -> list[tuple[str, list[Promise]]]:
        """What was asked and not reported, by the office that owes it, most first.

        What two offices answer for is with both; "" where none does.
        """
        owed: dict[str, list[Promise]] = defaultdict(list)
        for promise in self.content.promises:
            if promise.is_silent:
                for unit in promise.units or [""]:
                    owed[unit].append(promise)
        return sorted(owed.items(), key=lambda each: -len(each[1]))

    @property
    def has_many_supports(self) -> bool:
        return self.support_count > MOST_ROWS

    @property
    def silent_count(self) -> int:
        return sum(each.is_silent for each in self.content.promises)

    # Who, and at what cost

    @property
    def year_to_project(self) -> int | None:
        """The year whose end could be projected when it was issued."""
        content = self.content
        day = content.days.closed_on if content.simulated else content.as_of
        return year_to_project(self.semester, self.term, day)

    @property
    def projected_year(self) -> int | None:
        """The year whose end is told beforehand; None where nothing is, and nothing could be."""
        if not self.content.projection:
            return self.year_to_project
        return self.content.projection_year or self.semester.year

    @property
    def units(self) -> list[UnitRow]:
        by_unit: dict[str, list[Standing]] = defaultdict(list)
        for each in self.content.standings:
            if each.unit:
                by_unit[each.unit].append(_standing(each))
        found = [_unit_row(name, rows) for name, rows in by_unit.items()]
        unassigned = [each for each in self.content.promises if each.is_asked and not each.units]
        return [*found, _unassigned(unassigned)] if unassigned else found


def _is_followed(promise: Promise) -> bool:
    return promise.level == Level.GUIDELINE and bool(promise.is_asked or promise.report)


def _balance(row: Counted) -> Balance:
    return Balance(_standing(row), Told(row.silence))


def _standing(row: Counted) -> Standing:
    """ROW as the plan's page has it, for the sentences that are told of both."""
    repeated = (
        *("level", "asked", "reported", "punctual", "supported", "corrected", "halted"),
        *("unverifiable", "means"),
    )
    return Standing(
        **{name: getattr(row, name) for name in repeated},
        **{column: row.stages.get(stage, 0) for stage, column in STAGE_COLUMNS.items()},
        **{column: row.signals.get(signal, 0) for signal, column in SIGNAL_COLUMNS.items()},
    )


def _unit_row(name: str, rows: Iterable[Standing]) -> UnitRow:
    found = list(rows)
    behind = (SIGNAL_COLUMNS[Signal.LATE], SIGNAL_COLUMNS[Signal.VERY_LATE])
    return UnitRow(
        name,
        Punctuality.of(found),
        sum(getattr(row, column) for row in found for column in behind),
        sum(row.halted for row in found),
    )


def _unassigned(promises: Sequence[Promise]) -> UnitRow:
    """What was asked and no unit answers for: without it the table would not add up."""
    reports = [each.report for each in promises if each.report]
    figures = Punctuality(
        asked=len(promises),
        reported=len(reports),
        punctual=sum(not each.is_late for each in reports),
        supported=sum(bool(each.supports) for each in reports),
    )
    late = sum(each.signal in {Signal.LATE, Signal.VERY_LATE} for each in reports)
    halted = sum(each.halted_since is not None for each in reports)
    return UnitRow(_("Sin oficina asignada"), figures, late, halted)


def _cell(cell: CellSaid) -> Cell:
    said = {**vars(cell), "semester": Semester.parse(cell.semester), "told": Told(cell.told)}
    return Cell(**said)


def _state(line: Line) -> str:
    return line.report.stage if line.report else Told.MISSING.value
