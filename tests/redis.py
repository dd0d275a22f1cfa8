"""A Redis of its own for the tests of a file, on a socket that nobody else finds."""

import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PATIENCE = 60  # seconds, after which what does not start is given up: no machine is as slow
PROGRAM = shutil.which("redis-server")


@contextmanager
def redis_server() -> Iterator[Path]:
    """The socket of a Redis that keeps nothing on the disk."""
    assert PROGRAM
    with tempfile.TemporaryDirectory(prefix="vigia-") as folder:
        address = Path(folder) / "redis"
        command = [
            PROGRAM,
            "--port",
            "0",
            "--unixsocket",
            str(address),
            "--save",
            "",
            "--dir",
            folder,
        ]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
            try:
                _wait_for(address)
                yield address
            finally:
                server.kill()


def _wait_for(address: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket(socket.AF_UNIX) as probe:
            if probe.connect_ex(str(address)) == 0:
                return
        time.sleep(0.01)
    raise AssertionError("Redis does not start")
