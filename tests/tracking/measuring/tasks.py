"""What is to be reported, made up in memory: nothing of it is stored."""

from typing import Any

from plans.choices import Level, Standing
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.semester import Semester
from tracking.measuring.entry import entry_of
from tracking.measuring.tasks import Task
from tracking.models import ProgressReport

FIRST = Semester(2019, 1)


def a_task(
    level: Level = Level.TARGET,
    *,
    semester: Semester = FIRST,
    report: ProgressReport | None = None,
    **terms: Any,
) -> Task:
    """A reportable element of LEVEL, measured as TERMS say, or as nobody has said yet."""
    plan = Plan(first_year=2019, last_year=2022, standing=Standing.ELECTED)
    element = PlanElement(level=level, plan=plan)
    stated = MeasuringTerms(**terms) if terms else None
    entry = entry_of(element, stated, is_reportable=True)
    return Task(element, semester, stated, report, None, entry)
