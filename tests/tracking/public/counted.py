"""Plans with counts of a semester that nobody has to report first."""

import datetime as dt
from typing import Any

from accounts.models import Municipality
from plans.choices import Level, Standing
from plans.models import Plan
from plans.semester import Semester
from plans.term import Term
from tests.factories import TERM
from tests.tracking.published import open_window
from tracking.choices import Verdict
from tracking.models import SemesterWindow
from tracking.models import Standing as Counts
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS

ZEROS = dict.fromkeys((*STAGE_COLUMNS.values(), *SIGNAL_COLUMNS.values()), 0)


def bare_plan(place: Municipality, *, term: Term = TERM, **fields: Any) -> Plan:
    """A plan of an elected authority in PLACE, of which nothing but its row is read."""
    elected = {
        "standing": Standing.ELECTED,
        "standing_source": "Acta de proclamación, 7 de noviembre de 2018",
        "version": 1,
    }
    return Plan.objects.create(
        municipality=place, first_year=term.first_year, last_year=term.last_year, **elected | fields
    )


def counted(
    plan: Plan,
    semester: Semester,
    asked: int,
    reported: int,
    punctual: int = 0,
    supported: int = 0,
    *,
    due: bool = True,
) -> None:
    """PLAN was ASKED so many targets in SEMESTER, which was DUE, and REPORTED so many."""
    window = open_window(plan.municipality, semester)
    if not due:
        ahead = dt.date(2199, 1, 1)
        SemesterWindow.objects.filter(pk=window.pk).update(due_on=ahead, closes_on=ahead)
    Counts.objects.create(
        plan=plan,
        municipality=plan.municipality,
        simulated=plan.simulated,
        semester=semester,
        level=Level.TARGET,
        asked=asked,
        reported=reported,
        **ZEROS | {"told": reported, "no_schedule": reported},
        punctual=punctual,
        supported=supported,
        corrected=0,
        halted=0,
        unverifiable=0,
        verdicts={Verdict.ON_TIME.value: reported, Verdict.UNKNOWN.value: asked - reported},
    )
