"""What simulated activities cost: round sums, year by year."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from random import Random
from typing import Final

from accounts.models import User
from plans.choices import Level
from plans.models import Plan, PlanElement
from tracking.demo.calendar import moment
from tracking.demo.chance import chance
from tracking.models import Expenditure

SOURCE: Final = "Dato simulado para demostración"
REASON: Final = "Demostración: cifra simulada al cierre del año."
THOUSAND: Final = 1000
WITHOUT_BUDGET: Final = 12  # of a hundred years of an activity
NOT_STATED: Final = 15
HALFWAY: Final = 65  # of a hundred years, how many have a figure of the middle of the year


def add_expenditures(plan: Plan, elements: Iterable[PlanElement], *, at: dt.date, by: User) -> int:
    """State the expenditure of the activities among ELEMENTS, up to the last year over by AT."""
    rows = expenditures_of(plan, elements, at=at, by=by)
    Expenditure.objects.bulk_create(rows)
    return len(rows)


def expenditures_of(
    plan: Plan, elements: Iterable[PlanElement], *, at: dt.date, by: User
) -> list[Expenditure]:
    """The same, not saved."""
    years = range(plan.first_year, min(plan.last_year, at.year - 1) + 1)
    rows: list[Expenditure] = []
    for element in elements:
        if element.level != Level.ACTIVITY:
            continue
        random = chance("gasto", element)
        usual = random.randint(20, 300)
        for year in years:
            rows += _of_year(random, Expenditure(plan=plan, element=element, year=year), usual)
    for row in rows:
        row.municipality_id, row.simulated = plan.municipality_id, plan.simulated
        row.source, row.by = SOURCE, by
        row.created_at = moment(row.as_of + dt.timedelta(days=20), 11)
    return rows


def _of_year(random: Random, row: Expenditure, usual: int) -> list[Expenditure]:
    """ROW with the figures of its year, around USUAL thousands, and perhaps their revision."""
    if random.randrange(100) < NOT_STATED:
        return []
    opening = (
        0 if random.randrange(100) < WITHOUT_BUDGET else usual * random.randint(80, 120) // 100
    )
    modified = opening * random.randint(70, 160) // 100
    spent = modified * random.randint(35, 100) // 100
    row.pia, row.pim, row.accrued = (Decimal(n * THOUSAND) for n in (opening, modified, spent))
    row.as_of = dt.date(row.year, 12, 31)
    if not spent or random.randrange(100) >= HALFWAY:
        return [row]
    half = Expenditure(
        plan=row.plan,
        element=row.element,
        year=row.year,
        pia=row.pia,
        pim=row.pim,
        accrued=Decimal(spent // 2 * THOUSAND),
        as_of=dt.date(row.year, 6, 30),
    )
    row.revision, row.reason = 2, REASON
    return [half, row]
