"""When several ask at once for what is stored once: the first makes it, the others wait for it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final

from django.core.cache import caches

PATIENCE: Final = 5.0  # seconds; a page that takes longer is better made twice than awaited
LOOK: Final = 0.05  # seconds between two looks at whether another host ended

_making: dict[str, Event] = {}
_looking = Lock()


@contextmanager
def after_the_first(key: str) -> Iterator[None]:
    """Make what is stored under KEY, as the first of all hosts; or wait until the first ended.

    It may have ended badly, died, or still be at work after PATIENCE: whoever then finds nothing
    stored makes it without being waited for, so that what cannot be stored is not made one by one.
    Of each process one asks the other hosts, which know each other by the cache that they share.
    """
    with _looking:
        is_first = key not in _making
        made = _making.setdefault(key, Event())
    if not is_first:
        _wait_for(made)
        yield
        return
    try:
        with _after_other_hosts(f"{key}:making"):
            yield
    finally:
        with _looking:
            del _making[key]
        made.set()


def _wait_for(made: Event) -> None:
    made.wait(PATIENCE)


@contextmanager
def _after_other_hosts(sign: str) -> Iterator[None]:
    """Put up SIGN while it is made; where another host did, wait until it is taken down.

    The sign of whoever dies falls by itself after PATIENCE. Whoever takes longer than that may take
    down another's: then it is made once more than needed.
    """
    if caches["pages"].add(sign, True, PATIENCE):
        try:
            yield
        finally:
            caches["pages"].delete(sign)
        return
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and caches["pages"].get(sign):
        _look_again_later()
    yield


def _look_again_later() -> None:
    time.sleep(LOOK)
