"""The parts of copying that need no server: where it is, which moment, which files."""

import hashlib
from pathlib import Path

import pytest

from bin.copies.checks import check_files
from bin.copies.restored import Restored, limits_of
from bin.copies.restoring import moment
from bin.copies.server import server
from bin.postgresql import Trouble
from tracking.models import Preview, Support


@pytest.mark.parametrize(
    ("address", "reached"),
    [
        ("postgres://vigia@/vigia", ("/var/run/postgresql", "5432", "vigia")),
        ("postgres://vigia:x@localhost:5433/portal", ("/var/run/postgresql", "5433", "portal")),
        (
            "postgres://vigia@//var/lib/with%20blank/run/vigia",
            ("/var/lib/with blank/run", "5432", "vigia"),
        ),
        ("postgres://vigia@%2Fsrv%2FRun/vigia", ("/srv/Run", "5432", "vigia")),
    ],
)
def test_the_server_is_where_the_portal_finds_it(
    monkeypatch: pytest.MonkeyPatch, address: str, reached: tuple[str, str, str]
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://vigia_app@localhost:6432/pooled")
    monkeypatch.setenv("DATABASE_OWNER_URL", address)
    found = server()
    assert (found.folder, found.port, found.database) == reached


def test_a_server_elsewhere_is_copied_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://vigia@db.example/vigia")
    with pytest.raises(Trouble, match=r"está en db\.example: ejecute la orden en esa máquina"):
        server()


def test_a_moment_without_a_zone_is_of_lima() -> None:
    assert moment("2026-01-02 15:04").isoformat() == "2026-01-02T15:04:00-05:00"
    assert moment("2026-01-02T20:04+00:00") == moment("2026-01-02 15:04")
    with pytest.raises(Trouble, match="no es un momento"):
        moment("ayer")


def test_a_file_that_is_not_its_digest_is_found(tmp_path: Path) -> None:
    name = hashlib.sha256(b"acta").hexdigest()
    (tmp_path / name).write_bytes(b"acta")
    (tmp_path / "nota.txt").write_bytes(b"anything")
    assert check_files(tmp_path).is_right
    (tmp_path / name).write_bytes(b"otra")
    assert not check_files(tmp_path).is_right
    assert name in check_files(tmp_path).sentence


def test_the_small_picture_of_a_file_lies_under_the_digest_of_that_file(tmp_path: Path) -> None:
    """It is drawn again where it is lost, and nothing is proved by it."""
    name = hashlib.sha256(b"photograph").hexdigest()
    for kept, content in (
        (Support(sha256=name), b"photograph"),
        (Preview(original=name), b"small"),
    ):
        path = tmp_path / kept.storage_name
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    assert check_files(tmp_path).is_right


def test_what_a_server_had_is_said_by_the_names_that_its_configuration_knows() -> None:
    """Debian keeps the configuration outside the data: of the copy this is all there is."""
    control = (
        "wal_level setting:                    replica\n"
        "max_connections setting:              100\n"
        "max_prepared_xacts setting:           0\n"
        "max_locks_per_xact setting:           64\n"
    )
    assert limits_of(control).splitlines() == [
        "max_connections = 100",
        "max_prepared_transactions = 0",
        "max_locks_per_transaction = 64",
    ]


def test_what_is_restored_is_not_looked_for_in_the_bucket_of_what_lives(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """That bucket may be what was lost."""
    monkeypatch.setenv("FILES_URL", "s3+https://clave:secreto@s3.example/vigia")
    here = Restored(tmp_path).environment()
    assert "FILES_URL" not in here
    assert here["MEDIA_ROOT"] == str(tmp_path / "archivos")
