"""What each semester of a term tells of a promise, at a glance: the cells of the semester strip."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, Final, NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.measuring.due import Windows
from tracking.measuring.verdicts import is_lasting
from tracking.models import ClosingLine, ProgressReport, SemesterWindow, Support


class Arrival(StrEnum):
    """Whether a semester of a promise was reported, and if not, whether it had to be."""

    REPORTED = "informado"
    MISSING = "sin-informe"
    DUE = "por-informar"
    AHEAD = "aun-no"
    UNASKED = "no-se-pidio"

    @property
    def is_due(self) -> bool:
        """Whether it is missing and may still come in time."""
        return self == Arrival.DUE


class Look(NamedTuple):
    """What a cell shows, of whatever semester: many cells of a country look the same."""

    arrival: Arrival
    is_final: bool
    is_corrected: bool
    progress: Decimal | None
    step: int | None
    signal: str
    is_supported: bool


DRAWN: Final = 1 + len(Look._fields)
"""How many fields of a cell its drawing shows: its semester, and what its look has, in order."""


class Cell(NamedTuple):
    """One semester of one promise: of its newest published report, what fits in a small cell.

    PROGRESS in percent, STEP of the rubric; both None where the report is told in words or gives a
    value alone. ``is_final`` in the last semester of the term.
    """

    semester: Semester
    arrival: Arrival
    is_final: bool = False
    is_corrected: bool = False
    progress: Decimal | None = None
    step: int | None = None
    signal: str = ""
    is_supported: bool = False
    stage: str = ""
    terms_id: int | None = None
    is_halted: bool = False
    is_lasting: bool = False

    @property
    def look(self) -> Look:
        return Look(
            arrival=self.arrival,
            is_final=self.is_final,
            is_corrected=self.is_corrected,
            progress=self.progress,
            step=self.step,
            signal=self.signal,
            is_supported=self.is_supported,
        )

    @property
    def as_drawn(self) -> tuple[Any, ...]:
        """Its semester and look, its first fields: a `Cell` of these alone is drawn like it.

        Those of two plans that are drawn alike are equal, which whole cells never are.
        """
        return self[:DRAWN]

    @property
    def is_asked(self) -> bool:
        """Whether there is anything to tell of it: a report, or one that is missing or awaited."""
        return self.arrival not in {Arrival.UNASKED, Arrival.AHEAD}

    @property
    def state(self) -> str:
        """What it is counted and filtered as: a `Stage`, or what kind of silence it is."""
        return self.stage or self.arrival


class Closing(NamedTuple):
    """What the closing of a semester fixed of an element; without a report it was a silence.

    ``units`` are the ids of those that answered for it, ``kind`` how it was measured.
    """

    report_id: int | None
    signal: str
    units: Sequence[int] = ()
    kind: str = ""


Closings = Mapping[tuple[int, Semester], Closing]


def closings_of(elements: Collection[PlanElement]) -> dict[tuple[int, Semester], Closing]:
    """What closed semesters fixed, by element and semester. One query."""
    rows: QuerySet[Any] = ClosingLine.objects.filter(element__in=elements).values_list(
        "element_id", "window__semester", "report_id", "signal", "units", "kind"
    )
    return {
        (element, semester): Closing(report_id=report, signal=signal, units=units, kind=kind)
        for element, semester, report, signal, units, kind in rows
    }


def strips_of(
    plan: Plan,
    elements: Collection[PlanElement],
    windows: Windows,
    closings: Closings,
    *,
    at: dt.date,
) -> dict[int, list[Cell]]:
    """The strip of each of ELEMENTS of PLAN on the day AT, by their ids. One query.

    Whoever is neither asked to report nor reported has none. The elements carry
    ``is_reportable``; only published reports are read.
    """
    reported = _reported_cells({each.pk: last_of(plan) for each in elements})
    return strips_from(plan, elements, windows, closings, reported, at=at)


def strips_of_several(elements: Collection[PlanElement], *, at: dt.date) -> dict[int, list[Cell]]:
    """The same of ELEMENTS of several plans, which they carry. Three queries."""
    of_plan: dict[Plan, list[PlanElement]] = defaultdict(list)
    for element in elements:
        of_plan[element.plan].append(element)
    windows: dict[int, dict[Semester, SemesterWindow]] = defaultdict(dict)
    places = {plan.municipality_id for plan in of_plan}
    for row in SemesterWindow.objects.filter(municipality__in=places).order_by():
        windows[row.municipality_id][row.semester] = row
    closings = closings_of(elements)
    reported = _reported_cells({each.pk: last_of(each.plan) for each in elements})
    strips: dict[int, list[Cell]] = {}
    for plan, group in of_plan.items():
        days = windows[plan.municipality_id]
        strips |= strips_from(plan, group, days, closings, reported, at=at)
    return strips


def last_of(plan: Plan) -> Semester:
    """The last semester of the term of PLAN."""
    return Semester(plan.last_year, 2)


def strips_from(
    plan: Plan,
    elements: Collection[PlanElement],
    windows: Windows,
    closings: Closings,
    reported: Mapping[int, Mapping[Semester, Cell]],
    *,
    at: dt.date,
) -> dict[int, list[Cell]]:
    """The same where it is known already what was REPORTED, by element and semester. No query."""
    semesters, last = Semester.all_of(plan.term), last_of(plan)
    silent = {
        (semester, is_asked): Cell(
            semester,
            silence(semester, windows.get(semester), is_asked=is_asked, at=at),
            is_final=semester == last,
        )
        for semester in semesters
        for is_asked in (True, False)
    }
    closed = {semester for semester, window in windows.items() if window.is_closed}
    strips = {}
    for element in elements:
        cells = reported.get(element.pk, {})
        is_asked_now = plan.takes_reports and element.is_reportable
        strip = []
        for semester in semesters:
            if semester in cells:
                strip.append(cells[semester])
                continue
            was_asked = (element.pk, semester) in closings
            strip.append(silent[semester, was_asked if semester in closed else is_asked_now])
        if is_telling(strip):
            strips[element.pk] = strip
    return strips


def is_telling(strip: Iterable[Cell]) -> bool:
    """Whether there is, or should have been, anything to read in STRIP."""
    return any(cell.is_asked for cell in strip)


def _reported_cells(lasts: Mapping[int, Semester]) -> dict[int, dict[Semester, Cell]]:
    """The cells of the newest published reports, by element: those of LASTS, with the last semester
    of the term of each.

    From plain rows: a plan has hundreds of reports, and their texts are not needed here.
    """
    newest = ProgressReport.objects.published().filter(element__in=lasts).newest()
    cells: dict[int, dict[Semester, Cell]] = defaultdict(dict)
    for element, *columns in cell_rows(newest):
        cell = cell_from(columns, lasts[element])
        cells[element][cell.semester] = cell
    return cells


def cell_rows(reports: QuerySet[Any], *also: str) -> QuerySet[Any]:
    """Of each of REPORTS its element's id, what `cell_from` makes its cell of, and ALSO."""
    supports = Support.objects.filter(report=OuterRef("pk"))
    rows: QuerySet[Any] = reports.annotate(is_supported=Exists(supports)).values_list(
        *("element_id", "semester", "revision", "progress", "step"),
        *("signal", "is_supported", "stage", "terms", "halted_since"),
        *("terms__kind", "terms__direction", *also),
    )
    return rows


def cell_from(columns: Sequence[Any], last: Semester) -> Cell:
    """The cell of a report that has these COLUMNS; LAST is the last semester of its term."""
    semester, revision, progress, step, signal, *others = columns
    is_supported, stage, terms, halted_since, kind, direction = others
    return Cell(
        semester,
        Arrival.REPORTED,
        is_final=semester == last,
        is_corrected=revision > 1,
        progress=progress,
        step=step,
        signal=signal,
        is_supported=is_supported,
        stage=stage,
        terms_id=terms,
        is_halted=halted_since is not None,
        is_lasting=is_lasting(kind, direction),
    )


def silence(
    semester: Semester, window: SemesterWindow | None, *, is_asked: bool, at: dt.date
) -> Arrival:
    """What a SEMESTER without a report is on the day AT. Without its days nobody was asked."""
    if not is_asked:
        return Arrival.UNASKED
    if window is None:
        return Arrival.AHEAD if semester.last_day >= at else Arrival.UNASKED
    if window.is_closed:
        return Arrival.MISSING
    if at < window.opens_on:
        return Arrival.AHEAD
    return Arrival.MISSING if window.is_past_due(at) else Arrival.DUE
