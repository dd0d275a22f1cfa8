"""What is newest in the whole country, the reports of one day told together."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import BooleanField, Count, ExpressionWrapper, Q, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.translation import ngettext

from plans.models import Plan, PlanVersion
from plans.semester import Semester
from plans.version_notes import headline
from tracking.models import ProgressReport
from tracking.querysets import ProgressReportQuerySet

LOOKED_THROUGH: Final = 500
"""Reports: more than a plan has promises, so that one alone does not hide the others."""

IS_CORRECTION: Final = ExpressionWrapper(Q(revision__gt=1), output_field=BooleanField())


@dataclass(frozen=True)
class Headline:
    """What was published of one PLAN on one DAY, and where it can be read."""

    day: dt.date
    plan: Plan
    words: str
    address: str
    simulated: bool = False


def newest(count: int) -> list[Headline]:
    """The COUNT newest publications of reports and the newest version of a plan in force, newest
    first. Three queries."""
    found = [*newest_reports(count), *_newest_version()]
    return sorted(found, key=lambda each: each.day, reverse=True)


def _newest_version() -> Iterator[Headline]:
    versions = PlanVersion.objects.published().in_force().dated()
    for version in versions.select_related("plan__municipality")[:1]:
        day, plan = timezone.localdate(version.published_at), version.plan
        yield Headline(day, plan, headline(version), plan.get_absolute_url())


def newest_reports(count: int) -> list[Headline]:
    """The newest publications of reports, at most COUNT, newest first. Two queries.

    Those of one plan and semester on one day are one headline; corrections are another. It is
    looked for among the last that were published, and then counted whole.
    """
    published = ProgressReport.objects.published().annotate(
        day=TruncDate("published_at"), corrected=IS_CORRECTION
    )
    latest = published.order_by("-published_at", "plan", "-semester")
    rows = latest.values("plan", "semester", "day", "corrected")[:LOOKED_THROUGH]
    groups = [dict(key) for key in dict.fromkeys(tuple(row.items()) for row in rows)][:count]
    plans = Plan.objects.select_related("municipality").annotate(
        **{f"n_{at}": _count_of(published.filter(**each)) for at, each in enumerate(groups)}
    )
    found = plans.in_bulk({each["plan"] for each in groups})
    return [
        _headline(
            each["day"],
            plan := found[each["plan"]],
            each["semester"],
            each["corrected"],
            getattr(plan, f"n_{at}"),
        )
        for at, each in enumerate(groups)
    ]


def _count_of(reports: ProgressReportQuerySet) -> Subquery:
    """How many REPORTS, all of one plan, there are."""
    return Subquery(reports.order_by().values("plan").annotate(n=Count("pk")).values("n"))


def _headline(
    day: dt.date, plan: Plan, semester: Semester, is_correction: bool, n: int
) -> Headline:
    if is_correction:
        words = ngettext("%(n)s corrección de %(of)s", "%(n)s correcciones de %(of)s", n)
    else:
        words = ngettext("%(n)s informe de %(of)s", "%(n)s informes de %(of)s", n)
    address = f"{plan.get_absolute_url()}?semestre={semester}"
    return Headline(day, plan, words % {"n": n, "of": semester}, address, plan.simulated)
