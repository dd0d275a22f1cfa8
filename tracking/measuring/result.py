"""What a report comes to under its terms: a percentage where there is one, and a signal."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, localcontext

from plans.choices import Direction, MeasureKind
from plans.models import MeasuringTerms
from tracking.choices import Signal, Step
from tracking.measuring import progress
from tracking.measuring.entry import Entry
from tracking.measuring.schedule import planned, signal_of_percent, signal_of_step
from tracking.models import ProgressReport


@dataclass(frozen=True)
class Result:
    """PROGRESS and PLANNED in percent (PLANNED is a step where the rubric alone applies).

    None where nothing is known, or where nothing was programmed by then.
    """

    progress: Decimal | None
    planned: Decimal | None
    signal: Signal


def result_of(report: ProgressReport, entry: Entry, terms: MeasuringTerms | None) -> Result:
    """REPORT measured under TERMS, entered as ENTRY says; what is published freezes this."""
    schedule = terms.schedule if terms else {}
    if entry == Entry.STEP and report.step is not None:
        percent = None
        signal = signal_of_step(Step(report.step), schedule, report.semester)
    else:
        percent = percentage_of(report, entry, terms)
        signal = signal_of_percent(percent, schedule, report.semester)
    with localcontext(progress.EXACT):
        kept = None if percent is None else percent.quantize(progress.KEPT, ROUND_DOWN)
    return Result(kept, planned(schedule, report.semester), signal)


def percentage_of(
    report: ProgressReport, entry: Entry, terms: MeasuringTerms | None
) -> Decimal | None:
    """The percentage of what was promised; None where nothing tells it."""
    if entry == Entry.COUNT:
        return progress.permanent(report.done, report.required)
    if terms is None:
        return None
    if entry == Entry.PARTS:
        return progress.parts(len(set(report.parts_done) & set(terms.parts)), len(terms.parts))
    if entry == Entry.QUANTITY:
        if report.value is not None and report.value < 0:  # sent while it was measured otherwise
            return None
        return progress.quantity(report.value, terms.goal)
    return _of_value(report.value, terms) if entry == Entry.VALUE else None


def _of_value(value: Decimal | None, terms: MeasuringTerms) -> Decimal | None:
    if terms.kind == MeasureKind.LEVEL and terms.direction == Direction.KEEP:
        return progress.kept(value, terms.goal, terms.bound, terms.tolerance)
    if terms.kind == MeasureKind.LEVEL:
        return progress.level(value, terms.goal, terms.direction, terms.baseline)
    return progress.change(
        value, terms.baseline, terms.goal, terms.direction, relative=terms.is_relative
    )
