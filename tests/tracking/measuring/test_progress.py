"""The arithmetic of progress, by kind of promise."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from plans.choices import Bound
from plans.semester import Semester
from tests.tracking.measuring.figures import (
    DOWN,
    KEEP,
    UNSET,
    UP,
    above_zero,
    amounts,
    directions,
    figures,
)
from tracking.measuring import progress

CEILING, FLOOR, WITHIN = Bound.CEILING, Bound.FLOOR, Bound.VALUE
FIRST, SECOND, THIRD = Semester(2019, 1), Semester(2019, 2), Semester(2020, 1)

Share = Callable[[int | None, int | None], Decimal | None]


def exactly(percent: str | None) -> Decimal | None:
    return None if percent is None else Decimal(percent)


# Level


@pytest.mark.parametrize(
    ("value", "goal", "direction", "baseline", "percent"),
    [
        ("50", "100", UP, None, "50"),
        ("50", "100", UNSET, None, None),  # more might be worse
        ("50", "100", UP, "40", "50"),  # beyond where it began, a baseline changes nothing
        ("40", "100", UP, "40", "40"),
        ("51", "90", UP, "60", "-30"),  # the way back, and not 56.7 % of the goal
        ("-12", "-5", UP, "-10", "-40"),
        ("90", "90", UP, "95", "100"),  # it began beyond its goal
        ("120", "100", UP, None, "120"),
        ("-5", "100", UP, None, "-5"),
        ("50", "0", UP, None, None),
        ("50", "-10", UP, None, None),
        (None, "100", UP, None, None),
        ("50", None, UP, None, None),
        ("100", "100", KEEP, None, None),  # see `kept`
        ("30", "20", DOWN, "40", "50"),
        ("10", "20", DOWN, "40", "150"),
        ("50", "20", DOWN, "40", "-50"),
        ("20", "20", DOWN, None, "100"),
        ("10", "20", DOWN, None, "100"),
        ("21", "20", DOWN, None, None),
        ("21", "20", DOWN, "20", None),  # it began at its goal
        ("15", "20", DOWN, "10", "100"),
    ],
)
def test_a_level_is_the_value_beside_its_goal(
    value: str | None, goal: str | None, direction: str, baseline: str | None, percent: str | None
) -> None:
    given_value, given_goal, given_baseline = exactly(value), exactly(goal), exactly(baseline)
    assert progress.level(given_value, given_goal, direction, given_baseline) == exactly(percent)


def test_a_level_of_a_third_is_not_cut_short() -> None:
    percent = progress.level(1, 3, UP)
    assert percent is not None
    assert abs(percent * 3 - 100) < Decimal("1e-20")


@given(figures, figures, figures)
def test_a_level_that_moved_away_from_its_goal_is_negative(
    one: Decimal, other: Decimal, last: Decimal
) -> None:
    least, middle, most = sorted([one, other, last])
    assume(least < middle < most)
    for value, goal, direction in ((least, most, UP), (most, least, DOWN)):
        percent = progress.level(value, goal, direction, baseline=middle)
        assert percent is not None
        assert percent < 0


@given(above_zero, st.sampled_from([UP, DOWN]), st.none() | figures)
def test_a_level_at_its_goal_is_exactly_100(
    goal: Decimal, direction: str, baseline: Decimal | None
) -> None:
    assert progress.level(goal, goal, direction, baseline) == 100


@given(figures, figures)
def test_a_level_to_decrease_is_0_at_its_baseline(baseline: Decimal, goal: Decimal) -> None:
    assume(baseline > goal)
    assert progress.level(baseline, goal, DOWN, baseline) == 0


@given(figures, figures, above_zero)
def test_more_of_a_level_is_never_less_of_its_goal(
    one: Decimal, other: Decimal, goal: Decimal
) -> None:
    less, more = sorted([one, other])
    low, high = progress.level(less, goal, UP), progress.level(more, goal, UP)
    assert low is not None
    assert high is not None
    assert low <= high


@given(figures, figures, figures, figures)
def test_less_of_a_level_to_decrease_is_never_less_of_its_goal(
    one: Decimal, other: Decimal, goal: Decimal, baseline: Decimal
) -> None:
    assume(baseline > goal)
    less, more = sorted([one, other])
    low = progress.level(more, goal, DOWN, baseline)
    high = progress.level(less, goal, DOWN, baseline)
    assert low is not None
    assert high is not None
    assert low <= high


# What is kept


@pytest.mark.parametrize(
    ("value", "goal", "bound", "tolerance", "percent"),
    [
        ("3", "0", CEILING, None, "0"),
        ("0", "0", CEILING, None, "100"),
        ("-1", "0", CEILING, None, "100"),
        ("12", "10", CEILING, None, "80"),
        ("25", "10", CEILING, None, "0"),
        ("80", "100", FLOOR, None, "80"),
        ("120", "100", FLOOR, None, "100"),
        ("-6", "-5", FLOOR, None, "80"),  # a deficit that may not grow
        ("-5", "100", FLOOR, None, "0"),
        ("9", "10", WITHIN, "1", "100"),
        ("12.5", "10", WITHIN, "1", "85"),
        ("7.5", "10", WITHIN, "1", "85"),
        ("11", "10", WITHIN, "0", "90"),
        ("10", "10", "", None, None),
        (None, "10", CEILING, None, None),
        ("10", None, CEILING, None, None),
    ],
)
def test_what_is_kept_loses_as_much_as_lies_outside(
    value: str | None, goal: str | None, bound: str, tolerance: str | None, percent: str | None
) -> None:
    measured = progress.kept(exactly(value), exactly(goal), bound, exactly(tolerance))
    assert measured == exactly(percent)


@given(figures, figures, st.sampled_from(Bound), amounts)
def test_what_is_kept_is_100_just_within(
    value: Decimal, goal: Decimal, bound: Bound, tolerance: Decimal
) -> None:
    percent = progress.kept(value, goal, bound, tolerance)
    within = {
        CEILING: value <= goal,
        FLOOR: value >= goal,
        WITHIN: goal - tolerance <= value <= goal + tolerance,
    }
    assert percent is not None
    assert 0 <= percent <= 100
    assert (percent == 100) == within[bound]


# Change


@pytest.mark.parametrize(
    ("value", "baseline", "goal", "direction", "relative", "percent"),
    [
        ("60", "80", "50", DOWN, True, "50"),  # 50 % of 80 is 40: half of the way
        ("40", "80", "50", DOWN, True, "100"),
        ("30", "80", "50", DOWN, True, "125"),
        ("100", "80", "50", DOWN, True, "-50"),
        ("60", "80", "50", DOWN, False, "40"),
        ("110", "100", "20", UP, True, "50"),
        ("110", "100", "20", UP, False, "50"),
        ("90", "100", "20", UP, False, "-50"),
        ("150", "100", "20", UP, False, "250"),
        ("5", "0", "10", UP, False, "50"),
        ("5", "0", "10", UP, True, None),  # a share of nothing
        ("-9", "-10", "20", UP, True, "50"),  # of the size of the baseline: from -10 to -8
        ("100", "100", "0", UP, False, None),
        ("100", "100", "-5", UP, False, None),
        ("100", None, "20", UP, False, None),
        (None, "100", "20", UP, False, None),
        ("100", "100", None, UP, False, None),
        ("100", "80", "20", UNSET, False, None),
        ("100", "80", "20", KEEP, False, None),
    ],
)
def test_a_change_is_the_way_from_its_baseline(
    value: str | None,
    baseline: str | None,
    goal: str | None,
    direction: str,
    relative: bool,
    percent: str | None,
) -> None:
    measured = progress.change(
        exactly(value), exactly(baseline), exactly(goal), direction, relative=relative
    )
    assert measured == exactly(percent)


@given(figures, above_zero, st.sampled_from([UP, DOWN]), st.booleans())
def test_a_change_is_0_at_its_baseline(
    baseline: Decimal, goal: Decimal, direction: str, relative: bool
) -> None:
    assume(baseline or not relative)
    assert progress.change(baseline, baseline, goal, direction, relative=relative) == 0


@given(figures, above_zero, st.sampled_from([UP, DOWN]))
def test_a_change_is_exactly_100_at_its_target(
    baseline: Decimal, goal: Decimal, direction: str
) -> None:
    target = baseline + goal if direction == UP else baseline - goal
    assert progress.change(target, baseline, goal, direction, relative=False) == 100


@given(st.integers(1, 10**9), st.integers(1, 1000), st.sampled_from([UP, DOWN]))
def test_a_relative_change_is_exactly_100_at_its_target(
    hundreds: int, goal: int, direction: str
) -> None:
    baseline = 100 * hundreds
    target = baseline + hundreds * goal * (1 if direction == UP else -1)
    assert progress.change(target, baseline, goal, direction, relative=True) == 100


@given(figures, figures, figures, above_zero, st.booleans())
def test_a_change_grows_with_its_value_and_falls_with_it_when_it_is_to_decrease(
    one: Decimal, other: Decimal, baseline: Decimal, goal: Decimal, relative: bool
) -> None:
    assume(baseline or not relative)
    less, more = sorted([one, other])
    up = [progress.change(each, baseline, goal, UP, relative=relative) for each in (less, more)]
    down = [progress.change(each, baseline, goal, DOWN, relative=relative) for each in (less, more)]
    assert None not in up + down
    assert up[0] <= up[1]  # type: ignore[operator]
    assert down[0] >= down[1]  # type: ignore[operator]
    assert up == [each.copy_negate() for each in down if each is not None]


@given(st.none() | figures, st.none() | figures, st.none() | figures, directions, st.booleans())
def test_no_figure_that_a_column_holds_is_an_error(
    value: Decimal | None,
    baseline: Decimal | None,
    goal: Decimal | None,
    direction: str,
    relative: bool,
) -> None:
    measured = [
        progress.level(value, goal, direction, baseline),
        progress.change(value, baseline, goal, direction, relative=relative),
    ]
    for percent in measured:
        shown = progress.rounded(percent)
        assert (shown is None) == (percent is None)
        assert percent is None or percent.is_finite()


# Shares of what is counted


@pytest.mark.parametrize("share", [progress.permanent, progress.quantity, progress.financial])
def test_a_share_is_what_was_done_of_what_was_due(share: Share) -> None:
    assert [share(3, 12), share(12, 12), share(15, 12), share(0, 12)] == [25, 100, 125, 0]
    assert [share(0, 0), share(3, 0), share(None, 12), share(3, None)] == [None, None, None, None]


@pytest.mark.parametrize("share", [progress.permanent, progress.quantity, progress.financial])
@pytest.mark.parametrize(("part", "whole"), [(-1, 12), (1, -12), (-1, None), (None, -1)])
def test_a_negative_count_is_an_error(share: Share, part: int | None, whole: int | None) -> None:
    with pytest.raises(ValueError, match="negative"):
        share(part, whole)


@given(amounts, above_zero)
def test_a_share_is_100_only_where_all_is_done(done: Decimal, due: Decimal) -> None:
    percent = progress.financial(done, due)
    assert percent is not None
    assert (percent >= 100, percent > 0) == (done >= due, done > 0)


def test_parts_are_never_more_than_there_are() -> None:
    assert [progress.parts(3, 8), progress.parts(8, 8)] == [Decimal("37.5"), 100]
    assert [progress.parts(0, 0), progress.parts(None, 8), progress.parts(3, None)] == [None] * 3
    for done, total in ((9, 8), (1, 0)):
        with pytest.raises(ValueError, match=f"{done} parts of {total}"):
            progress.parts(done, total)
    with pytest.raises(ValueError, match="negative"):
        progress.parts(-1, 8)


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_parts_lie_between_0_and_100(done: int, total: int) -> None:
    assume(done <= total)
    percent = progress.parts(done, total)
    assert percent is not None
    assert 0 <= percent <= 100
