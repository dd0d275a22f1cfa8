"""A plan semester by semester: its columns, and the bars of the one that is told."""

from collections.abc import Iterator
from typing import NamedTuple

from plans.models.plan import NamedDimension
from plans.semester import Semester
from plans.summary import noun
from tracking.choices import Signal
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import Column
from tracking.public.figures.balance import Balance
from tracking.public.figures.choice import Choice
from tracking.public.figures.overview import Overview
from tracking.reading.states import SIGNALS
from tracking.reading.strips import Arrival


class Signalled(NamedTuple):
    """How many reports have one signal, and the address that shows them."""

    signal: Signal
    reports: int
    address: str
    is_current: bool


def columns_of(overview: Overview) -> list[tuple[str, list[Column]]]:
    """Each level that the semester tells of, through the whole term; the first one leads on."""
    balances = overview.balances
    return [
        (
            noun(each.level, 2).capitalize(),
            list(_columns(overview, each.level, leads=each is balances[0])),
        )
        for each in balances
    ]


def _columns(overview: Overview, level: str, *, leads: bool) -> Iterator[Column]:
    for semester in Semester.all_of(overview.plan.term):
        rows = [each for each in overview.by_semester.get(semester, []) if each.level == level]
        begun = [each for each in rows if each.silence != Arrival.AHEAD]
        yield Column(
            semester,
            begun[0].segments() if begun else [],
            Choice(semester).address() if begun and leads else "",
            is_current=semester == overview.semester,
        )


def bars_of(overview: Overview) -> list[tuple[Balance, list[Segment], list[Signalled]]]:
    """Each level of the plan in the semester that is told: its bar, and its signals."""
    return [
        (each, overview.bar_of(each), list(_signals(overview, each))) for each in overview.balances
    ]


def _signals(overview: Overview, balance: Balance) -> Iterator[Signalled]:
    slugs = {signal: slug for slug, signal in SIGNALS.items()}
    for signal, count in balance.signals.items():
        scope = Choice(overview.semester, level=balance.level, signal=slugs[signal])
        is_here = overview.choice == scope
        yield Signalled(signal, count, overview.address_of(scope), is_current=is_here)


def dimension_bars(
    overview: Overview,
) -> list[tuple[NamedDimension, list[tuple[Balance, list[Segment]]]]]:
    """Each dimension in the semester that is told."""
    return [
        (dimension, [(each, overview.bar_of(each, dimension=dimension.value)) for each in rows])
        for dimension, rows in overview.dimensions
    ]
