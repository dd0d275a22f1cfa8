"""What was spent on a plan's activities, by fiscal year; never added to what was done."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Subquery

from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tracking.measuring import progress
from tracking.models import Expenditure


@dataclass(frozen=True)
class YearOfSpending:
    """The sums of one fiscal year, in soles, with their coverage: KNOWN of OF activities.

    ``as_of`` is the oldest day to which one of the figures belongs, ``latest`` the newest one
    where that is another.
    """

    year: int
    pia: Decimal
    pim: Decimal
    accrued: Decimal
    known: int
    of: int
    as_of: dt.date
    latest: dt.date | None = None


def financial_progress(spent: Expenditure | YearOfSpending) -> Decimal | None:
    """Devengado over PIM of what was SPENT, in percent; None without a budget."""
    return progress.financial(spent.accrued, spent.pim)


def expenditures_in_force(plan: Plan) -> list[Expenditure]:
    """The newest figures of each activity and year of PLAN, which is published. One query."""
    return list(Expenditure.objects.published().filter(plan=plan).in_force())


def newest_spending(plan: Plan, counted: Collection[int]) -> YearOfSpending | None:
    """The sums of `newest_expenditures`; None where none of COUNTED has a figure."""
    years = spending_by_year(newest_expenditures(plan, counted), counted)
    return years[0] if years else None


def newest_expenditures(plan: Plan, counted: Collection[int]) -> list[Expenditure]:
    """The figures of the last year of which PLAN, published, has any. One query, of that year.

    COUNTED as in `spending_by_year`.
    """
    rows = Expenditure.objects.published().filter(plan=plan, element__in=counted)
    newest = rows.order_by("-year").values("year")[:1]
    return list(rows.filter(year=Subquery(newest)).in_force())


def expenditures_up_to(plan: Plan, semester: Semester, *, at: dt.date) -> list[Expenditure]:
    """The figures of each activity and year of PLAN that tell of it up to SEMESTER. One query.

    Known on the day AT. Of a year that is over with SEMESTER the newest ones; of a year that goes
    on the newest ones of its first half, or else the first that came after.
    """
    rows = Expenditure.objects.published().filter(plan=plan, year__lte=semester.year, as_of__lte=at)
    revisions_of: dict[tuple[int, int], list[Expenditure]] = defaultdict(list)
    for row in rows.order_by("element_id", "year", "-revision"):
        revisions_of[row.element_id, row.year].append(row)
    return [_figures_for(each, semester) for each in revisions_of.values()]


def _figures_for(revisions: list[Expenditure], semester: Semester) -> Expenditure:
    """The one of REVISIONS, newest first, all of one activity and year, that tells of SEMESTER."""
    newest = revisions[0]
    if newest.year < semester.year or semester.half != 1:
        return newest
    within = [each for each in revisions if each.as_of <= semester.last_day]
    return within[0] if within else min(revisions, key=lambda each: each.as_of)


def leaves(elements: Iterable[PlanElement]) -> set[int]:
    """The ids of the activities among ELEMENTS that are reported; they carry ``is_reportable``."""
    return {each.pk for each in elements if each.level == Level.ACTIVITY and each.is_reportable}


def spending_by_year(rows: Iterable[Expenditure], counted: Collection[int]) -> list[YearOfSpending]:
    """The sums of ROWS by year, newest first, over the activities COUNTED, by their ids.

    A programme whose activities are reported must not be counted again: see `leaves`.
    """
    by_year: Mapping[int, list[Expenditure]] = defaultdict(list)
    for row in rows:
        if row.element_id in counted:
            by_year[row.year].append(row)
    return [_year(year, by_year[year], len(counted)) for year in sorted(by_year, reverse=True)]


def _year(year: int, rows: list[Expenditure], of: int) -> YearOfSpending:
    days = [row.as_of for row in rows]
    return YearOfSpending(
        year=year,
        pia=sum((row.pia for row in rows), Decimal(0)),
        pim=sum((row.pim for row in rows), Decimal(0)),
        accrued=sum((row.accrued for row in rows), Decimal(0)),
        known=len(rows),
        of=of,
        as_of=min(days),
        latest=max(days) if max(days) > min(days) else None,
    )


def spending_of(element: PlanElement) -> list[list[Expenditure]]:
    """The expenditure of ELEMENT by year, newest year first, and in it newest revision first."""
    by_year: dict[int, list[Expenditure]] = defaultdict(list)
    rows = Expenditure.objects.published().filter(element=element)
    for row in rows.order_by("-year", "-revision"):
        by_year[row.year].append(row)
    return list(by_year.values())
