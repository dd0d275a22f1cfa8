"""Whether reports come, and come in time: sums of counts, never of percentages."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol, Self

from django.db.models import Exists, OuterRef, Sum

from plans.querysets import takes_reports
from tracking.measuring import progress
from tracking.models import SemesterWindow, Standing

FIGURES: Final = ("asked", "reported", "punctual", "supported")


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
    windows = SemesterWindow.objects.filter(
        municipality=OuterRef("municipality"), semester=OuterRef("semester")
    )
    # What is counted of a semester has its days; those that still run are few, all others many.
    running = Exists(windows.filter(due_on__gte=at, closed_at=None))
    taken = takes_reports("plan__")
    rows = Standing.objects.filter(~running, taken, plan__version__gte=1, dimension="", unit=None)
    sums = (
        rows.values("simulated")
        .order_by("simulated")
        .annotate(**{f"all_{name}": Sum(name) for name in FIGURES})
    )
    return {
        row["simulated"]: Punctuality(**{name: row[f"all_{name}"] for name in FIGURES})
        for row in sums
    }
