"""Who signed a PDF, as it is found in a process of its own."""

import json
from typing import IO, Any, Final

from django.conf import settings

from accounts.limited.process import Limited
from accounts.limited.program import DONE
from tracking.files.opened import LockedError
from tracking.files.opening import LOCKED

PATIENCE: Final = 30  # seconds by the clock, to wait for one's turn and again for the answer

READER: Final = Limited("tracking.files.signing", mebibytes=768, seconds=20)


class UnreadableError(Exception):
    """It is no PDF that can be read within the limits."""


def read_signatures(pdf: IO[bytes], edition_size: int) -> dict[str, Any]:
    """What `tracking.files.signing` tells of PDF, a file on the disk that begins with an edition.

    EDITION_SIZE is the size of that in bytes. Raises LockedError, UnreadableError and BusyError.
    """
    folder = str(settings.SIGNATURE_ROOTS or "")
    ended, written = READER.run(str(edition_size), folder, file=pdf, patience=PATIENCE)
    if ended == LOCKED:
        raise LockedError
    if ended != DONE:
        raise UnreadableError
    told: dict[str, Any] = json.loads(written)
    return told
