"""How a promise stands against its schedule: its signal, and why it has none."""

from collections.abc import Mapping
from decimal import Decimal, localcontext
from typing import Final

from plans.semester import Semester
from tracking.choices import Signal, Step
from tracking.measuring.progress import EXACT, rounded

# Points that progress may lie behind its schedule. The portal's own: no official ones were found.
ON_TIME_GAP: Final = 10
LATE_GAP: Final = 25


def planned(schedule: Mapping[str, str], semester: Semester) -> Decimal | None:
    """What a schedule plans for the end of SEMESTER: its last entry at or before it.

    SCHEDULE gives figures by semester ("2019-I": "10"), in whatever unit they were declared. None
    before its first entry.
    """
    due = [when for when in schedule if when <= str(semester)]
    return Decimal(schedule[max(due)]) if due else None


def signal_of_percent(
    percent: Decimal | None, schedule: Mapping[str, str], semester: Semester
) -> Signal:
    """How PERCENT stands at the end of SEMESTER against a schedule of planned percentages.

    By the gap, in points, between what was planned and the percentage as it is shown, so that a
    reader who subtracts one from the other finds the same. The portal's own.
    """
    if not schedule:
        return Signal.NO_SCHEDULE
    due = planned(schedule, semester)
    if due is None or due <= 0:
        return Signal.NOT_DUE
    if percent is None:
        return Signal.NOT_MEASURABLE
    with localcontext(EXACT):
        gap = due - rounded(percent)
    if gap <= ON_TIME_GAP:
        return Signal.ON_TIME
    return Signal.LATE if gap <= LATE_GAP else Signal.VERY_LATE


def signal_of_step(step: Step, schedule: Mapping[str, str], semester: Semester) -> Signal:
    """How STEP stands at the end of SEMESTER against a schedule of planned steps ("2019-I": "1").

    The planned step reached or passed is on time, one step behind late, more very late: steps are
    compared, never made into percentages. The portal's own.
    """
    if not schedule:
        return Signal.NO_SCHEDULE
    due = planned(schedule, semester)
    if due is None or due <= 0:
        return Signal.NOT_DUE
    if step >= due:
        return Signal.ON_TIME
    return Signal.LATE if step >= due - 1 else Signal.VERY_LATE
