"""Restore copies elsewhere: ``bin/restore`` calls it with any Python.

What is restored is a folder as ``VIGIA_CLUSTER_DIR`` names one: its database (``data``), its files
(``archivos``) and what was withdrawn (``retiros.json``). Nothing that exists is ever written over.
"""

import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from itertools import chain
from pathlib import Path
from types import FrameType
from typing import Any, Final

from bin.copies import kept
from bin.copies.checks import all_checks, compare_keys
from bin.copies.copy import Copy, choose
from bin.copies.place import Place, place
from bin.copies.restored import Restored
from bin.copies.server import server
from bin.copies.tools import explained, restic
from bin.postgresql import Trouble, server_user
from config.cluster import state_directory

USAGE: Final = """\
bin/restore --to CARPETA               restaura lo último en CARPETA, que no existe todavía
bin/restore --to CARPETA --at MOMENTO  como estaba entonces: «2026-11-29 15:04» (hora de Lima)
bin/restore --drill [--to CARPETA]     ensayo: restaura la última copia, la revisa y la borra"""


def restore(place: Place, folder: Path, at: dt.datetime | None) -> bool:
    """Restore to FOLDER, whole or not at all; whether all that was checked is right."""
    if folder.exists():
        raise Trouble(
            f"{folder} ya existe: una restauración nunca escribe encima. Diga otra carpeta."
        )
    began = time.monotonic()
    draft = folder.with_name(f"{folder.name}.new")
    restored = Restored(draft)
    restored.remove()
    try:
        copy, faults = _restored(place, restored, at, is_drill=False)
        restored.stop()
        draft.rename(folder)
    finally:
        restored.remove()
    _say_time(began)
    if copy.withdrawn:
        print(f"Retiros anotados: {len(copy.withdrawn)}, en {folder / 'retiros.json'}.")
    print(
        f"Lo restaurado está en {folder}. Se enciende con  VIGIA_CLUSTER_DIR={folder} bin/db start"
    )
    return not faults


def drill(place: Place, folder: Path) -> bool:
    """Restore the newest copy to FOLDER, check it, and remove it; whether all is right."""
    began = time.monotonic()
    restored = Restored(folder)
    restored.remove()
    try:
        _copy, faults = _restored(place, restored, None, is_drill=True)
    finally:
        restored.remove()
    _say_time(began)
    if not faults:
        kept.stamp(place, drill_at=kept.now())
        print("El ensayo salió bien; lo restaurado se borró.")
    return not faults


def _restored(
    place: Place, restored: Restored, at: dt.datetime | None, *, is_drill: bool
) -> tuple[Copy, list[str]]:
    """Restore, start and check; what is found wrong is told and returned."""
    began = time.monotonic()
    restored.make(place)
    copy = choose(place, restored.configuration, at, is_drill=is_drill)
    _must_fit(place, restored.folder, copy)
    print(f"Restaurando la base de datos, {copy.base.label} …", flush=True)
    restored.fetch_database(copy)
    print("Restaurando los archivos …", flush=True)
    restored.files.mkdir(mode=0o700)
    for snapshot in copy.files:
        restic(place, "restore", snapshot, "--no-lock", "--target", restored.files)
    (restored.folder / "retiros.json").write_text(json.dumps(copy.withdrawn, ensure_ascii=False))
    print("Encendiéndola y aplicando su registro …", flush=True)
    restored.start()
    seconds = time.monotonic() - began
    print(f"Está restaurado, a los {seconds:.0f} segundos. Revisando …", flush=True)
    faults = []
    for check in chain(all_checks(restored, copy), compare_keys(copy)):
        print(check.sentence, file=sys.stdout if check.is_right else sys.stderr, flush=True)
        if not check.is_right:
            faults.append(check.sentence)
    return copy, faults


def _must_fit(place: Place, folder: Path, copy: Copy) -> None:
    sizes = [json.loads(restic(place, "stats", "--no-lock", "--json", each)) for each in copy.files]
    needed = copy.base.size + sum(each["total_size"] for each in sizes)
    free = shutil.disk_usage(folder).free
    if needed * 1.1 > free:
        raise Trouble(
            f"No hay espacio: lo restaurado ocupa {needed / 1e6:,.0f} MB y en {folder.parent} "
            f"quedan {free / 1e6:,.0f} MB."
        )


def _say_time(began: float) -> None:
    print(f"En todo tomó {time.monotonic() - began:.0f} segundos.")


def moment(text: str) -> dt.datetime:
    """Read a moment; without a zone it is Lima's. Trouble for what is none, or has not come yet."""
    try:
        read = dt.datetime.fromisoformat(text)
    except ValueError:
        raise Trouble(f"«{text}» no es un momento: escríbalo como 2026-11-29 15:04.") from None
    at = read if read.tzinfo else read.replace(tzinfo=kept.LIMA)
    if at > dt.datetime.now(dt.UTC):
        raise Trouble(f"Ese momento, {at:%Y-%m-%d %H:%M %z}, todavía no llega.")
    return at


def _rehearsing() -> Path:
    """Where a drill restores to: where the server's user keeps data, and nobody else looks."""
    own = state_directory() if server().is_private else Path(server_user().pw_dir)
    return own / "ensayo-vigia"


def _end(number: int, frame: FrameType | None) -> Any:
    raise KeyboardInterrupt


def main(arguments: list[str]) -> int:
    """Obey; return the exit status: 0 right, 1 not restored or wrong, 2 not understood."""
    os.umask(0o022)
    signal.signal(signal.SIGTERM, _end)
    here = place()
    is_drill = arguments[:1] == ["--drill"]
    match arguments[is_drill:]:
        case [] if is_drill:
            right = drill(here, _rehearsing())
        case ["--to", folder] if is_drill:
            if Path(folder).exists():
                raise Trouble(f"{folder} ya existe: diga una carpeta que no exista.")
            right = drill(here, Path(folder).absolute())
        case ["--to", folder]:
            right = restore(here, Path(folder).absolute(), None)
        case ["--to", folder, "--at", text]:
            right = restore(here, Path(folder).absolute(), moment(text))
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0 if right else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(explained("bin/restore", str(error)))
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido: nada quedó restaurado, y nada de lo que había cambió.")
