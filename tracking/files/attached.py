"""What a PDF that anybody sends has attached, by its digests."""

from typing import IO

from tracking.files.opened import OPENER, PATIENCE, LockedError
from tracking.files.opening import LOCKED


def attached_digests(pdf: IO[bytes]) -> list[str]:
    """The SHA-256 of what PDF, a file on the disk, has attached; none where it cannot be read.

    Raises LockedError and BusyError.
    """
    ended, written = OPENER.run("attached", file=pdf, patience=PATIENCE)
    if ended == LOCKED:
        raise LockedError
    return written.decode().split()
