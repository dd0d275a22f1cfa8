"""The private PostgreSQL cluster that the portal uses when no DATABASE_URL is given.

It lives outside the clone, listens on a Unix socket only, and lets in nobody but the person who
installed it (``peer``: the kernel says who calls). As root the server itself runs as ``postgres``.
``bin/db`` calls this module with any Python: standard library only.
"""

import fcntl
import hashlib
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

PROJECT = Path(__file__).resolve().parent.parent
DATABASE = "vigia"
ROLES = {"owner": "vigia", "app": "vigia_app"}
PORT = "5432"  # names the socket's file; nothing listens on the network
OLDEST_MAJOR = 15
LONGEST_SOCKET_PATH = 107
START_PATIENCE = 30  # seconds; a killed server leaves processes that take a while to go
REMAINS = re.compile("lock file|shared memory block")  # what the server says of them
RECOVERY_PATIENCE = 600  # seconds; after a kill the server first replays its log
INSTALL_POSTGRESQL = "ejecute bin/setup, que lo instala o dice cómo, y repita la orden."

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


class Trouble(Exception):
    """Something that whoever installs can put right; the message says how, in one sentence."""


# Where everything is. These functions only compute.


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
    directory = state_directory(project) / "run"
    if len(os.fsencode(directory / f".s.PGSQL.{PORT}")) <= LONGEST_SOCKET_PATH:
        return directory
    return Path("/tmp") / f"vigia-{os.geteuid()}-{_digest(state_directory(project))}"


def connection(role: Literal["owner", "app"]) -> dict[str, str]:
    """Return Django's connection settings for a role. Starts nothing and writes nothing."""
    return {"NAME": DATABASE, "USER": ROLES[role], "HOST": str(socket_directory()), "PORT": PORT}


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:10]


def _data() -> Path:
    return state_directory() / "data"


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
        if _data().exists():
            shutil.rmtree(_data())
        _start()


def is_running() -> bool:
    """Whether the server accepts connections."""
    if not _data().exists():
        return False
    answer = subprocess.run(
        [_program("pg_isready"), "--quiet", "--timeout=5"],
        env=_client_environment("app"),
        cwd="/",
        check=False,
    )
    return answer.returncode == 0


def psql(role: Literal["owner", "app"], arguments: list[str]) -> None:
    """Become psql, as one of the two roles."""
    if not is_running():
        raise Trouble("La base de datos está apagada: ejecute bin/db start.")
    program = _program("psql")
    os.execve(program, [program, *arguments], _client_environment(role))


# How the server is made and started.


def _start() -> None:
    if is_running():
        return
    _make_private(socket_directory())
    if not _data().exists():
        _create()
    _start_server()


def _stop() -> None:
    if (_data() / "postmaster.pid").exists():
        try:
            _run("pg_ctl", "stop", "-w", "-m", "fast", "-D", _data())
        except Trouble:
            if is_running():
                raise  # otherwise it had been killed, and the file is all that was left


def _create() -> None:
    """Make the cluster with its roles and its database: whole, or not at all."""
    draft = state_directory() / "data.new"
    if draft.exists():
        shutil.rmtree(draft)
    _make_private(draft)
    _run(
        "initdb",
        *("--pgdata", draft, "--username", "postgres", "--auth", "peer", "--no-instructions"),
        *("--encoding", "UTF8", "--locale", "C.UTF-8", "--data-checksums"),
    )
    person = pwd.getpwuid(os.geteuid()).pw_name
    (draft / "pg_hba.conf").write_text("local all all peer map=vigia\n")
    (draft / "pg_ident.conf").write_text(
        "".join(f'vigia "{person}" {role}\n' for role in ("postgres", *ROLES.values()))
    )
    _run(
        "postgres",
        *("--single", "-D", draft, "-c", "exit_on_error=on", "postgres"),
        given=FIRST_STATEMENTS,
    )
    draft.rename(_data())


def _start_server() -> None:
    """Start the server, again and again while a killed one's processes are still going away."""
    log = _data() / "server.log"
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
            _run(
                "pg_ctl",
                *("start", "-w", "-t", RECOVERY_PATIENCE, "-D", _data(), "-l", log, "-o", options),
            )
        except Trouble as trouble:
            said = log.read_text(errors="replace") if log.exists() else ""
            if not REMAINS.search(said) or time.monotonic() > patience:
                raise Trouble(_explain(said) if said else str(trouble)) from None
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
    server = _server_user()
    if directory.is_symlink() or directory.stat().st_uid not in {os.geteuid(), server.pw_uid}:
        raise Trouble(f"{directory} es de otra persona: bórrelo y repita la orden.")
    os.chown(directory, server.pw_uid, server.pw_gid)
    directory.chmod(0o700)


def _server_user() -> pwd.struct_passwd:
    """Return whom the server runs as: PostgreSQL refuses to run as root."""
    try:
        return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Trouble(
            f"Falta PostgreSQL: {INSTALL_POSTGRESQL}"
            if os.geteuid() == 0
            else f"El usuario {os.geteuid()} no tiene nombre en este sistema: use uno que lo tenga."
        ) from None


# How PostgreSQL's programs are found and called.


def _program(name: str) -> str:
    """Return the path of a PostgreSQL program, of the major version that made the data."""
    found = {
        int(directory.parent.name): directory
        for directory in Path("/usr/lib/postgresql").glob("[0-9]*/bin")
        if directory.parent.name.isdigit() and (directory / "postgres").exists()
    }
    if not found and (postgres := shutil.which("postgres")):  # not Debian
        version = subprocess.run([postgres, "-V"], capture_output=True, text=True, check=True)
        found[int(re.findall(r"\d+", version.stdout)[0])] = Path(postgres).parent
    newest = max(found, default=0)
    if newest < OLDEST_MAJOR:
        raise Trouble(f"Falta PostgreSQL: {INSTALL_POSTGRESQL}")
    made_by = _data() / "PG_VERSION"
    major = int(made_by.read_text()) if made_by.exists() else newest
    if major not in found:
        raise Trouble(
            f"Los datos son de PostgreSQL {major}, que ya no está: instálelo, o bórrelos y empiece "
            f"de nuevo con  rm -r {shlex.quote(str(_data()))}"
        )
    return str(found[major] / name)


def _run(program: str, *arguments: str | Path | int, given: str = "") -> None:
    """Run a program of PostgreSQL as the server's user."""
    server = _server_user()
    as_root = os.geteuid() == 0
    done = subprocess.run(
        [_program(program), *map(str, arguments)],
        input=given,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        cwd="/",
        umask=0o077,
        check=False,
        user=server.pw_uid if as_root else None,
        group=server.pw_gid if as_root else None,
        extra_groups=os.getgrouplist(server.pw_name, server.pw_gid) if as_root else None,
    )
    if done.returncode != 0:
        raise Trouble(_explain(done.stdout))


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


def _explain(output: str) -> str:
    """Turn what a program or its log said into one sentence."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["(sin mensaje)"]
    loud = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|error:", line)]
    reason = (loud or lines)[-1]
    if "No space left on device" in output or _disk_is_full():
        return f"No queda espacio en disco en {state_directory()}: libérelo y repita la orden."
    if REMAINS.search(reason):
        return (
            f"Otro proceso ocupa {_data()}: termínelo o, si no es de PostgreSQL, borre "
            f"{_data() / 'postmaster.pid'}, y repita la orden."
        )
    return f"PostgreSQL no pudo seguir; corrija esto y repita la orden: {reason}"


def _disk_is_full() -> bool:
    """Whether not even the log could be written, so that nobody said so."""
    state = state_directory()
    return state.exists() and shutil.disk_usage(state).free == 0


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
            question = f"Se borrarán todos los datos de {_data()}. Escriba «borrar» para seguir: "
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
        sys.exit(_explain(str(error)))
    except (EOFError, KeyboardInterrupt):
        sys.exit("\nInterrumpido.")
