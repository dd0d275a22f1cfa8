"""Who works in the background on one's own machine is started again."""

import os
import threading

import pytest

from config import background
from config.background import Keeper

LOOK = 0.01


class Waits(threading.Event):
    """An end that comes after so many pauses; ``pauses`` has how long each was to be."""

    def __init__(self, until: int) -> None:
        super().__init__()
        self.until, self.pauses = until, list[float]()

    def wait(self, timeout: float | None = None) -> bool:
        if timeout == LOOK:
            return super().wait(timeout)
        assert timeout is not None
        self.pauses.append(timeout)
        if len(self.pauses) == self.until:
            self.set()
        return self.is_set()


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LOOK", LOOK)


def kept(command: list[str], until: int) -> Waits:
    keeper = Keeper(command)
    keeper.over = over = Waits(until)
    keeper.keep()
    return over


def test_who_dies_at_once_is_started_again_after_ever_longer_pauses(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert kept(["sh", "-c", "echo began; kill -9 $$"], 8).pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    out, err = capfd.readouterr()
    assert out == 8 * "began\n"
    assert err.startswith("El trabajo de fondo se cortó (señal 9): vuelve a empezar en 1 s.\n")


def test_who_worked_for_long_is_started_again_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "SETTLED", 0)
    assert kept(["false"], 3).pauses == [1, 1, 1]


def test_the_worker_ends_with_its_keeper(capfd: pytest.CaptureFixture[str]) -> None:
    keeper = Keeper(
        ["sh", "-c", "trap 'echo ended; exit' TERM; echo began; while :; do sleep 0.01; done"]
    )
    threading.Thread(target=keeper.keep).start()
    out = ""
    while "began" not in out:
        out += capfd.readouterr().out
    keeper.end()
    while "ended" not in out:
        out += capfd.readouterr().out
    assert capfd.readouterr().err == ""


def test_nobody_works_for_a_server_that_is_gone() -> None:
    keeper = Keeper(["false"])
    keeper.parent = os.getppid() + 1
    keeper.keep()  # and does not go on for ever
