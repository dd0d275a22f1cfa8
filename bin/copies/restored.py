"""What is being restored: a folder with a database server of its own, and nothing else."""

import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import quote

from bin.copies.copy import Copy
from bin.copies.place import Place
from bin.copies.server import Server, server
from bin.copies.tools import configure, pgbackrest
from bin.postgresql import Trouble, as_server, own, program_path
from config.cluster import PORT, PROJECT, socket_directory_of

NOT_OF_THE_COPY: Final = (
    *("restore_command", "recovery_target", "recovery_target_name", "recovery_target_time"),
    *("recovery_target_action", "recovery_target_timeline"),
)
LIMIT: Final = re.compile(r"^(max_\w+) setting: +(\d+)$", re.MULTILINE)
TOO_SHORT: Final = "recovery ended before configured recovery target was reached"
GO_BEYOND: Final = "UPDATE accounts_municipality SET revision = revision + 1000000;"
"""What was published after that moment is not there, and its revisions come again for something
else: a page that a store or a browser keeps under one of them must never match.
"""


@dataclass(frozen=True)
class Restored:
    folder: Path

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def files(self) -> Path:
        return self.folder / "archivos"

    @property
    def configuration(self) -> Path:
        return self.folder / "restore.conf"

    def make(self, place: Place) -> None:
        """Make the folder, with what pgBackRest has to know to fill it."""
        place.must_be_there()
        self.folder.mkdir(mode=0o755, parents=True)
        self.data.mkdir(mode=0o700)
        own(self.data)
        configure(place, self.configuration, {"pg1-path": str(self.data)})

    def fetch_database(self, copy: Copy) -> None:
        """Fetch the database. It copies no log of its own: the living one does that."""
        pgbackrest(
            self.configuration,
            *copy.target,
            *([] if "--type=default" in copy.target else ["--target-action=promote"]),
            "--archive-mode=off",
            "restore",
        )
        settings = self.data / "postgresql.conf"  # Debian keeps it elsewhere
        if not settings.exists():
            settings.write_text(self._limits())
            own(settings)

    def start(self) -> None:
        """Start it and wait until it has followed its log to the end."""
        try:
            self._db("start")
            while self.server.ask("SELECT pg_is_in_recovery();") == "t":
                time.sleep(0.2)
        except Trouble:
            log = self.data / "server.log"
            if log.exists() and TOO_SHORT in log.read_text(errors="replace"):
                raise Trouble(
                    "El registro copiado no llega a ese momento: si la base vive, espere unos "
                    "minutos a que lo copie; si no, diga un momento anterior."
                ) from None
            raise
        resets = "".join(f"ALTER SYSTEM RESET {name};\n" for name in NOT_OF_THE_COPY)
        self.server.ask(f"{resets}SELECT pg_reload_conf();")
        self.server.ask(GO_BEYOND)
        self.configuration.unlink()

    def stop(self) -> None:
        self._db("stop")

    def remove(self) -> None:
        """End its server and delete it: also what a killed restoration left."""
        if (self.data / "postmaster.pid").exists():
            self.stop()
        if self.folder.exists():
            shutil.rmtree(self.folder)

    @property
    def server(self) -> Server:
        return Server(self._socket, PORT, server().database)

    def environment(self) -> dict[str, str]:
        """In which the portal's commands read and write what was restored, and nothing else.

        Also where the living portal's files lie in a bucket: that may be what was lost.
        """
        here = {
            name: value
            for name, value in os.environ.items()
            if name != "FILES_URL" and not name.startswith("DATABASE_")
        }
        address = f"postgres://postgres@/{quote(self._socket)}/{quote(self.server.database)}"
        return here | {"DATABASE_URL": address, "MEDIA_ROOT": str(self.files)}

    @property
    def _socket(self) -> str:
        return str(socket_directory_of(self.folder))

    def _limits(self) -> str:
        """Without which its log could not be followed: what the copied server had."""
        done = as_server(program_path("pg_controldata"), self.data, apart=True)
        return limits_of(done.stdout)

    def _db(self, verb: str) -> None:
        done = subprocess.run(
            [PROJECT / "bin" / "db", verb],
            env={**os.environ, "VIGIA_CLUSTER_DIR": str(self.folder)},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise Trouble(done.stderr.strip())


def limits_of(control: str) -> str:
    """The lines of a configuration for what pg_controldata says; it shortens two of the names."""
    found = LIMIT.findall(control)
    return "".join(f"{name.replace('xact', 'transaction')} = {value}\n" for name, value in found)
