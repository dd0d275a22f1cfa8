"""What the portal can do without: who waits for it, and what the log says."""

import time

import pytest

from accounts.absence import PAUSE, Absence


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds of a clock that the test sets."""
    now = [1_000.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_while_it_is_away_one_in_each_pause_finds_out(now: list[float]) -> None:
    absence = Absence("It", "we do without")
    assert absence.is_over()
    absence.begin(OSError("gone"))
    assert not absence.is_over()
    now[0] += PAUSE
    assert [absence.is_over() for _ in range(3)] == [True, False, False]
    absence.end()
    assert [absence.is_over() for _ in range(3)] == [True, True, True]


def test_the_log_tells_once_that_it_went_and_once_that_it_came(
    now: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    absence = Absence("It", "we do without")
    absence.end()
    for _ in range(3):
        absence.begin(OSError("gone\nfar away"))
    for _ in range(3):
        absence.end()
    assert caplog.messages == ["It does not answer (gone): we do without", "It answers again"]
