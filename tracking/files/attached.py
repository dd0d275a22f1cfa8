"""What a PDF that anybody sends has attached, by its digests."""

import subprocess
import sys
import threading
from pathlib import Path
from typing import IO, Final

from tracking.files.opening import LOCKED

PROGRAM: Final = Path(__file__).with_name("opening.py")
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
        pdf.seek(0)
        child = subprocess.run(  # noqa: S603  # itself, and nothing of what was sent is an argument
            [sys.executable, "-I", str(PROGRAM)],
            stdin=pdf,
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return []
    finally:
        turn.release()
    if child.returncode == LOCKED:
        raise LockedError
    return child.stdout.decode().split()
