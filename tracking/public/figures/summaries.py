"""How several plans, or the offices of one, go: each in one sentence of counts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from plans.models import Plan
from plans.semester import Semester
from tracking.measuring.due import Windows
from tracking.models import SemesterWindow, Standing
from tracking.public.figures.balance import is_due, shown_semester


@dataclass(frozen=True)
class Summary:
    """How what was asked in SEMESTER goes, by what was last known then.

    ``verdicts``: how many, by `Verdict`; of the ASKED, REPORTED told something in that semester,
    whose reports all should be there if it ``is_due``.
    """

    semester: Semester
    verdicts: Mapping[str, int]
    asked: int
    reported: int
    is_due: bool

    @classmethod
    def of(cls, rows: Collection[Standing], semester: Semester, *, due: bool) -> Self:
        """All levels of one scope, which are ROWS of SEMESTER, together: counts, never a mean."""
        verdicts: Counter[str] = Counter()
        for row in rows:
            verdicts.update(row.verdicts if due else row.awaited)
        asked, reported = sum(row.asked for row in rows), sum(row.reported for row in rows)
        return cls(semester, verdicts, asked, reported, due)


def summaries_of(plans: Collection[Plan], *, at: dt.date) -> dict[int, Summary]:
    """How each of PLANS goes on the day AT, by its id. Two queries.

    In the last semester that was due; while the first is being reported, in that one. Nothing for
    those of which nothing was asked.
    """
    days: dict[int, dict[Semester, SemesterWindow]] = defaultdict(dict)
    places = {plan.municipality_id for plan in plans}
    for window in SemesterWindow.objects.filter(municipality__in=places):
        days[window.municipality_id][window.semester] = window
    standings = _by_scope(Standing.objects.filter(plan__in=plans, dimension="", unit=None))
    found = {}
    for plan in plans:
        windows = _of_term(plan, days[plan.municipality_id])
        semester = shown_semester(windows, at=at)
        rows = standings.get((plan.pk, semester, None)) if semester else None
        if semester and rows:
            found[plan.pk] = Summary.of(rows, semester, due=is_due(windows[semester], at=at))
    return found


def summaries_of_offices(plan: Plan, of_plan: Summary) -> dict[int, Summary]:
    """How what each office answers for in PLAN goes, by its id, in the semester of OF_PLAN.

    One query. What two answer for counts in both.
    """
    rows = Standing.objects.filter(plan=plan, semester=of_plan.semester, unit__isnull=False)
    return {
        unit: Summary.of(group, semester, due=of_plan.is_due)
        for (_plan, semester, unit), group in _by_scope(rows).items()
        if unit is not None
    }


def _by_scope(
    rows: Iterable[Standing],
) -> dict[tuple[int, Semester, int | None], list[Standing]]:
    groups: dict[tuple[int, Semester, int | None], list[Standing]] = defaultdict(list)
    for row in rows:
        groups[row.plan_id, row.semester, row.unit_id].append(row)
    return groups


def _of_term(plan: Plan, windows: Windows) -> dict[Semester, SemesterWindow]:
    return {each: windows[each] for each in Semester.all_of(plan.term) if each in windows}
