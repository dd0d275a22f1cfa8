"""What was reported of one promise, semester by semester, as the public reads it."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils import timezone

from plans.choices import MeasureKind
from plans.locations import said_in
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from plans.wording import Op
from tracking.ledger.kinds import REPORTS
from tracking.measuring.due import Windows
from tracking.measuring.entry import Entry, entry_of, holds_a_measure
from tracking.models import ProgressReport, SemesterWindow, Support
from tracking.reading.differences import Difference, differences, support_differences
from tracking.reading.strips import Arrival, Cell, Closing, Closings

FIGURE_KINDS: Final = (MeasureKind.LEVEL, MeasureKind.CHANGE, MeasureKind.PERMANENT)


@dataclass(frozen=True)
class Revision:
    """One published revision, with its supports; and, of a correction, what it changed."""

    report: ProgressReport
    supports: list[Any] = field(default_factory=list)
    changes: list[Difference] = field(default_factory=list)
    support_changes: list[tuple[Op, Any]] = field(default_factory=list)

    @property
    def terms(self) -> MeasuringTerms | None:
        return self.report.terms

    @property
    def entry(self) -> Entry:
        """How it was entered: its frozen terms say so, and whether it holds a measure at all.

        Whether its element is reportable today says nothing of the day on which it was published.
        """
        report = self.report
        asked = report.terms is not None and report.terms.kind in FIGURE_KINDS
        is_reportable = asked or holds_a_measure(report)
        return entry_of(report.element, report.terms, is_reportable=is_reportable)


@dataclass(frozen=True)
class Chapter:
    """One semester of a promise. ``revisions`` come newest first; none where it was silent.

    ``moved_to`` is where it was worked, in words; "" where the report before says the same.
    """

    cell: Cell
    window: SemesterWindow | None = None
    closing: Closing | None = None
    revisions: list[Revision] = field(default_factory=list)
    moved_to: str = ""

    @property
    def semester(self) -> Semester:
        return self.cell.semester

    @property
    def newest(self) -> Revision:
        return self.revisions[0]

    @property
    def is_reported(self) -> bool:
        return bool(self.revisions)

    @property
    def is_missing(self) -> bool:
        return self.cell.arrival == Arrival.MISSING

    @property
    def is_late(self) -> bool:
        """Whether the report first came after its day; a correction does not make it late."""
        sent = self.revisions[-1].report.submitted_at if self.revisions else None
        if self.window is None or sent is None:
            return False
        return self.window.is_past_due(timezone.localdate(sent))

    @property
    def is_after_closing(self) -> bool:
        """Whether the closing found a silence, and the report came later."""
        return bool(self.revisions and self.closing and self.closing.report_id is None)

    @property
    def is_corrected_after_closing(self) -> bool:
        """Whether the closing fixed an earlier revision than the newest."""
        fixed = self.closing.report_id if self.closing else None
        return fixed is not None and fixed != self.newest.report.pk


def story_of(
    element: PlanElement,
    strip: list[Cell],
    windows: Windows,
    closings: Closings,
) -> list[Chapter]:
    """The chapters of ELEMENT, one for each cell of its STRIP, in order of time. Two queries.

    Only what is published is read, and of its people nothing.
    """
    revisions = _revisions_of(element) if strip else {}
    chapters, before = [], ""
    for cell in strip:
        told = revisions.get(cell.semester, [])
        where = "; ".join(map(said_in, told[0].report.locations)) if told else ""
        closing = closings.get((element.pk, cell.semester))
        moved_to = where if where != before else ""
        chapters.append(Chapter(cell, windows.get(cell.semester), closing, told, moved_to))
        before = where or before
    return chapters


def _revisions_of(element: PlanElement) -> Mapping[Semester, list[Revision]]:
    rows = REPORTS.numbered(ProgressReport.objects.published().filter(element=element))
    reports = rows.select_related("unit", "terms").order_by("semester", "revision")
    sustaining = Support.objects.published().filter(report__element=element)
    sustained = sustaining.with_tombstones().with_previews().by_report()
    revisions_of: dict[Semester, list[Revision]] = defaultdict(list)
    for report in reports:
        report.element = element
        supports = sustained.get(report.pk, [])
        earlier = revisions_of[report.semester]
        if not earlier:
            earlier.append(Revision(report, supports))
            continue
        before = earlier[0]
        changes = differences(before.report, report)
        moved = support_differences(before.supports, supports)
        earlier.insert(0, Revision(report, supports, changes, moved))
    return revisions_of


def published_at(chapters: Iterable[Chapter]) -> list[dt.datetime]:
    """When each revision of CHAPTERS was published."""
    reports = (revision.report for chapter in chapters for revision in chapter.revisions)
    return [report.published_at for report in reports if report.published_at]
