"""Where what is copied lies and where its copies go, as the portal's own environment says it.

    BACKUP_DIR               the folder of the copies; beside the private database otherwise
    BACKUP_PASSPHRASE_FILE   the passphrase that opens them; beside the private database otherwise
    MEDIA_ROOT               the files, as in ``config/settings.py``

Standard library only: it is called with any Python.
"""

import os
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bin.postgresql import Trouble
from config.cluster import state_directory
from config.copies import COPIES, STAMP, copies_folder

PASSPHRASE: Final = re.compile(r"\S{20,200}")


@dataclass(frozen=True)
class Place:
    """``repository`` has ``database/`` (pgBackRest), ``files/`` (restic) and what is noted."""

    repository: Path
    passphrase_file: Path
    media: Path

    @property
    def database(self) -> Path:
        return self.repository / "database"

    @property
    def files(self) -> Path:
        return self.repository / "files"

    @property
    def notes(self) -> Path:
        """What goes into each copy beside the files; nothing of it is secret."""
        return self.repository / "notes"

    @property
    def stamp(self) -> Path:
        """When a copy last ended well: for whoever watches."""
        return self.repository / STAMP

    @property
    def configuration(self) -> Path:
        """pgBackRest's, which the server reads for each piece of its log; it has the passphrase."""
        return self.passphrase_file.with_suffix(".conf")

    def passphrase(self) -> str:
        """Return what opens the copies. Trouble where it is not kept as it should be."""
        try:
            text = self.passphrase_file.read_text().strip()
            mode = self.passphrase_file.stat().st_mode
        except FileNotFoundError:
            raise Trouble(
                f"Falta la frase que abre las copias ({self.passphrase_file}): tráigala de donde "
                "la guardó. Sin ella no se abre ninguna; bin/backup prepare hace la primera."
            ) from None
        except PermissionError:
            raise Trouble(
                f"No puede leer {self.passphrase_file}: ejecute la orden como root."
            ) from None
        if mode & 0o077:
            raise Trouble(f"Otros pueden leer {self.passphrase_file}: chmod 600 lo remedia.")
        if not PASSPHRASE.fullmatch(text):
            raise Trouble(
                f"La frase de {self.passphrase_file} debe tener de 20 a 200 signos, sin espacios."
            )
        return text

    def make_passphrase(self) -> bool:
        """Make one where there is none; whether it did."""
        self.passphrase_file.parent.mkdir(parents=True, exist_ok=True)
        try:
            descriptor = os.open(self.passphrase_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return False
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(33) + "\n")
        return True

    def must_be_there(self) -> None:
        """Trouble where nothing was prepared: a disk that is not mounted is an empty folder."""
        if not (self.files / "config").exists() or not self.database.is_dir():
            raise Trouble(
                f"No hay copias en {self.repository}. ¿Está montado el disco? Si es la primera "
                "vez, prepárelo con  bin/backup prepare"
            )


def place() -> Place:
    """Read the environment."""
    state = state_directory()
    return Place(
        repository=copies_folder(),
        passphrase_file=_path("BACKUP_PASSPHRASE_FILE", state / f"{COPIES}.clave"),
        media=_path("MEDIA_ROOT", state / "archivos"),
    )


def _path(name: str, default: Path) -> Path:
    return Path(os.environ.get(name) or default).absolute()
