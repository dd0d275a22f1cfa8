"""pgBackRest and restic: how they are called, and what their complaints mean."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Final

from bin.copies.place import Place
from bin.postgresql import Trouble, as_server, own

STANZA: Final = "vigia"
DAYS: Final = 35  # that a copy is kept
WAITING_LOG: Final = "4GiB"
"""Of log that could not be copied, before it is given up: a full disk of copies stops no portal."""


def configure(place: Place, target: Path, lines: dict[str, str]) -> None:
    """Write pgBackRest's configuration to TARGET, for the server's user; LINES are its own."""
    settings = {
        "repo1-path": place.database,
        "repo1-cipher-type": "aes-256-cbc",
        "repo1-cipher-pass": place.passphrase(),
        "repo1-retention-full-type": "time",
        "repo1-retention-full": DAYS,
        "repo1-bundle": "y",
        "compress-type": "zst",
        "start-fast": "y",
        "process-max": 2,
        "archive-push-queue-max": WAITING_LOG,
        "lock-path": place.database / "locks",
        "log-level-file": "off",
    }
    text = "".join(f"{name}={value}\n" for name, value in settings.items())
    text += f"\n[{STANZA}]\n" + "".join(f"{name}={value}\n" for name, value in lines.items())
    draft = target.with_suffix(".new")
    draft.unlink(missing_ok=True)
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write("[global]\n" + text)
    own(draft)
    draft.replace(target)


def pgbackrest(configuration: Path, *arguments: str) -> str:
    """Call pgBackRest as the server's user. Trouble says in a sentence why it could not."""
    done = as_server(
        _program("pgbackrest"),
        f"--config={configuration}",
        f"--stanza={STANZA}",
        *arguments,
        apart=True,
    )
    if done.returncode != 0:
        raise Trouble(_ended("pgBackRest", done))
    return done.stdout


def restic(
    place: Place, *arguments: str | Path, given: str | None = None, within: Path | None = None
) -> str:
    """Call restic on the copy of the files, from the folder WITHIN."""
    place.passphrase()
    done = subprocess.run(
        [
            _program("restic"),
            *("--repo", place.files, "--password-file", place.passphrase_file),
            *("--no-cache", "--quiet"),
            *arguments,
        ],
        capture_output=True,
        text=True,
        input=given,
        cwd=within,
        check=False,
    )
    if done.returncode == 3:
        raise Trouble(f"Hubo archivos que no se pudieron leer: {_last(done.stderr)}")
    if done.returncode != 0:
        raise Trouble(_ended("restic", done))
    return done.stdout


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise Trouble(f"Falta {name}: apt-get install {name} lo instala.")
    return found


REASONS: Final = (
    (
        r"No space left|no space left|\[28\]",
        "No queda espacio en disco: libérelo y repita la orden.",
    ),
    (
        r"wrong password|cipher header invalid|CryptoError|unable to decrypt|decrypt",
        "La frase no abre estas copias: se hicieron con otra. Nada cambió.",
    ),
    (r"already locked|unable to acquire lock|lock (?:was )?created", "Otra copia está en marcha."),
    (r"Read-only file system", "El disco de las copias no admite escritura: móntelo de nuevo."),
    (
        r"Permission denied|permission denied",
        "Falta permiso sobre las copias o los datos: ejecute la orden como root.",
    ),
    (r"[Ii]nput/output error", "El disco falla (error de lectura o escritura): use otro."),
    (
        r"no prior backup exists|no backup set found|NoBackup|BackupSetInvalid",
        "No hay todavía ninguna copia completa de esa fecha.",
    ),
    (
        r"backup.info.*missing|archive.info.*missing|FileMissingError",
        "A la copia le faltan piezas.",
    ),
    (
        r"archive_mode must be enabled|archive_command .*must contain",
        "La base de datos no copia su registro: ejecute bin/backup prepare y reiníciela.",
    ),
    (
        r"WAL segment .* was not archived",
        "El registro de la base no llega a la copia: revise su espacio y sus permisos.",
    ),
)


def _ended(program: str, done: "subprocess.CompletedProcess[str]") -> str:
    if done.returncode < 0:
        return f"{program} se cortó (señal {-done.returncode}): repita la orden."
    return explained(program, done.stdout + done.stderr)


def explained(program: str, output: str) -> str:
    """One sentence for what PROGRAM said, with its own words where they may help."""
    for pattern, sentence in REASONS:
        if re.search(pattern, output):
            return f"{sentence} ({program}: {_last(output)})"
    return f"{program} no pudo seguir: {_last(output)}"


def _last(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["(sin mensaje)"]
    loud = [line for line in lines if re.search(r"ERROR|Fatal|error:", line)]
    return (loud or lines)[-1][:300]
