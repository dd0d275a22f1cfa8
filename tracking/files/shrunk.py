"""The small picture of a photograph, made in a process that may fail."""

import io
from typing import IO, Any, Final, NamedTuple

from PIL import Image

from accounts.limited.process import Limited, file_of
from accounts.limited.program import DONE

# A PNG of 120 million points takes 360 MiB, and a copy none.
SHRINKER: Final = Limited("tracking.files.shrinking", mebibytes=640, seconds=20)
PATIENCE: Final = 60  # seconds by the clock


class Small(NamedTuple):
    """A JPEG without notes, and its size in points."""

    content: bytes
    width: int
    height: int


def shrunk(photograph: IO[bytes] | Any) -> Small | None:
    """The small picture of PHOTOGRAPH, read from its start; None where that fails."""
    with file_of(photograph.read()) as file:
        ended, written = SHRINKER.run(file=file, patience=PATIENCE)
    if ended != DONE or not written:
        return None
    with Image.open(io.BytesIO(written), formats=("JPEG",)) as made:
        return Small(written, *made.size)
