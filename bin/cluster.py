"""The private PostgreSQL cluster: made, started and stopped. ``bin/db`` calls it with any Python.

It lies outside the clone, listens on a Unix socket only, and lets in nobody but the person who
installed it (``peer``: the kernel says who calls). As root the server itself runs as ``postgres``.
Standard library only.
"""

import fcntl
import os
import pwd
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

from bin.postgresql import REMAINS, Trouble, explain, own, program_path, run, server_user
from config.cluster import (
    PORT,
    ROLES,
    connection,
    data_directory,
    socket_directory,
    state_directory,
)

START_PATIENCE = 30  # seconds; a killed server leaves processes that take a while to go
RECOVERY_PATIENCE = 600  # seconds; after a kill the server first replays its log

# In single-user mode each statement is a line. Durability stays as PostgreSQL ships it: no row
# that was committed is lost when the server is killed.
FIRST_STATEMENTS = """\
CREATE ROLE vigia LOGIN CREATEDB
CREATE ROLE vigia_app LOGIN
GRANT vigia_app TO vigia
CREATE DATABASE vigia OWNER vigia
REVOKE ALL ON DATABASE vigia FROM PUBLIC
GRANT CONNECT ON DATABASE vigia TO vigia_app
"""

USAGE = """\
bin/db start            enciende la base de datos (la crea la primera vez)
bin/db stop             la apaga
bin/db status           dice si está encendida (código 0) o apagada (código 3)
bin/db psql [--owner]   abre psql como la aplicación, o como la dueña; pasa lo demás a psql
bin/db reset [--yes]    borra todos los datos y empieza de nuevo"""


# The verbs.


def start() -> None:
    """Start the server, making the cluster first if there is none. Does nothing if it runs."""
    with _only_one():
        _start()


def stop() -> None:
    """Stop the server and wait for its end; sessions that are open are ended."""
    with _only_one():
        _stop()


def reset() -> None:
    """Delete every row and start anew with an empty database."""
    with _only_one():
        _stop()
        if data_directory().exists():
            shutil.rmtree(data_directory())
        _start()


def is_running() -> bool:
    """Whether the server accepts connections."""
    if not data_directory().exists():
        return False
    answer = subprocess.run(
        [program_path("pg_isready"), "--quiet", "--timeout=5"],
        env=_client_environment("app"),
        cwd="/",
        check=False,
    )
    return answer.returncode == 0


def psql(role: Literal["owner", "app"], arguments: list[str]) -> None:
    """Become psql, as one of the two roles."""
    if not is_running():
        raise Trouble("La base de datos está apagada: ejecute bin/db start.")
    program = program_path("psql")
    os.execve(program, [program, *arguments], _client_environment(role))


# How the server is made and started.


def _start() -> None:
    if is_running():
        return
    _make_private(socket_directory())
    if not data_directory().exists():
        _create()
    _start_server()


def _stop() -> None:
    if (data_directory() / "postmaster.pid").exists():
        try:
            run("pg_ctl", "stop", "-w", "-m", "fast", "-D", data_directory())
        except Trouble:
            if is_running():
                raise  # otherwise it had been killed, and the file is all that was left


def _create() -> None:
    """Make the cluster with its roles and its database: whole, or not at all."""
    draft = state_directory() / "data.new"
    if draft.exists():
        shutil.rmtree(draft)
    _make_private(draft)
    run(
        "initdb",
        *("--pgdata", draft, "--username", "postgres", "--auth", "peer", "--no-instructions"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums"),
    )
    run(
        "postgres",
        *("--single", "-D", draft, "-c", "exit_on_error=on", "postgres"),
        given=FIRST_STATEMENTS,
    )
    draft.rename(data_directory())


def _let_in() -> None:
    """Say who may connect: who installed it, as anybody; the server's user, to copy it."""
    person = pwd.getpwuid(os.geteuid()).pw_name
    allowed = {(person, role) for role in ("postgres", *ROLES.values())}
    allowed.add((server_user().pw_name, "postgres"))
    lines = [f'vigia "{who}" {role}\n' for who, role in sorted(allowed)]
    (data_directory() / "pg_hba.conf").write_text("local all all peer map=vigia\n")
    (data_directory() / "pg_ident.conf").write_text("".join(lines))


def _start_server() -> None:
    """Start the server, again and again while a killed one's processes are still going away."""
    _let_in()
    log = data_directory() / "server.log"
    if log.exists():
        log.replace(log.with_suffix(".log.1"))
    settings = {
        "listen_addresses": "",
        "port": PORT,
        "unix_socket_directories": f'"{socket_directory()}"',
        "unix_socket_permissions": "0700",
        "jit": "off",  # the portal's queries are short: compiling them costs more than it saves
    }
    options = shlex.join(f"--{name}={value}" for name, value in settings.items())
    patience = time.monotonic() + START_PATIENCE
    while not is_running():
        try:
            run(
                "pg_ctl",
                *(
                    "start",
                    "-w",
                    "-t",
                    RECOVERY_PATIENCE,
                    "-D",
                    data_directory(),
                    "-l",
                    log,
                    "-o",
                    options,
                ),
            )
        except Trouble as trouble:
            output = log.read_text(errors="replace") if log.exists() else ""
            if not REMAINS.search(output) or time.monotonic() > patience:
                raise Trouble(explain(output) if output else str(trouble)) from None
            time.sleep(0.5)


@contextmanager
def _only_one() -> Iterator[None]:
    """Let one process at a time make, start or stop the cluster."""
    state_directory().mkdir(parents=True, exist_ok=True)
    with (state_directory() / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make_private(directory: Path) -> None:
    """Make a directory that is the server's own; refuse one that somebody else made before."""
    directory.mkdir(mode=0o700, exist_ok=True)
    server = server_user()
    if directory.is_symlink() or directory.stat().st_uid not in {os.geteuid(), server.pw_uid}:
        raise Trouble(f"{directory} es de otra persona: bórrelo y repita la orden.")
    own(directory)
    directory.chmod(0o700)


def _client_environment(role: Literal["owner", "app"]) -> dict[str, str]:
    """Return the environment in which libpq reaches this cluster, whatever else was set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    target = connection(role)
    return kept | {
        "PGHOST": target["HOST"],
        "PGPORT": target["PORT"],
        "PGUSER": target["USER"],
        "PGDATABASE": target["NAME"],
    }


def main(arguments: list[str]) -> int:
    """Obey one verb; return the exit status."""
    os.umask(0o022)  # as root, the server's user has to reach its data
    match arguments:
        case ["start"]:
            start()
            print(f"La base de datos está encendida en {socket_directory()}.")
        case ["stop"]:
            stop()
            print("La base de datos está apagada.")
        case ["status"]:
            running = is_running()
            print(f"La base de datos está {'encendida' if running else 'apagada'}.")
            return 0 if running else 3
        case ["psql", "--owner", *rest]:
            psql("owner", rest)
        case ["psql", *rest]:
            psql("app", rest)
        case ["reset", *rest] if rest in ([], ["--yes"]):
            question = (
                f"Se borrarán todos los datos de {data_directory()}. Escriba «borrar» para seguir: "
            )
            if not rest and input(question).strip() != "borrar":
                print("No se borró nada.")
                return 1
            reset()
            print("La base de datos está vacía y encendida.")
        case _:
            print(USAGE, file=sys.stderr)
            return 2
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Trouble as trouble:
        sys.exit(str(trouble))
    except OSError as error:
        sys.exit(explain(str(error)))
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nInterrumpido.")
