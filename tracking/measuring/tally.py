"""Count how promises stand: a pure function of what was due and what was reported.

Results, deliveries and guidelines are counted apart, and never averaged together.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from plans.choices import MeasureKind
from tracking.measuring import progress
from tracking.measuring.due import DuePromise
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS


def tally(group: Sequence[DuePromise]) -> dict[str, Any]:
    """The columns of a `Standing` for GROUP, which is of one level."""
    reports = [each.report for each in group if each.report]
    stages = Counter(report.stage for report in reports)
    signals = Counter(report.signal for report in reports)
    return {
        "asked": len(group),
        "reported": len(reports),
        **{column: stages[stage] for stage, column in STAGE_COLUMNS.items()},
        **{column: signals[signal] for signal, column in SIGNAL_COLUMNS.items()},
        "punctual": sum(report.is_punctual for report in reports),
        "supported": sum(report.is_supported for report in reports),
        "corrected": sum(report.is_corrected for report in reports),
        "halted": sum(report.is_halted for report in reports),
        "unverifiable": sum(each.kind == MeasureKind.UNVERIFIABLE for each in group),
        "means": _means(group),
        "awaited": Counter(each.awaited.value for each in group),
        "verdicts": Counter(each.verdict.value for each in group),
    }


def _means(group: Sequence[DuePromise]) -> dict[str, dict[str, Any]]:
    """By kind, of what has a percentage: of how many, how many are measured, and their mean."""
    of = Counter(each.kind for each in group)
    measured: dict[str, list[Decimal]] = defaultdict(list)
    for each in group:
        if each.kind and each.report and each.report.progress is not None:
            measured[each.kind].append(each.report.progress)
    means = {}
    for kind in sorted(measured):
        mean = progress.mean(measured[kind], of=of[kind])
        means[kind] = {
            "of": of[kind],
            "measured": len(measured[kind]),
            "mean": None if mean is None else str(mean),
        }
    return means
