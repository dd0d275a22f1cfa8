"""Whether what was restored is what there was: its rows, its ledgers, its counts, its files."""

import hashlib
import json
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bin.copies import notes
from bin.copies.copy import Copy
from bin.copies.restored import Restored
from config.cluster import PROJECT
from config.release import release_of

DIGEST: Final = re.compile(r"[0-9a-f]{64}")
SMALL: Final = "vistas"
"""The folder of the small pictures (`Preview.storage_name`), each under the digest of its
photograph. What is lost of them is drawn again."""


@dataclass(frozen=True)
class Check:
    is_right: bool
    sentence: str


def all_checks(restored: Restored, copy: Copy) -> Iterator[Check]:
    """Whatever can be checked of what was RESTORED from COPY, one after the other."""
    yield check_rows(restored, copy)
    yield check_files(restored.files)
    yield from checks_by_portal(restored, copy)


def check_rows(restored: Restored, copy: Copy) -> Check:
    """Each table has as many rows as were counted where the log was followed to."""
    counts = notes.counted(restored.server.ask(notes.COUNTS))
    counted = f"{len(counts)} tablas y {sum(counts.values()):,} filas"
    if copy.counts is None:
        return Check(True, f"Hay {counted}; de ese momento no se anotó cuántas había.")
    names = sorted(counts.keys() | copy.counts.keys())
    wrong = [name for name in names if counts.get(name) != copy.counts.get(name)]
    if not wrong:
        return Check(True, f"Están las {counted} que se anotaron al copiar.")
    told = "; ".join(
        f"{name}: {counts.get(name, 'ninguna')}, eran {copy.counts.get(name, 'ninguna')}"
        for name in wrong
    )
    return Check(False, f"No hay las filas que se anotaron al copiar: {told}.")


def check_files(folder: Path) -> Check:
    """Each file that lies under its own digest has it."""
    files = [each for each in folder.rglob("*") if each.is_file()]
    kept = [each for each in files if each.relative_to(folder).parts[0] != SMALL]
    named = [each for each in kept if DIGEST.fullmatch(each.name)]
    wrong = [each.name for each in named if _digest(each) != each.name]
    if wrong:
        return Check(False, f"Archivos que no son los que se guardaron: {', '.join(wrong)}.")
    return Check(True, f"Están {len(kept):,} archivos; cada uno es el que se guardó.")


def checks_by_portal(restored: Restored, copy: Copy) -> Iterator[Check]:
    """Whether the portal's own commands find it right."""
    done = subprocess.run(
        [PROJECT / ".venv" / "bin" / "python", "-m", "bin.copies.by_portal", *copy.heads],
        cwd=PROJECT,
        env=restored.environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        last = done.stderr.strip().splitlines() or ["(sin mensaje)"]
        yield Check(False, f"El portal no pudo revisarla: {last[-1]}")
        return
    other = release_of(PROJECT) != copy.about["release"]
    why = f" La copia es de otra versión del código, {copy.about['release']}." if other else ""
    for command, is_right, said in json.loads(done.stdout.splitlines()[-1]):
        yield Check(is_right, f"{command}: {said}{'' if is_right else why}")


def compare_keys(copy: Copy) -> Iterator[Check]:
    """Whether the keys of this environment are those that were in force."""
    then = copy.about["keys"]
    if then and then[0] not in notes.fingerprints():
        yield Check(
            False,
            f"La SECRET_KEY que regía (huella {then[0]}) no es de este entorno: con otra, nadie "
            "que tenga segundo factor puede entrar. Tráigala de donde la guardó.",
        )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
