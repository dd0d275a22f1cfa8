"""A process that is trusted with nothing."""

import json
import signal

import pytest

from accounts.limited.process import BusyError, Limited, ended, file_of
from accounts.limited.program import FAULTY, TOO_MUCH
from tests.accounts.limited.programs import limited
from tests.meanwhile import PATIENCE


def run(program: Limited, *arguments: str, patience: float = PATIENCE) -> tuple[int, bytes]:
    with file_of(b"lo que se ley\xc3\xb3") as file:
        return program.run(*arguments, file=file, patience=patience)


def test_it_has_its_file_its_arguments_and_its_limits_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET", "x")
    code, written = run(limited("telling"), "a", "b")
    assert (code, json.loads(written)) == (
        7,
        {
            "arguments": ["a", "b"],
            "input": "lo que se leyó",
            "environment": [],
            "memory": 256 << 20,
            "time": 60,
            "writing": 0,
        },
    )


@pytest.mark.parametrize(
    ("name", "code"),
    [("killed", TOO_MUCH), ("greedy", TOO_MUCH), ("deep", TOO_MUCH), ("faulty", FAULTY)],
)
def test_how_it_fails_is_told_and_costs_only_itself(name: str, code: int) -> None:
    assert run(limited(name))[0] == code


def test_what_it_writes_without_end_is_not_kept() -> None:
    assert run(limited("wordy")) == (TOO_MUCH, b"")


def test_it_is_ended_when_patience_is() -> None:
    assert run(limited("wordy"), patience=0.001)[0] == TOO_MUCH


def test_it_does_not_outlive_whoever_reads_it() -> None:
    with file_of(b"") as file, limited("wordy").running(file=file, patience=PATIENCE) as child:
        pass
    assert child.returncode == -signal.SIGKILL
    assert ended(child) == TOO_MUCH


def test_one_of_a_kind_runs_at_a_time() -> None:
    program = limited("telling")
    with program.turn, pytest.raises(BusyError):
        run(program, patience=0)
    assert run(program)[0] == 7
