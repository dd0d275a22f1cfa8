"""Something beside the portal that it can do without: a store of pages, a copy of the database.

While it does not answer nobody waits for it, and the log tells it once, not for each who asked.
"""

import logging
import time
from threading import Lock
from typing import Final

from accounts.outage import reason

logger = logging.getLogger(__name__)

PAUSE: Final = 5.0  # seconds between two who find out whether it is there again


class Absence:
    """Whether WHAT is away, as this process knows. INSTEAD: what is done meanwhile, for the log."""

    def __init__(self, what: str, instead: str) -> None:
        self.what, self.instead = what, instead
        self._looking = Lock()
        self._is_away = False
        self._next = 0.0

    def is_over(self) -> bool:
        """Whether it may be asked: always while it is there; once in each PAUSE while it is not."""
        if not self._is_away:
            return True
        with self._looking:
            now = time.monotonic()
            if now < self._next:
                return False
            self._next = now + PAUSE
            return True

    def begin(self, error: BaseException) -> None:
        """It did not answer, for the reason that ERROR gives."""
        with self._looking:
            was_away, self._is_away = self._is_away, True
            self._next = time.monotonic() + PAUSE
        if not was_away:
            logger.warning("%s does not answer (%s): %s", self.what, reason(error), self.instead)

    def end(self) -> None:
        """It answered."""
        if not self._is_away:
            return
        with self._looking:
            was_away, self._is_away = self._is_away, False
        if was_away:
            logger.warning("%s answers again", self.what)
