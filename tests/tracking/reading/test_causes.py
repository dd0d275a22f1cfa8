"""Why a promise is behind: what its reports said of that, and which said it last."""

import datetime as dt

import pytest

from accounts.models import User
from plans.models import PlanElement
from plans.semester import Semester
from tests.tracking.published import FIRST, correct, draft, open_window, publish
from tracking.models import ProgressReport
from tracking.reading.causes import cause_in, causes_of, last_cause, said_in

RAIN = "Las lluvias cortaron el camino."
SECOND = FIRST.next


def test_why_it_is_halted_comes_before_other_difficulties() -> None:
    report = ProgressReport(difficulties=RAIN)
    assert cause_in(report) == RAIN
    report.halted_cause = "Venció el contrato."
    assert cause_in(report) == "Venció el contrato."
    assert cause_in(ProgressReport()) == ""


def test_the_newest_that_gives_one_is_told_with_its_day() -> None:
    newest = ProgressReport(semester=SECOND)
    before = ProgressReport(semester=FIRST, as_of=dt.date(2019, 6, 30), difficulties=RAIN)
    cause = last_cause([newest, before])
    assert cause is not None
    assert (cause.words, cause.when) == (RAIN, "En 2019-I, al 30/06/2019, dijo:")
    assert last_cause([newest]) is None
    assert said_in("2019-I", None) == "En 2019-I dijo:"


@pytest.fixture
def explained(activity: PlanElement, reporter: User, planner: User) -> ProgressReport:
    """The report of the first semester, which gave a cause; that of the second gave none."""
    open_window(activity.plan.municipality, SECOND)
    first = publish(draft(activity, FIRST, reporter, difficulties=RAIN), by=planner)
    publish(draft(activity, SECOND, reporter), by=planner)
    return first


def words_of(element: PlanElement, until: Semester) -> list[str]:
    return [cause.words for cause in causes_of(element.plan, [element.pk], until=until).values()]


def test_a_later_report_without_a_cause_leaves_the_earlier_one(
    explained: ProgressReport, activity: PlanElement
) -> None:
    for semester in (FIRST, SECOND):
        assert words_of(activity, semester) == [RAIN]
    assert words_of(activity, Semester(2018, 2)) == []


def test_a_correction_takes_a_cause_back_once_it_is_published(
    explained: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> None:
    correction = correct(explained, "Era de otra obra.", reporter, difficulties="")
    assert words_of(activity, SECOND) == [RAIN]
    publish(correction, by=planner)
    assert words_of(activity, SECOND) == []
