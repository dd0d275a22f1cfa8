"""When several ask at once for what is stored once: the first makes it, the others wait for it."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Lock
from typing import Final

PATIENCE: Final = 5.0  # seconds; a page that takes longer is better made twice than awaited

_making: dict[str, Event] = {}
_looking = Lock()


@contextmanager
def after_the_first(key: str) -> Iterator[None]:
    """Make what is stored under KEY, as the first of this process; or wait until the first ended.

    It may have ended badly, or still be at work after PATIENCE: whoever then finds nothing stored
    makes it without being waited for, so that what cannot be stored is not made one by one.
    """
    with _looking:
        is_first = key not in _making
        made = _making.setdefault(key, Event())
    if not is_first:
        _wait_for(made)
        yield
        return
    try:
        yield
    finally:
        with _looking:
            del _making[key]
        made.set()


def _wait_for(made: Event) -> None:
    made.wait(PATIENCE)
