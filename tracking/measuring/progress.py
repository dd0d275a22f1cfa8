"""The arithmetic of progress, by kind of promise: pure functions of Decimals.

Percentages are Decimals in percent (50 is 50 %), unrounded; `rounded` gives the one that is shown.
None means that nothing can be said. CEPLAN's guide for the follow-up of institutional plans (RPCD
0061-2023) gives an indicator its unit of measure and its expected direction; where a definition is
the portal's own, its function says so.
"""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import Final, overload

from plans.choices import Bound, Direction

Number = Decimal | int

# Percent of a group that must be measured before a mean says anything of it. The portal's own.
MEAN_COVERAGE: Final = 60

TENTH: Final = Decimal("0.1")
KEPT: Final = Decimal("0.000001")
"""What is kept is cut, not rounded: what is below 100 must not be kept as 100."""
# Figures have 18 digits: the product of two is exact, and no quotient below 100 is cut up to 100.
EXACT: Final = Context(prec=50, rounding=ROUND_HALF_EVEN)


def level(
    value: Number | None, goal: Number | None, direction: str, baseline: Number | None = None
) -> Decimal | None:
    """How much of the goal a value reaches, in percent: the value beside its goal.

    To increase, value / goal; over 100 where it is passed, below 0 where the value is. To decrease,
    the part of the way down from the baseline; without a baseline above the goal only 100 where the
    value is at the goal or under it, because nothing says how far it had to go. A level needs no
    baseline to increase; but a value that fell behind one below the goal is a regress, and like
    every other negative: how far it moved away, of the way that it had to go.

    None without a value or a goal, where no direction is stated (more might be worse) or it is to
    keep (see `kept`), where the way down is unknown, and where a ratio to a goal of zero or less
    would be needed. Indicator and direction as CEPLAN has them; the way down and a regress are the
    portal's own.
    """
    if value is None or goal is None or direction not in {Direction.UP, Direction.DOWN}:
        return None
    if direction == Direction.DOWN:
        if baseline is not None and baseline > goal:
            return _percent(_minus(baseline, value), _minus(baseline, goal))
        return Decimal(100) if value <= goal else None
    if baseline is not None and value < baseline < goal:
        return _percent(_minus(value, baseline), _minus(goal, baseline))
    return _percent(value, goal)


def kept(
    value: Number | None, goal: Number | None, bound: str, tolerance: Number | None = None
) -> Decimal | None:
    """How far a value stays where it was to be kept, in percent from 0 to 100.

    BOUND says whether the goal is a ceiling, a floor, or a value from which TOLERANCE, of its unit,
    may part. 100 within; outside, less by as much as the value lies outside, in percent of the
    goal: 12 with a ceiling of 10 is 80. Never below 0, and 0 outside of a goal of zero, of which no
    share can be told. None without a value or a goal, and until somebody says the bound. The
    portal's own.
    """
    if value is None or goal is None or not bound:
        return None
    outside = _minus(goal, value) if bound == Bound.FLOOR else _minus(value, goal)
    if bound == Bound.VALUE:
        outside = _minus(abs(outside), tolerance or 0)
    if outside <= 0:
        return Decimal(100)
    lost = _percent(outside, Decimal(goal).copy_abs())
    return Decimal(0) if lost is None else max(Decimal(0), _minus(100, lost))


def change(
    value: Number | None,
    baseline: Number | None,
    goal: Number | None,
    direction: str,
    *,
    relative: bool,
) -> Decimal | None:
    """How much of the change that was promised has happened, in percent.

    GOAL is how much must change: percent of the baseline's size where RELATIVE, else in the
    indicator's own unit. 0 at the baseline, 100 at the target; a regress is negative and stays so,
    over-achievement stays over 100.

    None without a value, a baseline or a goal, where no direction is stated or it is to keep, and
    where there is nothing to change (a goal of zero or less, a share of a baseline of zero). The
    portal's own reading of CEPLAN's indicator with an expected direction.
    """
    if value is None or baseline is None or goal is None:
        return None
    if direction == Direction.UP:
        moved = _minus(value, baseline)
    elif direction == Direction.DOWN:
        moved = _minus(baseline, value)
    else:
        return None
    with localcontext(EXACT):
        distance = abs(Decimal(baseline)) * goal / 100 if relative else Decimal(goal)
    return _percent(moved, distance)


def permanent(done: Number | None, required: Number | None) -> Decimal | None:
    """What was done in a semester of what each semester asks, in percent from 0; over 100 stays.

    None without either, or where nothing was required. ValueError for a negative count. The
    portal's own.
    """
    return share(done, required)


def parts(done: int | None, total: int | None) -> Decimal | None:
    """How many of the named parts are delivered, in percent from 0 to 100.

    None without either, or where no parts are named. ValueError for a negative count, or more
    parts than there are. The portal's own: planning chose the parts.
    """
    if done is not None and total is not None and done > total:
        raise ValueError(f"{done} parts of {total}")
    return share(done, total)


def quantity(executed: Number | None, programmed: Number | None) -> Decimal | None:
    """Physical progress: executed of the programmed quantity, in percent from 0; over 100 stays.

    None without either, or where nothing was programmed. ValueError for a negative quantity. As
    the follow-up of operational plans compares what was executed with what was programmed.
    """
    return share(executed, programmed)


def financial(devengado: Number | None, pim: Number | None) -> Decimal | None:
    """Financial progress: devengado of the modified budget, the PIM, in percent from 0.

    Both in soles, of one fiscal year; over 100 stays. None without either, or with a PIM of zero.
    ValueError for a negative amount. As the Ministry of Economy and Finance publishes it.
    """
    return share(devengado, pim)


def mean(percentages: Sequence[Decimal], *, of: int) -> Decimal | None:
    """The mean of like PERCENTAGES, measured in a group of OF, in percent, cut to six decimals.

    What passes 100 counts as 100: doing more of one thing does not make up for another. A regress
    stays negative. None below a coverage of MEAN_COVERAGE, or where nothing was measured.
    ValueError for more percentages than there are things. The portal's own.
    """
    if len(percentages) > of:
        raise ValueError(f"{len(percentages)} measured of {of}")
    if not percentages or len(percentages) * 100 < MEAN_COVERAGE * of:
        return None
    with localcontext(EXACT):
        total = sum((min(each, Decimal(100)) for each in percentages), Decimal(0))
        return (total / len(percentages)).quantize(KEPT, ROUND_DOWN)


@overload
def rounded(percent: Decimal) -> Decimal: ...
@overload
def rounded(percent: None) -> None: ...
def rounded(percent: Decimal | None) -> Decimal | None:
    """The percentage as it is shown: one decimal, halves away from zero. None passes through.

    Never 100.0 for what is below 100, and never 0.0 for what is not zero: 99.96 is 99.9, and a
    regress of 0.04 is -0.1. The portal's own.
    """
    if percent is None:
        return None
    with localcontext(EXACT):
        shown = percent.quantize(TENTH, ROUND_HALF_UP)
        if shown == 0 and percent:
            return TENTH.copy_sign(percent)
        return shown - TENTH if percent < 100 <= shown else shown + 0  # + 0: never "-0.0"


def share(part: Number | None, whole: Number | None) -> Decimal | None:
    """PART of WHOLE, things that are counted, in percent from 0; over 100 stays.

    None without either, or with a whole of zero. ValueError for a negative count.
    """
    for figure in (part, whole):
        if figure is not None and figure < 0:
            raise ValueError(f"{figure} is negative")
    return None if part is None or whole is None else _percent(part, whole)


def _percent(part: Number, whole: Number) -> Decimal | None:
    """PART of WHOLE in percent; None where WHOLE is zero or less."""
    if whole <= 0:
        return None
    with localcontext(EXACT):
        return Decimal(part) * 100 / Decimal(whole)


def _minus(left: Number, right: Number) -> Decimal:
    with localcontext(EXACT):
        return Decimal(left) - Decimal(right)
