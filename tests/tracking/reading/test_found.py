"""Promises are found by how they stand."""

import datetime as dt

import pytest

from accounts.models import User
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.tracking.published import FIRST, elect, open_window
from tracking.choices import Signal
from tracking.models import SemesterWindow
from tracking.reading.found import standing_as, with_coverage, with_newest
from tracking.services.semesters import close_semester

SECOND = FIRST.next
AFTER = dt.date(2020, 6, 1)


def refs(
    state: str = "", signal: str = "", semester: Semester | None = None, at: dt.date = AFTER
) -> list[str]:
    found = standing_as(PlanElement.objects.all(), state, signal, semester, at=at)
    return sorted(found.values_list("ref", flat=True))


@pytest.mark.parametrize(
    ("state", "signal", "semester", "found"),
    [
        ("en-ejecucion", "", None, ["S.1.1.1"]),
        ("en-preparacion", "", None, []),  # it has gone on since
        ("en-preparacion", "", FIRST, ["S.1.1.1"]),
        ("sin-informe", "", None, ["S.1.1.2"]),
        ("sin-informe", "", SECOND, ["S.1.1.2"]),
        ("sin-informe", "", Semester(2020, 1), []),
        ("", Signal.NO_SCHEDULE, None, ["S.1.1.1"]),
        ("", Signal.NO_SCHEDULE, FIRST, ["S.1.1.1"]),
        ("", Signal.ON_TIME, None, []),
        ("en-ejecucion", Signal.NO_SCHEDULE, SECOND, ["S.1.1.1"]),
        ("en-ejecucion", Signal.ON_TIME, SECOND, []),
        ("", "", FIRST, ["S.1.1.1"]),
        ("", "", Semester(2020, 1), []),
        ("nada", "", None, []),
        ("", "nada", None, []),
    ],
)
def test_it_finds_by_the_newest_report_or_by_that_of_a_semester(
    reported: Plan, state: str, signal: str, semester: Semester | None, found: list[str]
) -> None:
    assert refs(state, signal, semester) == found


def test_nothing_is_missing_on_the_day_on_which_it_is_due(reported: Plan) -> None:
    due_on = SemesterWindow.objects.get(semester=FIRST).due_on
    assert refs("sin-informe", at=due_on) == []
    assert refs("sin-informe", at=due_on + dt.timedelta(1)) == ["S.1.1.2"]


def test_a_closing_fixes_what_is_missing(reported: Plan, planner: User) -> None:
    close_semester(SemesterWindow.objects.get(semester=FIRST), by=planner)
    assert refs("sin-informe", semester=FIRST, at=dt.date(2019, 1, 1)) == ["S.1.1.2"]


def test_only_the_semesters_of_its_term_are_held_against_a_plan(puno_plan: Plan) -> None:
    elect(puno_plan)
    after = dt.date(2024, 1, 1)
    open_window(puno_plan.municipality, Semester(2023, 1))
    assert refs("sin-informe", at=after) == []
    open_window(puno_plan.municipality, Semester(2022, 2))
    assert refs("sin-informe", at=after) == ["S.1.1.1", "S.1.1.2"]


def test_nothing_is_missing_of_a_plan_that_takes_no_reports(puno_plan: Plan) -> None:
    open_window(puno_plan.municipality, FIRST)
    assert refs("sin-informe") == []


def test_coverage_is_that_of_its_level_in_its_newest_semester(reported: Plan) -> None:
    told = with_coverage(with_newest(PlanElement.objects.filter(level=Level.ACTIVITY), None)).get()
    assert (told.semester, told.covered, told.asked) == (SECOND, 1, 1)
