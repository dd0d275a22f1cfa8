"""PostgreSQL's own programs: how they are found and called, and what their complaints mean."""

import os
import pwd
import re
import shlex
import shutil
import subprocess
from pathlib import Path

from config.cluster import data_directory, state_directory

OLDEST_MAJOR = 15
REMAINS = re.compile("lock file|shared memory block")  # what the server says of a killed one's
INSTALL_POSTGRESQL = "ejecute bin/setup, que lo instala o dice cómo, y repita la orden."


class Trouble(Exception):
    """Something that whoever installs can put right; the message says how, in one sentence."""


def server_user() -> pwd.struct_passwd:
    """Return whom the server runs as: PostgreSQL refuses to run as root."""
    try:
        return pwd.getpwnam("postgres") if os.geteuid() == 0 else pwd.getpwuid(os.geteuid())
    except KeyError:
        raise Trouble(
            f"Falta PostgreSQL: {INSTALL_POSTGRESQL}"
            if os.geteuid() == 0
            else f"El usuario {os.geteuid()} no tiene nombre en este sistema: use uno que lo tenga."
        ) from None


def own(path: Path) -> None:
    """Give PATH to the server's user."""
    user = server_user()
    os.chown(path, user.pw_uid, user.pw_gid)


def program_path(name: str) -> str:
    """Return the path of a PostgreSQL program, of the major version that made the data."""
    directories = {
        int(directory.parent.name): directory
        for directory in Path("/usr/lib/postgresql").glob("[0-9]*/bin")
        if directory.parent.name.isdigit() and (directory / "postgres").exists()
    }
    if not directories and (postgres := shutil.which("postgres")):  # not Debian
        version = subprocess.run([postgres, "-V"], capture_output=True, text=True, check=True)
        directories[int(re.findall(r"\d+", version.stdout)[0])] = Path(postgres).parent
    newest = max(directories, default=0)
    if newest < OLDEST_MAJOR:
        raise Trouble(f"Falta PostgreSQL: {INSTALL_POSTGRESQL}")
    made_by = data_directory() / "PG_VERSION"
    major = int(made_by.read_text()) if made_by.exists() else newest
    if major not in directories:
        raise Trouble(
            f"Los datos son de PostgreSQL {major}, que ya no está: instálelo, o bórrelos y empiece "
            f"de nuevo con  rm -r {shlex.quote(str(data_directory()))}"
        )
    return str(directories[major] / name)


def run(program: str, *arguments: str | Path | int, given: str = "") -> None:
    """Run a program of PostgreSQL as the server's user."""
    done = as_server(program_path(program), *arguments, given=given)
    if done.returncode != 0:
        raise Trouble(explain(done.stdout))


def as_server(
    program: str, *arguments: str | Path | int, given: str = "", apart: bool = False
) -> subprocess.CompletedProcess[str]:
    """Run any PROGRAM as the server's user; with APART, what it complains of stands apart."""
    server = server_user()
    as_root = os.geteuid() == 0
    return subprocess.run(
        [program, *map(str, arguments)],
        input=given,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE if apart else subprocess.STDOUT,
        env={"PATH": os.defpath, "LC_ALL": "C.UTF-8"},
        cwd="/",
        umask=0o077,
        check=False,
        user=server.pw_uid if as_root else None,
        group=server.pw_gid if as_root else None,
        extra_groups=os.getgrouplist(server.pw_name, server.pw_gid) if as_root else None,
    )


def explain(output: str) -> str:
    """Turn what a program or its log said into one sentence."""
    lines = [line.strip() for line in output.splitlines() if line.strip()] or ["(sin mensaje)"]
    loud = [line for line in lines if re.search(r"FATAL|PANIC|ERROR|error:", line)]
    reason = (loud or lines)[-1]
    if "No space left on device" in output or _disk_is_full():
        return f"No queda espacio en disco en {state_directory()}: libérelo y repita la orden."
    if REMAINS.search(reason):
        return (
            f"Otro proceso ocupa {data_directory()}: termínelo o, si no es de PostgreSQL, borre "
            f"{data_directory() / 'postmaster.pid'}, y repita la orden."
        )
    return f"PostgreSQL no pudo seguir; corrija esto y repita la orden: {reason}"


def _disk_is_full() -> bool:
    """Whether not even the log could be written, so that nobody said so."""
    state = state_directory()
    return state.exists() and shutil.disk_usage(state).free == 0
