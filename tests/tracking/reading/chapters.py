"""What was reported of a promise, made up in memory: what sentences are read from."""

import datetime as dt
from typing import Any

from accounts.models import Unit
from plans.choices import Level
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.choices import Signal
from tracking.models import ProgressReport, SemesterWindow, Support
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Arrival, Cell, Closing

FIRST, SECOND, LAST = Semester(2019, 1), Semester(2019, 2), Semester(2022, 2)


def revision(terms: dict[str, Any] | None = None, supports: int = 0, **columns: Any) -> Revision:
    defaults = {
        "semester": FIRST,
        "as_of": dt.date(2019, 6, 30),
        "unit": Unit(name="Gerencia de Obras"),
        "submitted_at": dt.datetime(2019, 7, 20, 12, tzinfo=dt.UTC),
        "second_review": True,
        "signal": Signal.NO_SCHEDULE,
        "element": PlanElement(level=Level.ACTIVITY),
        "terms": MeasuringTerms(**terms) if terms else None,
    }
    report = ProgressReport(**{**defaults, **columns})
    return Revision(report, [support() for _ in range(supports)])


def support(withheld_at: dt.datetime | None = None) -> Any:
    made: Any = Support()
    made.withheld_at = withheld_at
    return made


def window(semester: Semester, **days: Any) -> SemesterWindow:
    opens_on = semester.last_day + dt.timedelta(1)
    due_on = opens_on + dt.timedelta(30)
    return SemesterWindow(semester=semester, opens_on=opens_on, due_on=due_on, **days)


def chapter(
    semester: Semester = FIRST,
    arrival: Arrival = Arrival.REPORTED,
    revisions: tuple[Revision, ...] = (),
    closing: Closing | None = None,
    closed_at: dt.datetime | None = None,
) -> Chapter:
    cell = Cell(semester, arrival, is_final=semester == LAST)
    return Chapter(cell, window(semester, closed_at=closed_at), closing, list(revisions))
