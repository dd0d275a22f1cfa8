"""Gather the hearing pack of a plan from what is published."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace

from plans.models import Plan
from plans.semester import Semester
from tracking.accountability.answering import answering_for
from tracking.accountability.pack.pack import Pack
from tracking.models import AccountabilityReport, ProgressReport
from tracking.public.figures.overview import overview_of
from tracking.public.figures.promise_list import why_of
from tracking.reading.causes import causes_of
from tracking.reading.spending import leaves, newest_expenditures


def pack_of(plan: Plan, *, at: dt.date) -> Pack:
    """What is known of PLAN, which is published, on the day AT. 13 queries, at most 8 more
    with a former one.

    A plan is the former one of another where its term ended when that one began.
    """
    former = _former_of(plan)
    told = _told(plan, at=at)
    return replace(
        told,
        former=_told(former, at=at) if former else None,
        newest=_newest_edition(plan, former),
        answering=answering_for(plan, at=min(at, dt.date(plan.last_year, 12, 31))),
    )


def _told(plan: Plan, *, at: dt.date) -> Pack:
    overview = overview_of(plan, {}, at=at)
    reports = _newest_reports(plan, overview.moment)
    causes = causes_of(plan, list(overview.known), until=overview.moment)
    why = {pk: why_of(known, causes.get(pk)) for pk, known in overview.known.items()}
    counted = leaves(overview.elements)
    return Pack(overview, reports, why, newest_expenditures(plan, counted), counted)


def _newest_reports(plan: Plan, until: Semester | None) -> dict[int, ProgressReport]:
    """Of what the public may read, in UNTIL or before. One query; none without it."""
    if until is None:
        return {}
    rows: Iterable[ProgressReport] = (
        ProgressReport.objects.published()
        .filter(plan=plan, semester__lte=until)
        .newest()
        .only("element_id", "semester", "as_of", "halted_since", "progress", "planned")
    )
    return {row.element_id: row for row in rows}  # oldest semester first


def _former_of(plan: Plan) -> Plan | None:
    """The published plan in force in the term before that of PLAN. One query."""
    former: Plan | None = (
        Plan.objects.published()
        .in_force()
        .filter(municipality=plan.municipality_id, last_year=plan.first_year - 1)
        .select_related("municipality")
        .first()
    )
    return former


def _newest_edition(*plans: Plan | None) -> AccountabilityReport | None:
    """Of those that were issued of PLANS. One query."""
    known = [each for each in plans if each]
    rows = AccountabilityReport.objects.published().filter(plan__in=known)
    newest: AccountabilityReport | None = (
        rows.select_related("plan__municipality").order_by("-semester", "-edition").first()
    )
    return newest
