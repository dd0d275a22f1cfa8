"""The difficulties of an edition in the order in which they are asked about."""

from collections import defaultdict
from typing import NamedTuple

from django.utils.translation import gettext as _

from tracking.accountability.content import Promise
from tracking.accountability.edition import Edition
from tracking.accountability.groups import PromiseLine
from tracking.accountability.telling import offices
from tracking.accountability.worst import worst_first


class Hard(NamedTuple):
    """What is halted, the longest first; then the rest by office, the one with most first.

    What two offices answer for stands once, under both. ``planned`` counts the promises that went
    on without a difficulty and only told what comes next, which are not listed.
    """

    halted: list[PromiseLine]
    by_office: list[tuple[str, list[PromiseLine]]]
    planned: int


def hard_of(edition: Edition) -> Hard:
    halted = [each for each in edition.difficult if each.report and each.report.halted_since]
    stopped = {each.promise.ref for each in halted}
    owed: dict[str, list[PromiseLine]] = defaultdict(list)
    planned = 0
    for line in worst_first(edition.reported):
        if line.report is None or line.promise.ref in stopped:
            continue
        if line.report.difficulties or line.report.is_unexplained:
            owed[_whose(line.promise)].append(line)
        elif line.report.next_steps and line.promise.is_asked:
            planned += 1
    by_office = sorted(owed.items(), key=lambda each: -len(each[1]))
    return Hard(sorted(halted, key=_since), by_office, planned)


def _whose(promise: Promise) -> str:
    """The offices that answer; what is told of a whole dimension is asked of none."""
    return _("Dimensiones enteras") if promise.is_dimension else offices(promise)


def _since(line: PromiseLine) -> str:
    return str(line.report and line.report.halted_since)
