"""The PostgreSQL server that is copied: how it is reached and asked, as its superuser."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from bin.postgresql import Trouble, as_server, explain, program_path
from config.cluster import DATABASE, PORT, socket_directory

DEBIANS_SOCKET: Final = "/var/run/postgresql"
HERE: Final = {"", "localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class Server:
    """Reached by the socket in ``folder``; ``database`` is the portal's."""

    folder: str
    port: str
    database: str
    is_private: bool = False

    def ask(self, statements: str) -> str:
        """Return what psql prints of STATEMENTS: fields parted by "|", rows by line."""
        done = as_server(
            program_path("psql"),
            *("--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set=ON_ERROR_STOP=1"),
            *("--host", self.folder, "--port", self.port, "--username=postgres"),
            *("--dbname", self.database),
            given=statements,
            apart=True,
        )
        if done.returncode == 2:
            raise Trouble(
                f"La base de datos no responde en {self.folder}: enciéndala y repita la orden. "
                f"({done.stderr.strip().splitlines()[-1]})"
            )
        if done.returncode != 0:
            raise Trouble(explain(done.stderr))
        return done.stdout.strip()

    @property
    def data(self) -> Path:
        return Path(self.ask("SHOW data_directory;"))


def server() -> Server:
    """The server of the environment: of DATABASE_OWNER_URL or DATABASE_URL, else the private one.

    The owner's comes first: the other may lead to a pooler. Trouble where it is another machine's.
    """
    address = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if not address:
        return Server(str(socket_directory()), PORT, DATABASE, is_private=True)
    parts = urlsplit(address)
    folder, _, database = unquote(parts.path).removeprefix("/").rpartition("/")
    host = unquote(parts.hostname or "")
    if host.startswith("/") or "%2f" in parts.netloc.lower():
        folder = unquote(parts.netloc.rpartition("@")[2]).partition(":")[0]
    elif host not in HERE:
        raise Trouble(f"La base de datos está en {host}: ejecute la orden en esa máquina.")
    return Server(folder or DEBIANS_SOCKET, str(parts.port or PORT), database)
