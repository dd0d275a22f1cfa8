"""How several plans, or the offices of one, go: each in one sentence of counts."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from plans.models import Plan
from plans.semester import Semester
from tracking.measuring.due import Windows
from tracking.models import SemesterWindow, Standing
from tracking.public.figures.balance import is_due, newest_begun, shown_semester


@dataclass(frozen=True)
class Summary:
    """How what was asked by MOMENT goes, the newest semester begun, as its plan's page tells it.

    ``verdicts``: how many, by `Verdict`; ``is_due``: whether the reports of MOMENT should all be
    there. SEMESTER is the last that was due: of the ASKED, REPORTED told something in it.
    """

    moment: Semester
    verdicts: Mapping[str, int]
    is_due: bool
    semester: Semester
    asked: int
    reported: int


def summaries_of(plans: Collection[Plan], *, at: dt.date) -> dict[int, Summary]:
    """How each of PLANS goes on the day AT, by its id. Two queries.

    Nothing for those of which nothing was asked.
    """
    days: dict[int, dict[Semester, SemesterWindow]] = defaultdict(dict)
    places = {plan.municipality_id for plan in plans}
    for window in SemesterWindow.objects.filter(municipality__in=places).order_by():
        days[window.municipality_id][window.semester] = window
    shown: dict[Plan, tuple[Semester, Semester, bool]] = {}
    for plan in plans:
        windows = _of_term(plan, days[plan.municipality_id])
        moment, semester = newest_begun(windows, at=at), shown_semester(windows, at=at)
        if moment and semester:
            shown[plan] = moment, semester, is_due(windows[moment], at=at)
    wanted = {each for moment, semester, _due in shown.values() for each in (moment, semester)}
    standings = _by_scope(
        Standing.objects.filter(plan__in=shown, semester__in=wanted, dimension="", unit=None)
    )
    summaries = {}
    for plan, (moment, semester, due) in shown.items():
        if rows := standings.get((plan.pk, moment, None)):
            of = standings.get((plan.pk, semester, None), [])
            summaries[plan.pk] = Summary(
                moment,
                verdicts_of(rows, due=due),
                due,
                semester,
                asked=sum(row.asked for row in of),
                reported=sum(row.reported for row in of),
            )
    return summaries


def verdicts_of(rows: Iterable[Standing], *, due: bool) -> Counter[str]:
    """All levels of one scope, which are ROWS of one semester, together: counts, never a mean."""
    verdicts: Counter[str] = Counter()
    for row in rows:
        verdicts.update(row.verdicts if due else row.awaited)
    return verdicts


def verdicts_of_offices(plan: Plan, of_plan: Summary) -> dict[int, Mapping[str, int]]:
    """How what each office answers for in PLAN goes, by its id, at the moment of OF_PLAN.

    One query. What two answer for counts in both.
    """
    rows = Standing.objects.filter(plan=plan, semester=of_plan.moment, unit__isnull=False)
    return {
        unit: verdicts_of(group, due=of_plan.is_due)
        for (_plan, _semester, unit), group in _by_scope(rows).items()
        if unit is not None
    }


def _by_scope(
    rows: QuerySet[Standing],
) -> dict[tuple[int, Semester, int | None], list[Standing]]:
    groups: dict[tuple[int, Semester, int | None], list[Standing]] = defaultdict(list)
    for row in rows.order_by():
        groups[row.plan_id, row.semester, row.unit_id].append(row)
    return groups


def _of_term(plan: Plan, windows: Windows) -> dict[Semester, SemesterWindow]:
    return {each: windows[each] for each in Semester.all_of(plan.term) if each in windows}
