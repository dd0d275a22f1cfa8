"""A portal is copied, and what is restored is what there was: whole, elsewhere, or not at all.

One portal of its own, small and simulated, serves all; each of these starts servers and programs.
"""

import datetime as dt
import hashlib
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from bin.copies.kept import LIMA
from bin.postgresql import program_path
from config import cluster
from tests.memory import quick_folder

FILE = b"%PDF-1.4 acta"
DIGEST = hashlib.sha256(FILE).hexdigest()
FILL = """\
from django.core.management import call_command as call
call("load_municipalities")
call("import_plans", "fixtures/plans/otuzco-2019-2022.yaml")
call("simulate_progress")
call("open_ledger")
"""
"""What was issued last waits for the log."""
GROW = """\
from django.utils import timezone
from tracking.transparency.growing import grow
grow(at=timezone.now())
"""
COUNT_A_TRY = "INSERT INTO cache VALUES ('sign-in', '1', now() + interval '1 day')"
"""In a table that no log keeps: it is empty where the database was restored."""
ROWS = "SELECT count(*) FROM tracking_standing"
LEAVES = "SELECT max(size) FROM tracking_loghead"
pytestmark = pytest.mark.django_db  # its schema is taken from the tests' own database


class Portal:
    """A portal in HOME, whose copies are in HOME too. Its log had LEAVES when it was copied."""

    leaves = 0

    def __init__(self, home: Path) -> None:
        self.home = home
        self.copies = home / "copias"
        self.state = home / "state"
        self.passphrase = self.state / "copias.clave"
        self.files = self.state / "archivos"

    def call(
        self, *command: str | Path, given: str = "", **variables: str
    ) -> subprocess.CompletedProcess[str]:
        kept = {name: value for name, value in os.environ.items() if "DATABASE" not in name}
        return subprocess.run(
            [cluster.PROJECT / command[0], *command[1:]],
            input=given,
            capture_output=True,
            text=True,
            cwd=cluster.PROJECT,
            env={
                **kept,
                "BACKUP_DIR": str(self.copies),
                "DATABASE_ROLE": "owner",
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "VIGIA_CLUSTER_DIR": str(self.state),
                **variables,
            },
            check=False,
        )

    def run(self, code: str) -> None:
        done = self.call(".venv/bin/python", "manage.py", "shell", "-c", code)
        assert done.returncode == 0, done.stderr

    def succeed(self, *command: str | Path, given: str = "", **variables: str) -> str:
        done = self.call(*command, given=given, **variables)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def refused(self, *command: str | Path, **variables: str) -> str:
        done = self.call(*command, **variables)
        assert done.returncode == 1
        return done.stderr

    def ask(self, statement: str, **variables: str) -> str:
        return self.succeed("bin/db", "psql", "--owner", "-Atc", statement, **variables).strip()


def schema() -> str:
    """As the tests' own database has it: quicker than to migrate once more."""
    here = connection.settings_dict
    reached = ("--host", here["HOST"], "--port", here["PORT"], "--username", here["USER"])
    program = [program_path("pg_dump"), "--schema-only", *reached, here["NAME"]]
    return subprocess.run(program, capture_output=True, text=True, check=True).stdout


@pytest.fixture(scope="module")
def portal(django_db_setup: None) -> Iterator[Portal]:
    """Filled and copied once."""
    with quick_folder() as home:
        made = Portal(home)
        try:
            made.succeed("bin/db", "start")
            made.succeed("bin/db", "psql", "--owner", "-q", "-o", "/dev/null", given=schema())
            made.run(FILL)
            made.leaves = int(made.ask(LEAVES))
            folder = made.files / "sustentos" / DIGEST[:2]
            folder.mkdir(parents=True)
            (folder / DIGEST).write_bytes(FILE)
            made.ask(COUNT_A_TRY)
            made.succeed("bin/backup", "prepare")
            made.succeed("bin/backup")
            yield made
        finally:
            made.call("bin/db", "stop")


def goes_on_from(leaves: int) -> str:
    said = "Registro del portal: sigue desde la cabeza que se anotó"
    return f"{said} ({leaves:,} asientos, código "


def test_the_drill_restores_the_copy_checks_it_and_leaves_nothing(portal: Portal) -> None:
    told = portal.succeed("bin/restore", "--drill")
    assert "filas que se anotaron al copiar" in told
    assert "Todo es lo que se asentó" in told
    assert "todo cuadra" in told
    assert goes_on_from(portal.leaves) in told
    stamp = json.loads((portal.copies / "last.json").read_text())
    assert stamp["database_at"] <= stamp["files_at"] <= stamp["drill_at"]
    assert {each.name for each in portal.state.iterdir()} >= {"data", "archivos"}
    assert not (portal.state / "ensayo-vigia").exists()


def test_a_moment_before_a_mistake_comes_back_elsewhere(portal: Portal) -> None:
    rows = portal.ask(ROWS)
    portal.ask("CREATE TABLE before (at timestamptz); INSERT INTO before VALUES (now())")
    file = portal.files / "sustentos" / DIGEST[:2] / DIGEST
    at = portal.ask("SELECT now()")
    portal.ask("TRUNCATE tracking_standing")
    file.unlink()
    portal.run(GROW)
    leaves = int(portal.ask(LEAVES))
    assert leaves > portal.leaves
    portal.succeed("bin/backup")  # the mistake too
    folder = portal.home / "antes"

    told = portal.succeed("bin/restore", "--to", folder, "--at", at)

    assert f"VIGIA_CLUSTER_DIR={folder}" in told
    assert goes_on_from(portal.leaves) in told
    short = f"más corto que la última cabeza que se anotó ({leaves:,} asientos, código "
    assert short in told  # heads of after that moment were given out
    there = {"VIGIA_CLUSTER_DIR": str(folder)}
    portal.succeed("bin/db", "start", **there)
    assert portal.ask(ROWS, **there) == rows
    assert portal.ask("SELECT count(*) FROM before", **there) == "1"
    assert portal.ask("SHOW archive_mode", **there) == "off"
    beyond = "SELECT min(revision) > 1000000 FROM accounts_municipality"  # of any kept page
    assert portal.ask(beyond, **there) == "t"
    portal.succeed("bin/db", "stop", **there)
    assert (folder / "archivos" / file.relative_to(portal.files)).read_bytes() == FILE
    assert portal.ask(ROWS) == "0"  # what lives stays as it is


def test_the_hours_of_copies_are_those_that_a_restore_takes(portal: Portal) -> None:
    stamp = json.loads((portal.copies / "last.json").read_text())
    hour = dt.datetime.fromisoformat(stamp["database_at"]).astimezone(LIMA)
    told = portal.succeed("bin/backup", "status")
    assert f"Base de datos: {hour:%Y-%m-%d %H:%M}\n" in told


def test_nothing_is_written_over_and_what_cannot_be_read_is_told(
    portal: Portal, tmp_path: Path
) -> None:
    assert "ya existe" in portal.refused("bin/restore", "--to", portal.state)
    assert "ya existe" in portal.refused("bin/restore", "--drill", "--to", portal.state)
    assert "todavía no llega" in portal.refused(
        "bin/restore", "--to", tmp_path / "r", "--at", "2999-01-01"
    )
    early = portal.refused("bin/restore", "--to", portal.home / "r", "--at", "2019-01-01")
    assert "La copia más antigua es del" in early
    assert not list(portal.home.glob("r*"))


def test_another_passphrase_opens_nothing(portal: Portal, tmp_path: Path) -> None:
    other = portal.home / "otra.clave"
    other.write_text("x" * 30)
    other.chmod(0o600)
    with_it = {"BACKUP_PASSPHRASE_FILE": str(other)}
    for command in (["bin/backup", "status"], ["bin/restore", "--drill"]):
        assert "La frase no abre estas copias" in portal.refused(*command, **with_it)
    other.chmod(0o644)
    assert "Otros pueden leer" in portal.refused("bin/restore", "--drill", **with_it)


def test_a_disk_that_is_not_mounted_is_told(portal: Portal, tmp_path: Path) -> None:
    for command in (["bin/backup"], ["bin/backup", "files"], ["bin/restore", "--drill"]):
        said = portal.refused(*command, BACKUP_DIR=str(tmp_path))
        assert "¿Está montado el disco?" in said
    assert not list(tmp_path.iterdir())


def test_files_that_are_gone_leave_the_copy_as_it_was(portal: Portal) -> None:
    before = (portal.copies / "last.json").read_text()
    assert portal.ask("SELECT EXISTS (SELECT FROM tracking_support WHERE file_name <> '')") == "t"
    said = portal.refused("bin/backup", "files", MEDIA_ROOT=str(portal.home / "nada"))
    assert "No están los archivos" in said
    assert (portal.copies / "last.json").read_text() == before


def test_what_a_bucket_does_not_give_is_told_and_what_is_noted_is_copied(
    portal: Portal, s3: str
) -> None:
    before = (portal.copies / "last.json").read_text()
    there = {"FILES_URL": s3, "MEDIA_ROOT": str(portal.home / "espejo")}
    said = portal.refused("bin/backup", "files", **there)
    assert "Se copió lo que se pudo traer del depósito" in said
    assert "Con faltas:" in said
    assert (portal.copies / "last.json").read_text() == before


def test_a_server_that_is_down_is_told(portal: Portal) -> None:
    portal.succeed("bin/db", "stop")
    assert "La base de datos no responde" in portal.refused("bin/backup")
