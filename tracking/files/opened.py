"""Open a PDF in a process of its own, which may fail, and ask it one question."""

from typing import Final

from accounts.limited.process import Limited

PATIENCE: Final = 15  # seconds by the clock, to wait for one's turn and again for the answer

# Python and qpdf take 40 MiB before they begin.
OPENER: Final = Limited("tracking.files.opening", mebibytes=256, seconds=5)


class LockedError(Exception):
    """The PDF does not open without a password."""
