"""The portal over a made-up country, and whoever asks it; readers run on the same processors."""

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from django.db import connection

from benchmarks.country.database import address_of
from config.cluster import ROLES

PORT: Final = int(os.environ.get("PORT", "8000"))
PATIENCE: Final = 60
TICKS: Final = os.sysconf("SC_CLK_TCK")  # of processor time in a second
SETTINGS: Final = "benchmarks.load.settings"

Server = subprocess.Popen[bytes]


@contextmanager
def served(database: str, *, workers: int) -> Iterator[Server]:
    """The portal over DATABASE, at PORT; it is stopped in the end."""
    environment = os.environ | {
        "DATABASE_URL": address_of(database, ROLES["app"]),
        "DATABASE_ROLE": "app",
        "DJANGO_SETTINGS_MODULE": SETTINGS,
        "PORT": str(PORT),
    }
    collecting = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity", "0"]
    subprocess.run(collecting, env=environment, check=True)  # noqa: S603
    command = [sys.executable, "-m", "gunicorn", "--config", "python:config.server"]
    command += ["--workers", str(workers), "config.wsgi"]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _await(server)
        yield server
    finally:
        server.terminate()
        server.wait()


def workers_of(server: Server) -> list[int]:
    """Their process ids."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text()
    return [int(pid) for pid in children.split()]


def seconds_of(server: Server) -> float:
    """The seconds that its workers have had of the processors."""
    return sum(map(_processor_seconds, workers_of(server)))


def had_of(server: Server, database: str) -> dict[int, float]:
    """The seconds that its workers, and the database's processes that answer them, have had of the
    processors, by their ids."""
    asking = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND usename = %s"
    with connection.cursor() as cursor:
        cursor.execute(asking, [database, ROLES["app"]])
        answering = [pid for (pid,) in cursor.fetchall()]
    found = {}
    for pid in (*workers_of(server), *answering):
        with suppress(FileNotFoundError):  # its connection has ended
            found[pid] = _processor_seconds(pid)
    return found


def _processor_seconds(pid: int) -> float:
    """By the kernel's account."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    user, system = fields[11:13]
    return (int(user) + int(system)) / TICKS


def asked(address: str) -> int:
    """The status of ADDRESS, read to its end."""
    line = http.client.HTTPConnection("127.0.0.1", PORT, timeout=PATIENCE)
    try:
        line.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = line.getresponse()
        answer.read()
        return answer.status
    finally:
        line.close()


def _await(server: Server) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            if asked("/healthz") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError("the portal does not answer")
