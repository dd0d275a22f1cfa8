"""Where the private PostgreSQL cluster is that the portal uses when no DATABASE_URL is given.

It lies outside the clone, one for each, and is reached by a Unix socket only; ``bin/cluster.py``
makes and runs it. Nothing here starts or writes anything; standard library only.
"""

import hashlib
import os
from pathlib import Path
from typing import Literal

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = "vigia"
ROLES = {"owner": "vigia", "app": "vigia_app"}
PORT = "5432"  # names the socket's file; nothing listens on the network
LONGEST_SOCKET_PATH = 107


def state_directory(project: Path = PROJECT) -> Path:
    """Return the directory of this clone's state: short, outside the clone, one for each clone."""
    if chosen := os.environ.get("VIGIA_CLUSTER_DIR"):
        return Path(chosen).absolute()
    if os.geteuid() == 0:
        base = Path("/var/lib")
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local/state")
    return base / "vigia" / _digest(project)


def socket_directory(project: Path = PROJECT) -> Path:
    """Return the directory of the socket; a short one where the state directory's is too long."""
    return socket_directory_of(state_directory(project))


def socket_directory_of(state: Path) -> Path:
    """The same of any state directory, such as one that was restored."""
    directory = state / "run"
    if len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return directory
    return Path("/tmp") / f"vigia-{os.geteuid()}-{_digest(state)}"


def connection(role: Literal["owner", "app"]) -> dict[str, str]:
    """Return Django's connection settings for a role. Starts nothing and writes nothing."""
    return {"NAME": DATABASE, "USER": ROLES[role], "HOST": str(socket_directory()), "PORT": PORT}


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def data_directory() -> Path:
    return state_directory() / "data"
