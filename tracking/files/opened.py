"""Open a PDF in a process of its own, which may fail, and ask it one question."""

import subprocess
import sys
from pathlib import Path
from typing import IO

PROGRAM = Path(__file__).with_name("opening.py")


def asked(question: str, pdf: IO[bytes], *, patience: float) -> tuple[int, str]:
    """How `opening.py` ended with QUESTION and PDF, a file on the disk, and what it wrote.

    Raises subprocess.TimeoutExpired after PATIENCE, in seconds by the clock.
    """
    pdf.seek(0)
    child = subprocess.run(  # noqa: S603  # itself, and nothing of what was sent is an argument
        [sys.executable, "-I", str(PROGRAM), question],
        stdin=pdf,
        capture_output=True,
        timeout=patience,
        env={},
        check=False,
    )
    return child.returncode, child.stdout.decode()
