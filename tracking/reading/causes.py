"""Why a promise is behind: what its newest report says of that, or the last one that said it."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from plans.models import Plan
from plans.semester import Semester
from tracking.models import ProgressReport


class Cause(NamedTuple):
    """What the report of SEMESTER gave as its difficulties, on the day AS_OF, and would do next."""

    semester: Semester
    as_of: dt.date | None
    words: str
    next_steps: str = ""

    @property
    def when(self) -> str:
        """«En 2021-I, al 30/06/2021, dijo:», to be followed by its words."""
        return said_in(str(self.semester), self.as_of)


def said_in(semester: str, as_of: dt.date | None) -> str:
    if as_of is None:
        return _("En %s dijo:") % semester
    shown = {"semester": semester, "day": date_format(as_of, "d/m/Y")}
    return _("En %(semester)s, al %(day)s, dijo:") % shown


class Explained(Protocol):
    """A report, or the columns of one that say what went wrong."""

    difficulties: str
    halted_cause: str


def cause_in(report: Explained) -> str:
    """What REPORT itself says: why it is halted, or else its difficulties; "" where nothing."""
    return report.halted_cause or report.difficulties


def last_cause(reports: Iterable[ProgressReport]) -> Cause | None:
    """What was said last in REPORTS of one promise, which come newest first."""
    for report in reports:
        if words := cause_in(report):
            return Cause(report.semester, report.as_of, words, report.next_steps)
    return None


def causes_of(
    plan: Plan | None, elements: Collection[int], *, until: Semester | None
) -> Mapping[int, Cause]:
    """What was said last of each of ELEMENTS, by id, in UNTIL or before. One query.

    PLAN is theirs, None where they are of several; without UNTIL all was said before today. In each
    semester its newest revision counts: a correction can take a cause back.
    """
    rows = ProgressReport.objects.published().filter(element__in=elements)
    if plan:
        rows = rows.filter(plan=plan)
    if until:
        rows = rows.filter(semester__lte=until)
    causes: dict[int, Cause] = {}
    columns = ("element_id", "semester", "as_of", "difficulties", "halted_cause", "next_steps")
    for row in rows.newest().values_list(*columns, named=True):
        if words := cause_in(row):  # oldest semester first
            causes[row.element_id] = Cause(row.semester, row.as_of, words, row.next_steps)
    return causes
