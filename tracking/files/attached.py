"""What a PDF that anybody sends has attached, by its digests."""

import subprocess
import threading
from typing import IO, Final

from tracking.files.opened import asked
from tracking.files.opening import LOCKED

PATIENCE: Final = 15  # seconds by the clock, to wait for one's turn and again for the answer

turn = threading.Lock()
"""One PDF is opened at a time by each process that serves: their memory adds up."""


class LockedError(Exception):
    """The PDF does not open without a password."""


class BusyError(Exception):
    """Others are being looked at, and it takes long."""


def attached_digests(pdf: IO[bytes]) -> list[str]:
    """The SHA-256 of what PDF, a file on the disk, has attached; none where it cannot be read.

    Raises LockedError and BusyError.
    """
    if not turn.acquire(timeout=PATIENCE):
        raise BusyError
    try:
        ended, written = asked("attached", pdf, patience=PATIENCE)
    except subprocess.TimeoutExpired:
        return []
    finally:
        turn.release()
    if ended == LOCKED:
        raise LockedError
    return written.split()
