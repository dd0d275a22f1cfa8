"""Keep somebody at work behind the portal of one's own machine: who dies is started again.

A program of its own between the server and ``manage.py work``; it ends with the server, and the
worker with it. If this program is killed the worker goes on, and sees by itself that the server is
gone. Where the portal is real the machine's own service manager does this.
"""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from types import FrameType
from typing import Final

WORK: Final = (sys.executable, "manage.py", "work")
FIRST_PAUSE: Final = 1  # seconds before the next one; twice as long each time, if it dies at once
LONGEST_PAUSE: Final = 60
SETTLED: Final = 60  # seconds after which a worker did not die at once
LOOK: Final = 1  # seconds between two looks at whether the server is there
FAREWELL: Final = 1.2  # seconds for the worker to end what it is doing


class Keeper:
    """Whoever sees to it that COMMAND runs, until it is told to end or its parent is gone."""

    def __init__(self, command: Sequence[str]) -> None:
        self.command = command
        self.over = threading.Event()
        self.parent = os.getppid()

    def keep(self) -> None:
        pause = FIRST_PAUSE
        while self._is_wanted():
            began = time.monotonic()
            status = self._run()
            if not self._is_wanted():
                return
            if time.monotonic() - began > SETTLED:
                pause = FIRST_PAUSE
            print(
                f"El trabajo de fondo se cortó ({_reason(status)}): vuelve a empezar en {pause} s.",
                file=sys.stderr,
                flush=True,
            )
            self.over.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def end(self, number: int = 0, frame: FrameType | None = None) -> None:
        """A signal's handler, too."""
        self.over.set()

    def _is_wanted(self) -> bool:
        return not self.over.is_set() and os.getppid() == self.parent

    def _run(self) -> int:
        """Run the command until it ends, or nobody wants it any more; its exit status."""
        with subprocess.Popen(self.command, start_new_session=True) as process:
            while process.poll() is None and self._is_wanted():
                self.over.wait(LOOK)
            process.terminate()
            try:
                return process.wait(FAREWELL)
            except subprocess.TimeoutExpired:
                process.kill()
                return process.wait()


def _reason(status: int) -> str:
    return f"señal {-status}" if status < 0 else f"código {status}"


if __name__ == "__main__":
    keeper = Keeper((*WORK, "--while", str(os.getppid())))
    for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(each, keeper.end)
    keeper.keep()
