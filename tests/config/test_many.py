"""Many parts on one machine: who dies is started again, and what happened is told in a table."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bin.many.keeper import Keeper, Part, runs
from bin.many.load import NO_ANSWER, Asked
from bin.many.told import HEADING, Told, report, write
from bin.postgresql import Trouble
from tests.meanwhile import PATIENCE

FOREVER = [sys.executable, "-c", "import signal; signal.pause()"]
FAILING = [sys.executable, "-c", "raise SystemExit('no hay sitio')"]


@pytest.fixture
def keeper(tmp_path: Path) -> Iterator[Keeper]:
    for name in ("log", "pid"):
        (tmp_path / name).mkdir()
    parts = [Part("uno", FOREVER), Part("dos", FOREVER), Part("no", FAILING, port=1)]
    keeper = Keeper(parts, tmp_path, pause=0)
    yield keeper
    keeper.stop()


def comes(what: Callable[[], bool]) -> bool:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and not what():
        time.sleep(0.02)
    return what()


def test_who_is_killed_is_started_again_and_all_end_with_the_keeper(
    keeper: Keeper, tmp_path: Path
) -> None:
    for called in ("uno", "dos"):
        keeper.start(called)
    first, other = (keeper.running[called].pid for called in ("uno", "dos"))
    keeper.watch()
    keeper.kill("uno")
    note = tmp_path / "pid" / "uno"  # is written last
    assert comes(lambda: note.read_text() not in {"", str(first)})
    assert keeper.running["uno"].pid != first
    assert keeper.running["dos"].pid == other
    again = keeper.running["uno"].pid
    assert note.read_text() == str(again)
    keeper.stop()
    assert not any(runs(pid) for pid in (first, other, again))
    assert not list((tmp_path / "pid").iterdir())


def test_what_does_not_start_says_why(keeper: Keeper) -> None:
    with pytest.raises(Trouble, match="«no» no arranca: no hay sitio"):
        keeper.start("no")


def asked(what: str, after: float, status: int, seconds: float = 0.1) -> Asked:
    return Asked(what, 1000 + after, status, seconds)


def test_a_row_tells_what_failed_from_when_to_when_and_what_was_lost() -> None:
    seen = [
        asked("read", 1, 200),
        asked("read", 2, 503, seconds=2),
        asked("read", 5, NO_ANSWER),
        asked("upload", 3, 201),
        asked("publish", 3, 302),
        asked("publish", 4, 422),  # it had been published, and nobody was told
    ]
    told = Told("primary", seen, 1000, (0, 0))
    assert told.row() == (
        "| primary | 3: 1 × no answer, 1 × 503 | 1 | 2 | 4.0–5.1 s | 2.0 s | nothing |"
    )
    quiet = Told("redis", seen[:1], 1000, (1, 0))
    assert quiet.row() == "| redis | 1 | 0 | 0 | — | 0.1 s | 1 and 0 |"


def test_the_table_takes_its_own_place_in_the_document(tmp_path: Path) -> None:
    document = tmp_path / "scale.md"
    document.write_text(f"# Scale\n\nBefore.\n\n{HEADING}\n\nold\n\n## After\n\nAfter.\n")
    text = report([Told("redis", [], 0, (0, 0))], 3, 2, down=5, watched=25)
    for _time in range(2):
        write(document, text)
        assert document.read_text() == f"# Scale\n\nBefore.\n\n{text}\n## After\n\nAfter.\n"
    document.unlink()
    write(document, text)
    assert document.read_text() == text
