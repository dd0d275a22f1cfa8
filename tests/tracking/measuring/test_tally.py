"""Counting how promises stand, and the only mean that is taken."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Level, MeasureKind
from tracking.choices import Signal, Stage
from tracking.measuring import progress
from tracking.measuring.due import DuePromise, Reported
from tracking.measuring.tally import tally
from tracking.models.standing import SIGNAL_COLUMNS, STAGE_COLUMNS

percentages = st.decimals(-1000, 1000, places=6)
reports = st.builds(
    Reported,
    stage=st.sampled_from(Stage),
    signal=st.sampled_from([*SIGNAL_COLUMNS]),
    progress=st.none() | percentages,
    is_punctual=st.booleans(),
    is_supported=st.booleans(),
    is_corrected=st.booleans(),
    is_halted=st.booleans(),
    is_lasting=st.booleans(),
)
groups = st.lists(
    st.builds(
        DuePromise,
        element_id=st.just(1),
        level=st.just(Level.TARGET),
        dimension=st.just("social"),
        units=st.just(()),
        kind=st.sampled_from(["", *MeasureKind.values]),
        report=st.none() | reports,
    ),
    min_size=1,
    max_size=12,
)


def due(kind: str = MeasureKind.LEVEL, percent: str | None = None, **said: Any) -> DuePromise:
    report = Reported(
        **{
            "stage": Stage.MEASURED,
            "signal": Signal.NO_SCHEDULE,
            "progress": None if percent is None else Decimal(percent),
            "is_punctual": True,
            "is_supported": False,
            "is_corrected": False,
            "is_halted": False,
            "is_lasting": False,
            **said,
        }
    )
    return DuePromise(1, Level.TARGET, "social", (), kind, report)


def silent(kind: str = MeasureKind.LEVEL) -> DuePromise:
    return DuePromise(1, Level.TARGET, "social", (), kind)


@given(groups)
def test_each_report_is_counted_once_by_stage_and_once_by_signal(group: list[DuePromise]) -> None:
    counted = tally(group)
    assert counted["asked"] == len(group)
    assert counted["reported"] == sum(each.report is not None for each in group)
    assert sum(counted[column] for column in STAGE_COLUMNS.values()) == counted["reported"]
    assert sum(counted[column] for column in SIGNAL_COLUMNS.values()) == counted["reported"]


@given(groups)
def test_what_is_asked_twice_counts_twice(group: list[DuePromise]) -> None:
    once, twice = tally(group), tally([*group, *group])
    counts = [name for name, value in once.items() if isinstance(value, int)]
    assert {name: once[name] * 2 for name in counts} == {name: twice[name] for name in counts}
    assert {kind: mean["mean"] for kind, mean in once["means"].items()} == {
        kind: mean["mean"] for kind, mean in twice["means"].items()
    }


@given(groups)
def test_the_order_does_not_matter(group: list[DuePromise]) -> None:
    assert tally(group) == tally(group[::-1])


def test_unlike_things_are_never_averaged_together() -> None:
    group = [due(MeasureKind.LEVEL, "20"), due(MeasureKind.CHANGE, "80")]
    assert tally(group)["means"] == {
        "nivel": {"of": 1, "measured": 1, "mean": "20.000000"},
        "variacion": {"of": 1, "measured": 1, "mean": "80.000000"},
    }


@pytest.mark.parametrize(
    ("measured", "missing", "mean"),
    [(3, 2, "50.000000"), (2, 2, None), (0, 1, None), (59, 41, None), (60, 40, "50.000000")],
)
def test_a_mean_needs_sixty_percent_of_its_kind(
    measured: int, missing: int, mean: str | None
) -> None:
    group = [due(percent="50")] * measured + [silent()] * missing
    means = tally(group)["means"]
    if not measured:
        assert means == {}
        return
    assert means["nivel"] == {"of": measured + missing, "measured": measured, "mean": mean}


def test_what_nobody_defined_has_no_mean() -> None:
    assert tally([due("", "50")])["means"] == {}


def test_what_cannot_be_verified_is_counted_whether_it_was_reported_or_not() -> None:
    group = [due(MeasureKind.UNVERIFIABLE, stage=Stage.TOLD), silent(MeasureKind.UNVERIFIABLE)]
    assert tally(group)["unverifiable"] == 2


@given(st.lists(percentages, min_size=1, max_size=20))
def test_a_mean_lies_between_the_least_and_a_hundred(figures: list[Decimal]) -> None:
    mean = progress.mean(figures, of=len(figures))
    assert mean is not None
    least = min(*figures, Decimal(100))
    assert least - progress.KEPT < mean <= 100
    assert (mean == 100) == all(each >= 100 for each in figures)


def test_more_of_one_thing_does_not_make_up_for_another() -> None:
    assert progress.mean([Decimal(500), Decimal(0)], of=2) == 50


def test_more_measures_than_things_make_no_mean() -> None:
    with pytest.raises(ValueError, match="2 measured of 1"):
        progress.mean([Decimal(1), Decimal(2)], of=1)
