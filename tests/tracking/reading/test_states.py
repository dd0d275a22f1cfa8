"""The states in which a promise can stand, and the words for them."""

from tracking.choices import Signal, Stage
from tracking.reading.states import MEANINGS, SIGNALS, STATES, counted
from tracking.reading.strips import Arrival


def test_states_are_counted_best_first_and_only_where_there_are_any() -> None:
    counts: dict[str, int] = {
        Arrival.MISSING: 4,
        Stage.RUNNING: 0,
        Stage.WORKING: 2,
        Arrival.AHEAD: 1,
    }
    assert counted(counts) == "2 funcionando, 4 sin informe, 1 aún por abrirse"
    assert counted({}) == ""


def test_every_state_says_what_it_means() -> None:
    assert list(MEANINGS) == list(STATES)


def test_silence_is_no_signal_to_choose_by() -> None:
    assert SIGNALS["sin-cronograma"] == Signal.NO_SCHEDULE
    assert set(SIGNALS.values()) == set(Signal) - {Signal.SILENT}
