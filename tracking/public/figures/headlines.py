"""What is newest in the whole country, the reports of one day told together."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db.models import Aggregate, BooleanField, Count, ExpressionWrapper, Min, Q, Subquery
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

COUNT: Final = Count("pk")
REF: Final = Min("element__ref")
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
        **{f"n_{at}": _of(published.filter(**each), COUNT) for at, each in enumerate(groups)},
        **{f"ref_{at}": _of(published.filter(**each), REF) for at, each in enumerate(groups)},
    )
    found = plans.in_bulk({each["plan"] for each in groups})
    return [
        Headline(
            each["day"],
            plan := found[each["plan"]],
            _words(each["semester"], each["corrected"], n := getattr(plan, f"n_{at}")),
            _address(plan, each["semester"], getattr(plan, f"ref_{at}") if n == 1 else ""),
            plan.simulated,
        )
        for at, each in enumerate(groups)
    ]


def _of(reports: ProgressReportQuerySet, figure: Aggregate) -> Subquery:
    """FIGURE of REPORTS, which are all of one plan."""
    return Subquery(reports.order_by().values("plan").annotate(said=figure).values("said"))


def _words(semester: Semester, is_correction: bool, n: int) -> str:
    if is_correction:
        words = ngettext("%(n)s corrección de %(of)s", "%(n)s correcciones de %(of)s", n)
    else:
        words = ngettext("%(n)s informe de %(of)s", "%(n)s informes de %(of)s", n)
    return words % {"n": n, "of": semester}


def _address(plan: Plan, semester: Semester, ref: str) -> str:
    """Where PLAN tells of SEMESTER, or the one promise, REF, that was reported."""
    return f"{plan.get_absolute_url()}{f'{ref}/#' if ref else '?semestre='}{semester}"
