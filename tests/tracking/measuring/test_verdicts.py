"""How a promise goes, by the last that is known of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Direction, MeasureKind
from tracking.choices import Signal, Stage, Verdict
from tracking.measuring.verdicts import RULES, Known, is_lasting, verdict


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        (Known(), Verdict.AHEAD),
        (Known(silent=1), Verdict.UNKNOWN),
        (Known(Stage.RUNNING, Signal.ON_TIME), Verdict.ON_TIME),
        (Known(Stage.IDLE, Signal.NOT_DUE), Verdict.ON_TIME),
        (Known(Stage.RUNNING, Signal.ON_TIME, silent=1), Verdict.ON_TIME),
        (Known(Stage.RUNNING, Signal.ON_TIME, silent=2), Verdict.UNKNOWN),
        (Known(Stage.MEASURED, Signal.LATE), Verdict.LATE),
        (Known(Stage.IDLE, Signal.VERY_LATE), Verdict.LATE),
        (Known(Stage.RUNNING, Signal.ON_TIME, is_halted=True), Verdict.HALTED),
        (Known(Stage.RUNNING, Signal.LATE, is_halted=True, silent=2), Verdict.UNKNOWN),
        (Known(Stage.RUNNING, Signal.NO_SCHEDULE), Verdict.UNTIMED),
        (Known(Stage.TOLD, Signal.NOT_MEASURABLE), Verdict.UNTIMED),
        (Known(Stage.WORKING, Signal.VERY_LATE, silent=6), Verdict.DONE),
        (Known(Stage.REACHED, Signal.NO_SCHEDULE), Verdict.DONE),
        (Known(Stage.REACHED, Signal.LATE, silent=2), Verdict.UNKNOWN),
        (Known(Stage.REACHED, Signal.NO_SCHEDULE, is_lasting=True), Verdict.ON_TIME),
        (Known(Stage.REACHED, is_lasting=True, is_final=True), Verdict.DONE),
        (Known(Stage.REACHED, Signal.ON_TIME, is_halted=True), Verdict.HALTED),
    ],
)
def test_the_last_known_decides(known: Known, expected: Verdict) -> None:
    assert verdict(known) == expected


@given(
    st.builds(
        Known,
        stage=st.sampled_from(["", *Stage]),
        signal=st.sampled_from([*Signal]),
        is_halted=st.booleans(),
        is_lasting=st.booleans(),
        is_final=st.booleans(),
        silent=st.integers(0, 8),
    )
)
def test_silence_never_makes_a_promise_look_better(known: Known) -> None:
    later = verdict(known._replace(silent=known.silent + 1))
    assert later in {verdict(known), Verdict.UNKNOWN}


def test_every_verdict_has_a_rule_and_every_rule_says_when_it_holds() -> None:
    assert {rule.verdict for rule in RULES} == set(Verdict)
    assert all(str(rule.words) for rule in RULES)


@pytest.mark.parametrize(
    ("kind", "direction", "expected"),
    [
        (MeasureKind.PERMANENT, "", True),
        (MeasureKind.LEVEL, Direction.KEEP, True),
        (MeasureKind.LEVEL, Direction.UP, False),
        (None, None, False),
    ],
)
def test_what_is_permanent_or_to_be_kept_must_last(
    kind: str | None, direction: str | None, expected: bool
) -> None:
    assert is_lasting(kind, direction) is expected
