"""What somebody else does at the same time, through a connection of their own."""

import threading
import time
from collections.abc import Callable

from django.db import connection

PATIENCE = 120  # seconds, after which what hangs is given up: no machine is as slow
# Within a transaction what is looked at once is seen unchanged, unless it is forgotten.
FORGET = "SELECT pg_stat_clear_snapshot()"
WAITING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


class Meanwhile(threading.Thread):
    """Somebody else's act. ``refused``: what they were answered."""

    def __init__(self, act: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self.act = act
        self.refused: Exception | None = None

    def run(self) -> None:
        try:
            self.act()
        except Exception as refused:
            self.refused = refused
        finally:
            connection.close()


def wait_for_a_lock() -> None:
    """Until somebody waits for what this transaction holds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute(FORGET)
            cursor.execute(WAITING)
            if cursor.fetchone()[0]:
                return
        time.sleep(0.02)
    raise AssertionError("nobody waits")
