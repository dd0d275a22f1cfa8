"""A percentage as it is shown: rounded, and never to what was not reached."""

from decimal import Decimal

import pytest
from hypothesis import given

from tests.tracking.measuring.figures import UP, above_zero, percentages
from tracking.measuring import progress

# As it is shown


@pytest.mark.parametrize(
    ("percent", "shown"),
    [
        ("62.45", "62.5"),
        ("62.449", "62.4"),
        ("99.96", "99.9"),
        ("99.99999999999999999999", "99.9"),
        ("100", "100.0"),
        ("100.04", "100.0"),
        ("0.04", "0.1"),
        ("0", "0.0"),
        ("-0.0", "0.0"),
        ("-0.04", "-0.1"),
        ("-12.25", "-12.3"),
        ("250", "250.0"),
    ],
)
def test_a_percentage_is_shown_with_one_decimal(percent: str, shown: str) -> None:
    assert str(progress.rounded(Decimal(percent))) == shown


def test_what_is_not_known_stays_unknown() -> None:
    assert progress.rounded(None) is None


@given(percentages)
def test_rounding_never_reaches_0_nor_100(percent: Decimal) -> None:
    shown = progress.rounded(percent)
    assert (shown == 0) == (percent == 0)
    assert (shown > 0) == (percent > 0)
    assert (shown >= 100) == (percent >= 100)
    assert abs(shown - percent) <= Decimal("0.1")


@given(percentages, percentages)
def test_rounding_keeps_the_order(one: Decimal, other: Decimal) -> None:
    less, more = sorted([one, other])
    assert progress.rounded(less) <= progress.rounded(more)


@given(above_zero, above_zero)
def test_what_is_not_yet_reached_is_never_shown_as_100(value: Decimal, goal: Decimal) -> None:
    percent = progress.level(value, goal, UP)
    assert percent is not None
    assert (progress.rounded(percent) >= 100) == (value >= goal)
