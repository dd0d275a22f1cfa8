"""What is newest in the whole country, the reports of one day told together."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Max, Q
from django.db.models.functions import TruncDate
from django.utils.translation import ngettext

from plans.models import Plan
from plans.semester import Semester
from tracking.models import ProgressReport


@dataclass(frozen=True)
class Headline:
    """What was published of one PLAN on one DAY, and where it can be read."""

    day: dt.date
    plan: Plan
    words: str
    address: str


def newest_reports(count: int) -> list[Headline]:
    """The newest publications of reports, at most COUNT, newest first. Two queries.

    Those of one plan and semester on one day are one headline; corrections are another.
    """
    groups = list(
        ProgressReport.objects.published()
        .order_by()
        .values("plan", "semester", day=TruncDate("published_at"), corrected=Q(revision__gt=1))
        .annotate(n=Count("pk"), newest=Max("published_at"))
        .order_by("-newest", "plan", "-semester")[:count]
    )
    plans = Plan.objects.select_related("municipality").in_bulk({each["plan"] for each in groups})
    return [
        _headline(each["day"], plans[each["plan"]], each["semester"], each["corrected"], each["n"])
        for each in groups
    ]


def _headline(
    day: dt.date, plan: Plan, semester: Semester, is_correction: bool, n: int
) -> Headline:
    if is_correction:
        words = ngettext("%(n)s corrección de %(of)s", "%(n)s correcciones de %(of)s", n)
    else:
        words = ngettext("%(n)s informe de %(of)s", "%(n)s informes de %(of)s", n)
    address = f"{plan.get_absolute_url()}?semestre={semester}"
    return Headline(day, plan, words % {"n": n, "of": semester}, address)
