"""The portal as people meet it: gunicorn, connected as the application's own role."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

from django.conf import settings
from django.db import connection

from config import cluster
from tests.meanwhile import PATIENCE


class Server:
    """A portal on the tests' database, its files in FOLDER. ``address`` is where it answers."""

    def __init__(self, folder: Path) -> None:
        database = str(connection.settings_dict["NAME"])
        assert database.startswith("test_")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        role, directory = cluster.ROLES["app"], cluster.socket_directory()
        self.address = f"http://localhost:{port}"
        self.environment = {
            **os.environ,
            "DATABASE_URL": f"postgres://{role}@/{directory}/{database}",
            "DATABASE_ROLE": "app",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "MEDIA_ROOT": str(folder / "archivos"),
            "PORT": str(port),
            "SITE_URL": self.address,
            "STATIC_ROOT": str(folder / "static"),
        }

    def collect_static(self) -> None:
        """What a page with its styles needs; a server of answers alone goes without."""
        subprocess.run(
            [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            check=True,
        )

    def start(self) -> None:
        """Run it, in a process group of its own, until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--config", "python:config.server", "config.wsgi"],
            cwd=settings.BASE_DIR,
            env=self.environment,
            start_new_session=True,
        )
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{self.address}/healthz", timeout=PATIENCE):
                    return
            except OSError:
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End it and its workers with -9, in the middle of whatever they do."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)
