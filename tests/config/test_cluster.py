import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bin import postgresql
from bin.cluster import start
from config import cluster
from tests.memory import quick_folder

BinDb = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def state() -> Iterator[Path]:
    """Where the test's own cluster lives."""
    with quick_folder() as home:
        yield home / "state"


@pytest.fixture
def bin_db(state: Path) -> Iterator[BinDb]:
    """Call ``bin/db`` on the test's own cluster, which ends with the test."""

    def call(*arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [cluster.PROJECT / "bin" / "db", *arguments],
            input=given,
            capture_output=True,
            text=True,
            cwd="/",
            env={**os.environ, "VIGIA_CLUSTER_DIR": str(state)},
            check=False,
        )

    yield call
    call("stop")


@pytest.fixture
def private_home(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VIGIA_CLUSTER_DIR", raising=False)
    monkeypatch.delenv("XDG_STATE_HOME", raising=False)
    monkeypatch.setenv("HOME", "/home/rosa")


@pytest.mark.usefixtures("private_home")
def test_each_clone_has_a_state_directory_of_its_own_that_does_not_change() -> None:
    first = cluster.state_directory(Path("/srv/one"))
    assert first == cluster.state_directory(Path("/srv/one"))
    assert first != cluster.state_directory(Path("/srv/other"))
    assert len(first.name) == 10


@pytest.mark.usefixtures("private_home")
@pytest.mark.parametrize(("uid", "base"), [(0, "/var/lib"), (1000, "/home/rosa/.local/state")])
def test_the_state_directory_is_outside_the_clone(
    monkeypatch: pytest.MonkeyPatch, uid: int, base: str
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: uid)
    assert cluster.state_directory(Path("/srv/one")).parent == Path(base) / "vigia"


def test_the_socket_lies_beside_the_data(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIGIA_CLUSTER_DIR", "/srv/state")
    assert cluster.socket_directory() == Path("/srv/state/run")


@pytest.mark.parametrize("length", [80, 90, 91, 92, 93, 120, 250])
def test_the_path_of_the_socket_is_never_too_long(
    monkeypatch: pytest.MonkeyPatch, length: int
) -> None:
    monkeypatch.setenv("VIGIA_CLUSTER_DIR", "/" + "ñ" * (length // 2))
    path = cluster.socket_directory() / ".s.PGSQL.5432"
    assert len(os.fsencode(path)) <= 107


def test_connection_names_the_role_and_touches_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIGIA_CLUSTER_DIR", str(tmp_path / "state"))
    host = str(cluster.socket_directory())
    assert cluster.connection("app") == {
        "NAME": "vigia",
        "USER": "vigia_app",
        "HOST": host,
        "PORT": "5432",
    }
    assert cluster.connection("owner")["USER"] == "vigia"
    assert list(tmp_path.iterdir()) == []


def test_an_unknown_verb_shows_how_to_call(bin_db: BinDb) -> None:
    answer = bin_db("restart")
    assert answer.returncode == 2
    assert "bin/db start" in answer.stderr


def test_without_postgresql_one_sentence_says_what_to_type(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("VIGIA_CLUSTER_DIR", str(tmp_path / "state"))
    monkeypatch.setattr(postgresql, "OLDEST_MAJOR", 1000)
    with pytest.raises(postgresql.Trouble, match="ejecute bin/setup"):
        start()


def test_psql_on_a_stopped_server_says_how_to_start_it(bin_db: BinDb) -> None:
    assert bin_db("status").returncode == 3
    answer = bin_db("psql")
    assert answer.returncode == 1
    assert answer.stderr == "La base de datos está apagada: ejecute bin/db start.\n"


def test_no_row_is_lost_when_the_server_is_killed(bin_db: BinDb, state: Path) -> None:
    assert bin_db("start").returncode == 0
    assert bin_db("start").returncode == 0  # already running
    bin_db("psql", "--owner", "-c", "CREATE TABLE kept (n int); GRANT ALL ON kept TO vigia_app")
    bin_db("psql", given="".join(f"INSERT INTO kept VALUES ({n});\n" for n in range(1000)))

    postmaster = int((state / "data" / "postmaster.pid").read_text().split()[0])
    os.kill(postmaster, signal.SIGKILL)
    started = bin_db("start")

    assert (started.returncode, started.stderr) == (0, "")
    assert bin_db("psql", "-Atc", "SELECT count(*), sum(n) FROM kept").stdout == "1000|499500\n"


def test_the_application_cannot_change_the_schema(bin_db: BinDb) -> None:
    bin_db("start")
    for statement in ("CREATE TABLE t (n int)", "CREATE TEMP TABLE t (n int)", "CREATE SCHEMA s"):
        assert "permission denied" in bin_db("psql", "-c", statement).stderr
    assert bin_db("psql", "--owner", "-c", "SET ROLE vigia_app").stdout == "SET\n"


def test_reset_asks_before_it_deletes(bin_db: BinDb) -> None:
    bin_db("start")
    bin_db("psql", "--owner", "-c", "CREATE TABLE kept (n int)")
    tables = ("psql", "-Atc", "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'")

    assert bin_db("reset", given="no\n").returncode == 1
    assert bin_db(*tables).stdout == "1\n"

    assert bin_db("reset", "--yes").returncode == 0
    assert bin_db(*tables).stdout == "0\n"
