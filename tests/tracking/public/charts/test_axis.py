"""The upright axis of a line: where it begins and ends, and its figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.figures import figure_text
from tracking.public.charts.axis import MOST_STEPS, axis

figures = st.decimals(-(10**14), 10**14, places=4)


def ticks(*values: str) -> list[str]:
    return [figure_text(tick) for tick in axis([Decimal(each) for each in values]).ticks]


@given(st.lists(figures, min_size=1, max_size=20))
def test_it_holds_every_figure_between_few_round_ones(values: list[Decimal]) -> None:
    found = axis(values)
    assert found.ticks[0] <= min(values)
    assert max(values) <= found.ticks[-1]
    assert 2 <= len(found.ticks) <= MOST_STEPS + 1
    step = found.ticks[1] - found.ticks[0]
    assert step.normalize().as_tuple().digits in {(1,), (2,), (5,)}
    assert all(0 <= found.share(each) <= 1 for each in values)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        (("10", "62.5", "100"), ["0", "20", "40", "60", "80", "100"]),
        (("-40", "180"), ["-50", "0", "50", "100", "150", "200"]),
        (("0.3",), ["0", "0.1", "0.2", "0.3"]),
        (("0", "0"), ["0", "0.2", "0.4", "0.6", "0.8", "1"]),
    ],
)
def test_zero_is_on_it(values: tuple[str, ...], expected: list[str]) -> None:
    assert ticks(*values) == expected
    assert not axis([Decimal(each) for each in values]).is_cut


def test_figures_far_from_zero_and_near_one_another_begin_before_the_first() -> None:
    """The anaemia of a district: from zero, three points of difference could not be seen."""
    assert ticks("43.5", "42", "40") == ["40", "41", "42", "43", "44"]
    assert axis([Decimal("43.5"), Decimal(40)]).is_cut
    assert ticks("-43.5", "-40")[-1] == "-40"


@pytest.mark.parametrize("values", [("50", "40"), ("1000000", "1000001"), ("43.5",)])
def test_else_it_begins_at_zero(values: tuple[str, ...]) -> None:
    """Too wide a span to need it, too small a change to be made large, and one figure alone."""
    assert ticks(*values)[0] == "0"


def test_large_figures_are_written_in_millions() -> None:
    assert axis([Decimal(999_000)]).scale == 1_000_000
    assert axis([Decimal(500_000)]).scale == 1
    assert axis([Decimal(-(10**12))]).scale == 1_000_000
