"""Take copies: ``bin/backup`` calls it with any Python. Standard library, pgBackRest and restic."""

import datetime as dt
import fcntl
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from bin import cluster
from bin.copies import kept, notes
from bin.copies.mirror import mirror
from bin.copies.place import Place, place
from bin.copies.server import Server, server
from bin.copies.tools import DAYS, STANZA, configure, explained, pgbackrest, restic
from bin.postgresql import Trouble, own

SECONDS_OF_LOG: Final = 120
"""At most so much is written before it leaves for the copy, however little was written."""
DAYS_OF_A_FULL: Final = 7

USAGE: Final = """\
bin/backup prepare         prepara la carpeta de las copias y hace que la base copie su registro
bin/backup [--full]        copia la base (con --full, entera de nuevo) y los archivos: cada noche
bin/backup files           copia solo los archivos nuevos y los retiros: cada cinco minutos
bin/backup status          dice qué copias hay"""


def prepare(place: Place, server: Server) -> None:
    """Make the repository where there is none, and let the server copy its log to it."""
    data = server.data
    _make_repository(place)
    _configure(place, server, data)
    pgbackrest(place.configuration, "stanza-create")
    if not _copies_its_log(place, server):
        print(
            "Falta un paso: reinicie PostgreSQL (systemctl restart postgresql) y repita "
            "bin/backup prepare, que lo comprueba."
        )
        return
    pgbackrest(place.configuration, "check")
    print(f"Todo está listo en {place.repository}: el registro de la base ya se copia.")
    if place.repository.stat().st_dev == data.stat().st_dev:
        print(
            "Atención: las copias están en el mismo disco que la base; si falla, se pierden ambas."
        )


def _make_repository(place: Place) -> None:
    if place.make_passphrase():
        print(
            f"Se hizo la frase que abre las copias, en {place.passphrase_file}.\n"
            "Guárdela también fuera de esta máquina: sin ella no se abre ninguna copia."
        )
    place.passphrase()
    place.repository.mkdir(mode=0o755, parents=True, exist_ok=True)
    place.files.mkdir(mode=0o700, exist_ok=True)
    for folder in (place.database, place.database / "locks"):
        folder.mkdir(mode=0o700, exist_ok=True)
        own(folder)
    if not (place.files / "config").exists():
        restic(place, "init")


def _copies_its_log(place: Place, server: Server) -> bool:
    """Have the server copy its log; False where somebody else has to start it again first."""
    configuration = shlex.quote(str(place.configuration))
    command = f"pgbackrest --config={configuration} --stanza={STANZA} archive-push %p"
    literal = command.replace("'", "''")
    server.ask(
        "ALTER SYSTEM SET archive_mode = on;\n"
        f"ALTER SYSTEM SET archive_command = '{literal}';\n"
        f"ALTER SYSTEM SET archive_timeout = {SECONDS_OF_LOG};\n"
        "SELECT pg_reload_conf();"
    )
    if server.ask("SHOW archive_mode;") == "on":
        return True
    if server.is_private:
        cluster.stop()
        cluster.start()
    return server.is_private


def whole(place: Place, server: Server, *, full: bool) -> None:
    """Copy the database, mark where in its log it was counted, and copy the files after it."""
    _must_open(place)
    _configure(place, server, server.data)
    known = [each.ended for each in kept.bases(place.configuration) if each.kind == "full"]
    week = dt.timedelta(days=DAYS_OF_A_FULL, hours=-1)
    full = full or not known or dt.datetime.now(dt.UTC) - known[-1] > week
    print(
        "Copiando la base de datos, entera …" if full else "Copiando lo que cambió en la base …",
        flush=True,
    )
    pgbackrest(place.configuration, f"--type={'full' if full else 'diff'}", "backup")
    label = kept.bases(place.configuration)[-1].label
    name = f"vigia-{label}"
    marked = notes.mark(server, name)
    counts = marked["counts"]
    if counts is None:
        print("Siempre había quien escribía: no se anotó cuántas filas hay.")
    pgbackrest(place.configuration, "check")  # the log with the mark has reached the copy
    database_at = kept.now()
    _copy_files(place, server, {"label": label, "mark": name, **marked})
    print(f"Quitando las copias de hace más de {DAYS} días …", flush=True)
    _forget(place)
    kept.stamp(
        place, database_at=database_at, label=label, release=notes.about_the_portal()["release"]
    )
    rows = sum((counts or {}).values())
    print(f"La copia {label} está completa: {len(counts or {})} tablas, {rows:,} filas.")


def only_files(place: Place, server: Server) -> None:
    """Copy the files that are new; what is known of the last copy of the database stays."""
    place.must_be_there()
    _copy_files(place, server, {})


def status(place: Place) -> None:
    """Tell which copies there are, also on a machine that takes none."""
    _must_open(place)
    if not place.configuration.exists():
        configure(place, place.configuration, {"pg1-path": "/nonexistent"})
    told = kept.stamped(place)
    print("Los momentos son horas de Lima, como las que toma bin/restore --at.")
    for base in kept.bases(place.configuration):
        print(f"{_in_lima(base.ended)}  {base.label}  {base.size / 1e6:,.1f} MB")
    names = {
        "database_at": "Base de datos",
        "files_at": "Archivos",
        "drill_at": "Último ensayo de restauración",
    }
    for key, name in names.items():
        ended = _in_lima(dt.datetime.fromisoformat(told[key])) if key in told else "nunca"
        print(f"{name}: {ended}")


def _in_lima(at: dt.datetime) -> str:
    return f"{at.astimezone(kept.LIMA):%Y-%m-%d %H:%M}"


def _must_open(place: Place) -> None:
    """Trouble unless the copies are there and the passphrase opens them: else nothing starts."""
    place.must_be_there()
    restic(place, "cat", "config", "--no-lock")


def _copy_files(place: Place, server: Server, about: dict[str, object]) -> None:
    """Copy all files and, after them, what is noted: notes without their files are never there."""
    missing = mirror(place.media) if os.environ.get("FILES_URL") else ""
    print("Copiando los archivos …", flush=True)
    restic(place, "unlock")  # of whoever was killed; who is at work keeps its lock
    snapshot = None
    if _has_files(place, server, missing):
        told = restic(
            place,
            *("backup", ".", "--json", "--host", kept.HOST, "--tag", kept.FILES),
            within=place.media,
        )
        snapshot = json.loads(told.splitlines()[-1])["snapshot_id"]
    text = json.dumps(
        {
            **about,
            **notes.about_the_portal(),
            "files": snapshot,
            "withdrawn": notes.withdrawn(server),
            "newest_head": notes.newest_head(server),
        }
    )
    tags = [kept.NOTES, *([kept.COUNTED] if about else [])]
    restic(
        place,
        *("backup", "--stdin", "--stdin-filename", kept.NOTES_NAME, "--host", kept.HOST),
        *("--tag", ",".join(tags)),
        given=text,
    )
    if missing:
        raise Trouble(f"Se copió lo que se pudo traer del depósito de archivos. {missing}")
    kept.stamp(place, files_at=kept.now())


def _has_files(place: Place, server: Server, missing: str) -> bool:
    """Whether there are files to copy. Trouble where there should be and nobody said why not."""
    if place.media.is_dir() and any(place.media.iterdir()):
        return True
    if (
        not missing
        and server.ask("SELECT EXISTS (SELECT FROM tracking_support WHERE file_name <> '');") == "t"
    ):
        raise Trouble(f"No están los archivos en {place.media}: ¿está montada esa carpeta?")
    return False


def _forget(place: Place) -> None:
    keeping = ("--keep-within", "2d", "--keep-daily", str(DAYS))
    for tag in (kept.FILES, kept.NOTES):
        restic(place, "forget", *keeping, "--group-by", "host", "--tag", tag)
    restic(place, "prune")


def _configure(place: Place, server: Server, data: Path) -> None:
    lines = {"pg1-path": str(data), "pg1-port": server.port, "pg1-socket-path": server.folder}
    configure(
        place, place.configuration, {**lines, "pg1-user": "postgres", "pg1-database": "postgres"}
    )


@contextmanager
def _alone(place: Place, *, patient: bool) -> Iterator[None]:
    """Let one at a time copy. The lock goes with the process, however it ends."""
    place.must_be_there()
    with (place.repository / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if patient else fcntl.LOCK_NB))
        except BlockingIOError:
            raise Trouble("Otra copia está en marcha: espere a que termine.") from None
        yield


def main(arguments: list[str]) -> int:
    """Obey one verb; return the exit status."""
    os.umask(0o022)
    here = place()
    match arguments:
        case ["prepare"]:
            prepare(here, server())
        case [] | ["--full"]:
            with _alone(here, patient=True):
                whole(here, server(), full=bool(arguments))
        case ["files"]:
            with _alone(here, patient=False):
                only_files(here, server())
        case ["status"]:
            status(here)
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except (OSError, subprocess.SubprocessError) as error:
        sys.exit(explained("bin/backup", str(error)))
    except KeyboardInterrupt:
        sys.exit("\nInterrumpido: la copia que estaba en marcha no vale; las anteriores siguen.")
