"""The small picture of a photograph, made in a process that may fail."""

import io
import subprocess
import sys
from pathlib import Path
from typing import IO, Any, Final, NamedTuple

from PIL import Image

from tracking.files.shrinking import MADE

PROGRAM: Final = Path(__file__).with_name("shrinking.py")
PATIENCE: Final = 60  # seconds by the clock


class Small(NamedTuple):
    """A JPEG without notes, and its size in points."""

    content: bytes
    width: int
    height: int


def shrunk(photograph: IO[bytes] | Any) -> Small | None:
    """The small picture of PHOTOGRAPH, read from its start; None where that fails."""
    try:
        child = subprocess.run(  # noqa: S603  # itself, and nothing of what was sent is an argument
            [sys.executable, "-I", str(PROGRAM)],
            input=photograph.read(),
            capture_output=True,
            timeout=PATIENCE,
            env={},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    if child.returncode != MADE or not child.stdout:
        return None
    with Image.open(io.BytesIO(child.stdout), formats=("JPEG",)) as made:
        return Small(child.stdout, *made.size)
