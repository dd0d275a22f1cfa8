"""A clock that a test sets."""

import datetime as dt
import time

import pytest
from django.utils import timezone


class Clock:
    """The time, of the second factor, of sessions and of what is remembered for a while."""

    def __init__(self) -> None:
        self.now = 1_795_916_010.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()

    def now() -> dt.datetime:
        return dt.datetime.fromtimestamp(clock.now, dt.UTC)

    monkeypatch.setattr(time, "time", lambda: clock.now)
    monkeypatch.setattr(timezone, "now", now)
    monkeypatch.setattr("django.core.cache.backends.db.tz_now", now)
    return clock
