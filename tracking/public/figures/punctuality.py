"""Whether reports come, and come in time: sums of counts, never of percentages."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol, Self

from django.db.models import Exists, OuterRef, QuerySet, Sum

from plans.querysets import takes_reports
from tracking.measuring import progress
from tracking.measuring.standings import FIGURES
from tracking.models import ClosedTotal, SemesterWindow, Standing


class Reporting(Protocol):
    """What was asked of one level of a scope, and how it was reported."""

    @property
    def asked(self) -> int: ...
    @property
    def reported(self) -> int: ...
    @property
    def punctual(self) -> int: ...
    @property
    def supported(self) -> int: ...


@dataclass(frozen=True)
class Punctuality:
    """What was due, and what came of it."""

    asked: int
    reported: int
    punctual: int
    supported: int

    @classmethod
    def of(cls, standings: Iterable[Reporting]) -> Self:
        """All levels of STANDINGS, of one scope, together."""
        rows = list(standings)
        return cls(**{name: sum(getattr(row, name) for row in rows) for name in FIGURES})

    @property
    def tardy(self) -> int:
        """Reports that came after their day."""
        return self.reported - self.punctual

    @property
    def silent(self) -> int:
        return self.asked - self.reported

    @property
    def reported_share(self) -> Decimal | None:
        """In percent of what was due; None where nothing was."""
        return progress.share(self.reported, self.asked)

    @property
    def punctual_share(self) -> Decimal | None:
        return progress.share(self.punctual, self.asked)

    @property
    def supported_share(self) -> Decimal | None:
        """In percent of what was reported; None where nothing was."""
        return progress.share(self.supported, self.reported)


def national_punctuality(*, at: dt.date) -> dict[bool, Punctuality]:
    """Of all elected authorities' plans, in the semesters due by the day AT. One query.

    Those first, the simulated apart: by whether they are; nothing where nothing was due.
    """
    late = SemesterWindow.objects.filter(
        municipality=OuterRef("municipality"),
        semester=OuterRef("semester"),
        closed_at=None,
        due_on__lt=at,
    )
    still_open = Standing.objects.filter(Exists(late), dimension="", unit=None)
    parts = _sums(ClosedTotal.objects.all()).union(_sums(still_open), all=True)
    found: dict[bool, list[Any]] = defaultdict(list)
    for simulated, *figures in parts:
        found[simulated].append(figures)
    return {
        simulated: Punctuality(*map(sum, zip(*found[simulated], strict=True)))
        for simulated in sorted(found)
    }


def _sums(rows: QuerySet[Any]) -> Any:
    """FIGURES of those of ROWS that are of elected authorities' plans, after whether these are
    simulated."""
    of_elected = rows.filter(takes_reports("plan__"), plan__version__gte=1)
    sums: Any = of_elected.order_by().values_list("plan__simulated")
    sums = sums.annotate(**{f"all_{name}": Sum(name) for name in FIGURES})
    return sums
