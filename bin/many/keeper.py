"""Start programs, start again whoever dies, and end them all: what a service manager does.

Each has a process group of its own, so that it can be killed as a machine dies: with all it began.
"""

import os
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bin.postgresql import Trouble, server_user
from config.cluster import PROJECT

PATIENCE: Final = 90  # seconds until a part must be there
FAREWELL: Final = 30  # seconds to end by itself
LOOK: Final = 0.1


@dataclass(frozen=True)
class Part:
    """A program: what it is CALLED, what starts it, and the PORT on which it is there."""

    called: str
    command: Sequence[object]
    port: int = 0
    environment: Mapping[str, str] = field(default_factory=dict)
    is_postgresql: bool = False
    ends_by: signal.Signals = signal.SIGTERM


class Keeper:
    """Keeps PARTS running, in their order; who dies is started again after PAUSE seconds."""

    def __init__(self, parts: Sequence[Part], folder: Path, *, pause: float = 1) -> None:
        self.parts = {each.called: each for each in parts}
        self.folder, self.pause = folder, pause
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self._over = threading.Event()
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self, called: str) -> None:
        """Start one part and wait until it is there."""
        part = self.parts[called]
        self._begin(part)
        until = time.monotonic() + PATIENCE
        while part.port and not listens(part.port):
            if self.running[called].poll() is not None or time.monotonic() > until:
                log = self._log(part).read_text(errors="replace").strip().splitlines()
                raise Trouble(f"«{called}» no arranca: {log[-1] if log else 'sin mensaje'}")
            time.sleep(LOOK)

    def watch(self) -> None:
        """From now on, start again whoever dies."""
        self._watch.start()

    def kill(self, called: str) -> None:
        """End a part and all that it began with -9."""
        os.killpg(self.running[called].pid, signal.SIGKILL)

    def stop(self) -> None:
        """End all, the last one first."""
        self._over.set()
        if self._watch.is_alive():
            self._watch.join()
        for called in reversed(list(self.running)):
            process = self.running.pop(called)
            end(process.pid, self.parts[called].ends_by, process)
            (self.folder / "pid" / called).unlink(missing_ok=True)

    def _begin(self, part: Part) -> None:
        server = server_user() if part.is_postgresql and os.geteuid() == 0 else None
        with self._log(part).open("ab") as log:
            process = subprocess.Popen(
                [str(each) for each in part.command],
                env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **part.environment},
                cwd="/" if part.is_postgresql else PROJECT,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                user=server.pw_uid if server else None,
                group=server.pw_gid if server else None,
                extra_groups=[] if server else None,
            )
        self.running[part.called] = process
        (self.folder / "pid" / part.called).write_text(str(process.pid))

    def _keep(self) -> None:
        died: dict[str, float] = {}
        while not self._over.wait(LOOK):
            now = time.monotonic()
            for called, process in self.running.items():
                if process.poll() is None:
                    died.pop(called, None)
                elif now - died.setdefault(called, now) >= self.pause:
                    self._begin(self.parts[called])
                    del died[called]

    def _log(self, part: Part) -> Path:
        return self.folder / "log" / f"{part.called}.log"


def listens(port: int) -> bool:
    """Whether somebody takes connections at PORT of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def end(pid: int, number: int, process: "subprocess.Popen[bytes] | None" = None) -> None:
    """Ask the group that PID leads to end; kill what is left of it after a while."""
    try:
        os.kill(pid, number)
        until = time.monotonic() + FAREWELL
        while time.monotonic() < until and (process.poll() is None if process else runs(pid)):
            time.sleep(LOOK)
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    if process:
        process.wait()


def runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
