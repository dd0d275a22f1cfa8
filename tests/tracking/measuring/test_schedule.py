"""How a promise stands against its schedule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.semester import Semester
from tracking.choices import Signal, Step
from tracking.measuring import schedule

FIRST, SECOND, THIRD = Semester(2019, 1), Semester(2019, 2), Semester(2020, 1)
percentages = st.decimals(-1000, 1000, places=6)


@pytest.mark.parametrize(
    ("semester", "planned"),
    [(FIRST, None), (SECOND, Decimal("10")), (THIRD, Decimal("10")), (Semester(2020, 2), 40)],
)
def test_what_is_planned_is_the_last_entry_so_far(
    semester: Semester, planned: Decimal | None
) -> None:
    assert schedule.planned({"2020-II": "40", "2019-II": "10"}, semester) == planned


@pytest.mark.parametrize(
    ("percent", "signal"),
    [
        ("80", Signal.ON_TIME),
        ("50", Signal.ON_TIME),
        ("40", Signal.ON_TIME),
        ("39.96", Signal.ON_TIME),  # shown as 40.0
        ("39.9", Signal.LATE),
        ("25", Signal.LATE),
        ("24.9", Signal.VERY_LATE),
        ("-10", Signal.VERY_LATE),
        (None, Signal.NOT_MEASURABLE),
    ],
)
def test_a_signal_is_the_gap_to_the_schedule(percent: str | None, signal: Signal) -> None:
    assert (
        schedule.signal_of_percent(
            None if percent is None else Decimal(percent), {"2019-I": "50"}, FIRST
        )
        == signal
    )


def test_without_a_schedule_there_is_no_signal() -> None:
    assert schedule.signal_of_percent(Decimal(0), {}, FIRST) == Signal.NO_SCHEDULE
    assert schedule.signal_of_percent(None, {}, FIRST) == Signal.NO_SCHEDULE
    assert schedule.signal_of_step(Step.NONE, {}, FIRST) == Signal.NO_SCHEDULE


@pytest.mark.parametrize("later", [{"2019-II": "3"}, {"2019-I": "0", "2019-II": "3"}])
def test_what_is_not_yet_due_has_no_signal(later: dict[str, str]) -> None:
    assert schedule.signal_of_percent(Decimal(0), later, FIRST) == Signal.NOT_DUE
    assert schedule.signal_of_percent(None, later, FIRST) == Signal.NOT_DUE
    assert schedule.signal_of_step(Step.NONE, later, FIRST) == Signal.NOT_DUE


@given(percentages, percentages, st.integers(1, 100))
def test_more_progress_is_never_a_worse_signal(one: Decimal, other: Decimal, due: int) -> None:
    order = [Signal.VERY_LATE, Signal.LATE, Signal.ON_TIME]
    less, more = sorted([one, other])
    worse, better = (
        schedule.signal_of_percent(each, {"2019-I": str(due)}, FIRST) for each in (less, more)
    )
    assert order.index(worse) <= order.index(better)


@pytest.mark.parametrize(
    ("step", "signal"),
    [
        (Step.WORKING, Signal.ON_TIME),
        (Step.PARTLY, Signal.ON_TIME),
        (Step.RUNNING, Signal.LATE),
        (Step.PREPARING, Signal.VERY_LATE),
        (Step.NONE, Signal.VERY_LATE),
    ],
)
def test_steps_are_compared_with_the_step_that_was_planned(step: Step, signal: Signal) -> None:
    assert schedule.signal_of_step(step, {"2019-I": "3"}, FIRST) == signal
