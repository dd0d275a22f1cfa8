"""What is newest in the whole country, the reports of one day told together."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.translation import ngettext

from plans.models import Plan
from plans.semester import Semester
from tracking.models import ProgressReport

LOOKED_AT: Final = 300
"""How many of the newest reports are read for it."""

COLUMNS: Final = (
    *("semester", "revision", "published_at"),
    *("plan__first_year", "plan__last_year", "plan__simulated"),
    *("plan__municipality__slug", "plan__municipality__name"),
)


@dataclass(frozen=True)
class News:
    """What was published of one PLAN on one DAY, and where it can be read."""

    day: dt.date
    plan: Plan
    words: str
    address: str


def newest_reports(count: int) -> list[News]:
    """The newest publications of reports, at most COUNT, newest first. One query.

    Those of one plan and semester on one day are one piece of news; corrections are another.
    """
    published = ProgressReport.objects.published().select_related("plan__municipality")
    rows = published.only(*COLUMNS).order_by("-published_at")[:LOOKED_AT]
    found: Counter[tuple[dt.date, Plan, Semester, bool]] = Counter()
    for row in rows:
        day = timezone.localdate(row.published_at)
        found[day, row.plan, row.semester, row.revision > 1] += 1
    return [_news(*what, how_many) for what, how_many in list(found.items())[:count]]


def _news(day: dt.date, plan: Plan, semester: Semester, is_correction: bool, n: int) -> News:
    if is_correction:
        words = ngettext("%(n)s corrección de %(of)s", "%(n)s correcciones de %(of)s", n)
    else:
        words = ngettext("%(n)s informe de %(of)s", "%(n)s informes de %(of)s", n)
    address = f"{plan.get_absolute_url()}?semestre={semester}"
    return News(day, plan, words % {"n": n, "of": semester}, address)
