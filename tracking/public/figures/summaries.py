"""How several plans go, each in a few words: for the home page and a municipality's."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from plans.models import Plan
from plans.semester import Semester
from tracking.measuring import progress
from tracking.models import SemesterWindow, Standing
from tracking.public.charts.points import Point
from tracking.public.figures.balance import Balance, balances, is_due, shown_semester
from tracking.public.figures.punctuality import Punctuality


@dataclass(frozen=True)
class PlanSummary:
    """One plan. ``balances`` of the semester that its page tells, and of each semester of the term
    which part of its reports was delivered, in percent; None before it was due.
    """

    balances: Sequence[Balance]
    delivered: Sequence[Point]


def summaries_of(plans: Collection[Plan], *, at: dt.date) -> dict[int, PlanSummary]:
    """How each of PLANS stands on the day AT, by its id. Two queries.

    Nothing for those of which nothing was asked.
    """
    windows: dict[int, dict[Semester, SemesterWindow]] = defaultdict(dict)
    for window in SemesterWindow.objects.filter(
        municipality__in={plan.municipality_id for plan in plans}
    ):
        windows[window.municipality_id][window.semester] = window
    standings: dict[int, list[Standing]] = defaultdict(list)
    for row in Standing.objects.filter(plan__in=plans, dimension="", unit=None):
        standings[row.plan_id].append(row)
    found = {}
    for plan in plans:
        known = windows[plan.municipality_id]
        days = {each: known[each] for each in Semester.all_of(plan.term) if each in known}
        semester = shown_semester(days, at=at)
        if semester and standings[plan.pk]:
            by_semester = balances(standings[plan.pk], days, at=at)
            due = {each for each, window in days.items() if is_due(window, at=at)}
            delivered = [
                _delivered(each, by_semester.get(each, []) if each in due else [])
                for each in Semester.all_of(plan.term)
            ]
            found[plan.pk] = PlanSummary(by_semester.get(semester, []), delivered)
    return found


def _delivered(semester: Semester, rows: Sequence[Balance]) -> Point:
    share = Punctuality.of(row.standing for row in rows).reported_share
    return Point(semester, progress.rounded(share))
