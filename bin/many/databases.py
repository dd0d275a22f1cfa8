"""The primary with its replica, and the pooler before it."""

import signal
from pathlib import Path
from typing import Final

from bin.many.keeper import Part
from bin.many.place import POOLER, PRIMARY, REPLICA, folder, secret, write_for_server
from bin.postgresql import program_path, run
from config.limits import LIMITS

REPLICATOR: Final = "replicator"
ROLES: Final = ("vigia", "vigia_app", REPLICATOR)
FIRST_STATEMENTS: Final = """\
CREATE ROLE vigia LOGIN CREATEDB PASSWORD '{vigia}'
CREATE ROLE vigia_app LOGIN PASSWORD '{vigia_app}'
CREATE ROLE replicator LOGIN REPLICATION PASSWORD '{replicator}'
GRANT vigia_app TO vigia
CREATE DATABASE vigia OWNER vigia
REVOKE ALL ON DATABASE vigia FROM PUBLIC
GRANT CONNECT ON DATABASE vigia TO vigia_app
"""
ACCESS: Final = """\
host all all 127.0.0.1/32 scram-sha-256
host replication replicator 127.0.0.1/32 scram-sha-256
"""
POOL: Final = """\
[databases]
vigia = host=127.0.0.1 port={primary} dbname=vigia
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {pooler}
unix_socket_dir =
auth_type = scram-sha-256
auth_file = {people}
pool_mode = transaction
default_pool_size = 20
max_client_conn = 500
server_connect_timeout = 3
server_login_retry = 1
query_wait_timeout = 5
ignore_startup_parameters = extra_float_digits
"""


def primary() -> Part:
    return _server("primary", PRIMARY)


def replica() -> Part:
    return _server("replica", REPLICA)


def pooler() -> Part:
    own = folder / "pooler"
    people = "".join(f'"{role}" "{secret(role)}"\n' for role in ROLES)
    listed = write_for_server(own / "people.txt", people)
    text = POOL.format(primary=PRIMARY, pooler=POOLER, people=listed)
    written = write_for_server(own / "pgbouncer.ini", text)
    # A pooler's own INT is the patient end; a database's is the one that leaves nothing to mend.
    return Part("pgbouncer", ["/usr/sbin/pgbouncer", written], POOLER, is_postgresql=True)


def make_primary() -> None:
    """An empty database with its roles: whole, or not at all."""
    data, draft = _data("primary"), _data("new")
    if data.exists():
        return
    run(
        "initdb",
        "--pgdata",
        draft,
        "--username",
        "postgres",
        "--auth",
        "scram-sha-256",
        "--pwfile",
        write_for_server(_data("password"), secret("postgres")),
        "--encoding",
        "UTF8",
        "--locale",
        "C.UTF-8",
        "--data-checksums",
        "--no-instructions",
    )
    write_for_server(draft / "pg_hba.conf", ACCESS)
    said = FIRST_STATEMENTS.format(**{role: secret(role) for role in ROLES}) + "".join(
        f"ALTER ROLE vigia_app SET {name} = '{value}'\n" for name, value in LIMITS["page"].items()
    )
    run("postgres", "--single", "-D", draft, "-c", "exit_on_error=on", "postgres", given=said)
    draft.rename(data)


def make_replica() -> None:
    """A copy of the primary, which must run, that follows it from then on."""
    data, draft = _data("replica"), _data("copy")
    if data.exists():
        return
    line = f"127.0.0.1:{PRIMARY}:*:{REPLICATOR}:{secret(REPLICATOR)}\n"
    known = write_for_server(_data("pass"), line)
    where = f"host=127.0.0.1 port={PRIMARY} user={REPLICATOR} passfile={known}"
    copied = ("--pgdata", draft, "--wal-method", "stream", "--checkpoint", "fast")
    follows = ("--write-recovery-conf", "--create-slot", "--slot", "replica")
    run("pg_basebackup", *copied, *follows, "--dbname", where)
    draft.rename(data)


def _server(called: str, port: int) -> Part:
    settings = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "shared_buffers": "64MB",
        "jit": "off",
        "hot_standby_feedback": "on",
    }
    given = [f"--{name}={value}" for name, value in settings.items()]
    command = [program_path("postgres"), "-D", _data(called), *given]
    return Part(called, command, port, is_postgresql=True, ends_by=signal.SIGINT)


def _data(name: str) -> Path:
    return folder / "postgresql" / name
