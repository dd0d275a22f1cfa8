"""Start a program that may fail, hand it a file, and learn how it ended."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import IO, Final

from accounts.limited.program import MEBIBYTE, TOO_MUCH

PROGRAM: Final = Path(__file__).with_name("program.py")
MOST_WRITTEN: Final = 32 * MEBIBYTE


class BusyError(Exception):
    """Other files are being read, and it takes long."""


@dataclass(frozen=True)
class Limited:
    """A module that `program.py` runs: what it may take of memory, and of CPU in seconds."""

    module: str
    mebibytes: int
    seconds: int
    turn: Lock = field(default_factory=Lock, compare=False)
    """What is read whole is read one at a time by each process that serves: memory adds up."""

    @contextmanager
    def running(
        self, *arguments: str, file: IO[bytes], patience: float
    ) -> "Iterator[subprocess.Popen[bytes]]":
        """The process that reads FILE, which is on the disk, from its start.

        It is ended after PATIENCE, in seconds by the clock, and when it is left. ARGUMENTS are
        ours: nothing that was sent is among them.
        """
        file.seek(0)
        limits = (str(self.mebibytes), str(self.seconds))
        child = subprocess.Popen(  # noqa: S603  # itself
            [sys.executable, "-I", str(PROGRAM), self.module, *limits, *arguments],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
        )
        clock = Timer(patience, child.kill)
        clock.start()
        try:
            yield child
        finally:
            clock.cancel()
            child.kill()
            child.communicate()

    def run(
        self, *arguments: str, file: IO[bytes], patience: float, wait: float | None = None
    ) -> tuple[int, bytes]:
        """How it ended, as `ended` says it, and what it wrote.

        Raises BusyError where others take longer than WAIT, in seconds; if None, than PATIENCE.
        """
        if not self.turn.acquire(timeout=patience if wait is None else wait):
            raise BusyError
        try:
            with self.running(*arguments, file=file, patience=patience) as child:
                written = child.stdout.read(MOST_WRITTEN + 1) if child.stdout else b""
                if len(written) > MOST_WRITTEN:
                    return TOO_MUCH, b""
                return ended(child), written
        finally:
            self.turn.release()


def ended(child: "subprocess.Popen[bytes]") -> int:
    """What its module gave; TOO_MUCH where it was ended for its memory or its time."""
    code = child.wait()
    return TOO_MUCH if code < 0 else code


def file_of(content: bytes) -> IO[bytes]:
    """CONTENT on the disk, for a process to read. Whoever asks closes it."""
    file = tempfile.TemporaryFile()  # noqa: SIM115
    file.write(content)
    return file
