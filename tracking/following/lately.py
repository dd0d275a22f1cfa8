"""What was published of some municipalities' plans lately, read once for all who follow them.

The ledger says what is new: its entries are numbered in the order in which they became public, so
that nothing is told twice and nothing passed over, whoever publishes meanwhile.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Final, NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, Left

from plans.models import Plan, PlanElement, PlanVersion, Responsibility
from plans.semester import Semester
from tracking.choices import LedgerAct
from tracking.models import (
    AccountabilityReport,
    ClosingLine,
    LedgerEntry,
    ProgressReport,
    SemesterWindow,
)
from tracking.reading.strips import Cell, Closing, cell_from, cell_rows, last_of, strips_from
from tracking.reading.verdicts import LastKnown, last_known

REPORTED: Final = (LedgerAct.REPORT, LedgerAct.CORRECTION)
NARRATED: Final = 240
"""Characters of what an office wrote, in a letter."""


class Moment(NamedTuple):
    """What was known when a municipality's ledger had NUMBER entries, on the day ON."""

    number: int
    on: dt.date


Moments = Mapping[int, Moment]
"""One of each municipality, by its id."""


class Published(NamedTuple):
    """One report as its cell, and under which NUMBER it was entered."""

    number: int
    cell: Cell
    pk: int
    revision: int


class Words(NamedTuple):
    """What a new report says: its NARRATIVE as far as a letter has it, why it corrects another, and
    the id of the office that reports."""

    narrative: str
    correction: str
    unit: int | None


@dataclass
class Lately:
    """What there is to tell of PLAN, and of its promises that something was published of.

    By an element's id: its reports, what closings fixed, and the offices that answer for it, as
    (id, name); by a new report's its words. ``closed`` has the number under which a semester's
    closing was entered; ``versions`` and ``editions`` theirs.
    """

    plan: Plan
    elements: list[PlanElement] = field(default_factory=list)
    windows: dict[Semester, SemesterWindow] = field(default_factory=dict)
    closed: dict[Semester, int] = field(default_factory=dict)
    reports: dict[int, list[Published]] = field(default_factory=lambda: defaultdict(list))
    words: dict[int, Words] = field(default_factory=dict)
    closings: dict[tuple[int, Semester], Closing] = field(default_factory=dict)
    offices: dict[int, list[tuple[int, str]]] = field(default_factory=lambda: defaultdict(list))
    versions: list[tuple[int, PlanVersion]] = field(default_factory=list)
    editions: list[tuple[int, AccountabilityReport]] = field(default_factory=list)
    _known: dict[Moment, dict[int, LastKnown]] = field(default_factory=dict)

    def known_at(self, moment: Moment) -> dict[int, LastKnown]:
        """How each of the elements went by what was known at MOMENT, by its id. Kept."""
        if moment not in self._known:
            self._known[moment] = self._read(moment)
        return self._known[moment]

    def _read(self, moment: Moment) -> dict[int, LastKnown]:
        windows = {}
        for semester, window in self.windows.items():
            known = window
            if window.is_closed and self.closed.get(semester, 0) > moment.number:
                known = copy(window)
                known.closed_at = None
            windows[semester] = known
        cells = {
            pk: {
                each.cell.semester: each.cell for each in published if each.number <= moment.number
            }
            for pk, published in self.reports.items()  # of a semester the newest stays
        }
        strips = strips_from(self.plan, self.elements, windows, self.closings, cells, at=moment.on)
        return {pk: last_known(strip) for pk, strip in strips.items()}


def lately(since: Moments, until: Moments) -> dict[int, Lately]:
    """What became public after SINCE, up to UNTIL, by the plan's id. Twelve queries at most.

    Plans of which nothing did are left out. Only what is published is read.
    """
    entries = _entries(since, until)
    plans = Plan.objects.published().filter(municipality__in=since).select_related("municipality")
    found = {plan.pk: Lately(plan) for plan in plans}
    _read_windows(found)
    _read_versions(found, _subjects(entries, LedgerAct.PLAN))
    _read_editions(found, _subjects(entries, LedgerAct.EDITION))
    reported = _subjects(entries, *REPORTED)
    asked = [
        Q(plan__in=_changed(found, since, until)),
        Q(reports__in=reported),
        *(Q(plan=pk, ref__in=refs) for pk, each in found.items() if (refs := _refs(each))),
    ]
    of_plan = _read_elements(found, reduce(or_, asked))
    _read_reports(of_plan, reported, until)
    _read_closings(of_plan)
    _read_offices(of_plan)
    return {
        pk: each for pk, each in found.items() if each.elements or each.versions or each.editions
    }


def _entries(since: Moments, until: Moments) -> list[LedgerEntry]:
    later = [
        Q(municipality=place, number__gt=moment.number, number__lte=until[place].number)
        for place, moment in since.items()
    ]
    rows = LedgerEntry.objects.filter(reduce(or_, later)) if later else LedgerEntry.objects.none()
    return list(rows.only("act", "subject_id", "number", "municipality_id"))


def _subjects(entries: Iterable[LedgerEntry], *acts: str) -> dict[int, int]:
    """The rows that ENTRIES of ACTS are about, each with its number."""
    return {each.subject_id: each.number for each in entries if each.act in acts}


def _read_windows(found: Mapping[int, Lately]) -> None:
    """The days of each plan's semesters; and of those that were closed, when that was entered."""
    by_place: dict[int, list[Any]] = defaultdict(list)
    places = {each.plan.municipality_id for each in found.values()}
    number = LedgerEntry.objects.filter(act=LedgerAct.CLOSING, subject_id=OuterRef("pk"))
    rows: Any = (
        SemesterWindow.objects.filter(municipality__in=places)
        .annotate(entered=Subquery(number.values("number")[:1]))
        .order_by("semester")
    )
    for row in rows:
        by_place[row.municipality_id].append(row)
    for each in found.values():
        for row in by_place[each.plan.municipality_id]:
            if each.plan.first_year <= row.semester.year <= each.plan.last_year:
                each.windows[row.semester] = row
                each.closed[row.semester] = row.entered or 0


def _changed(found: Mapping[int, Lately], since: Moments, until: Moments) -> list[int]:
    """The plans of which a semester fell due or was closed: any promise of theirs may go another
    way since."""

    def is_new(each: Lately, window: SemesterWindow) -> bool:
        before, now = since[window.municipality_id], until[window.municipality_id]
        return (
            before.on <= window.due_on < now.on
            or before.number < each.closed[window.semester] <= now.number
        )

    return [
        pk
        for pk, each in found.items()
        if each.plan.in_force and any(is_new(each, window) for window in each.windows.values())
    ]


def _read_versions(found: Mapping[int, Lately], numbers: Mapping[int, int]) -> None:
    rows = PlanVersion.objects.published().filter(pk__in=numbers)
    for version in rows.order_by("number"):
        if each := found.get(version.plan_id):
            version.plan = each.plan
            each.versions.append((numbers[version.pk], version))


def _read_editions(found: Mapping[int, Lately], numbers: Mapping[int, int]) -> None:
    rows = AccountabilityReport.objects.published().filter(pk__in=numbers).defer("content")
    for report in rows.order_by("issued_at"):
        if each := found.get(report.plan_id):
            report.plan = each.plan
            each.editions.append((numbers[report.pk], report))


def _refs(each: Lately) -> list[str]:
    """Of the elements that a new version changed."""
    return [change["ref"] for _n, version in each.versions for change in version.changes]


def _read_elements(found: Mapping[int, Lately], asked: Q) -> dict[int, Lately]:
    """Those of ASKED, each with its plan's."""
    rows = PlanElement.objects.published().with_reportability()
    rows = rows.filter(pk__in=PlanElement.objects.filter(asked).values("pk"))
    of_plan = {}
    for element in rows.defer("search", "spans", "indicator_spans").in_document_order():
        if each := found.get(element.plan_id):
            element.plan = each.plan
            each.elements.append(element)
            of_plan[element.pk] = each
    return of_plan


def _read_reports(
    of_plan: Mapping[int, Lately], reported: Mapping[int, int], until: Moments
) -> None:
    """All that was published of the elements, each with the number under which it was entered.

    What is in no entry was public before there was a ledger; what is entered later, the next letter
    tells. Of what is new, REPORTED, its words too.
    """
    number = LedgerEntry.objects.filter(act__in=REPORTED, subject_id=OuterRef("pk"))
    rows: QuerySet[Any] = ProgressReport.objects.published().filter(element__in=of_plan)
    entered = rows.annotate(entered=Coalesce(Subquery(number.values("number")[:1]), 0))
    for element, *columns in cell_rows(entered.order_by("revision"), "pk", "entered"):
        each = of_plan[element]
        *of_cell, pk, n = columns
        if n <= until[each.plan.municipality_id].number:
            cell = cell_from(of_cell, last_of(each.plan))
            each.reports[element].append(Published(n, cell, pk, columns[1]))
    said = rows.filter(pk__in=reported).values_list(
        "element", "pk", Left("narrative", NARRATED + 1), "correction_reason", "unit"
    )
    for element, pk, *words in said:
        of_plan[element].words[pk] = Words(*words)


def _read_closings(of_plan: Mapping[int, Lately]) -> None:
    rows = ClosingLine.objects.filter(element__in=of_plan)
    columns = ("element", "window__semester", "report", "signal", "units", "kind")
    for element, semester, report, signal, units, kind in rows.values_list(*columns):
        closing = Closing(report_id=report, signal=signal, units=units, kind=kind)
        of_plan[element].closings[element, semester] = closing


def _read_offices(of_plan: Mapping[int, Lately]) -> None:
    rows = Responsibility.objects.filter(element__in=of_plan).order_by("unit__name", "pk")
    for element, unit, name in rows.values_list("element", "unit", "unit__name"):
        of_plan[element].offices[element].append((unit, name))
