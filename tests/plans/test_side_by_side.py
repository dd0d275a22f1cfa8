"""Much work done by several processes."""

import os
from collections.abc import Iterator

import pytest

from plans.services.side_by_side import AHEAD, side_by_side

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def processors(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _pid: {0, 1})


def told(piece: int) -> tuple[int, int]:
    if piece == 99:
        raise ZeroDivisionError
    return piece, os.getpid()


def by_tens(piece: int) -> int:
    return piece // 10


def test_what_is_of_the_same_is_done_by_one_process_and_all_in_its_order() -> None:
    done = list(side_by_side(told, range(60), whose=by_tens))
    assert [piece for piece, _process in done] == list(range(60))
    assert len({(by_tens(piece), process) for piece, process in done}) == 6
    assert os.getpid() not in {process for _piece, process in done}


def test_few_wait_however_many_there_are() -> None:
    taken: list[int] = []

    def pieces() -> Iterator[int]:
        for piece in range(10_000):
            taken.append(piece)
            yield piece

    done = side_by_side(told, pieces(), whose=lambda piece: piece)
    assert next(done)[0] == 0
    assert len(taken) <= 2 * AHEAD + 3
    done.close()  # type: ignore[attr-defined]
    assert len(taken) <= 2 * AHEAD + 3


def test_a_fault_in_a_process_is_one_here() -> None:
    with pytest.raises(ZeroDivisionError):
        list(side_by_side(told, range(100), whose=by_tens))
