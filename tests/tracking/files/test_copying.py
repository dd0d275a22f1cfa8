"""What is kept is copied to the bucket and back, held to its digest, and nothing is lost by it."""

import datetime as dt
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages
from django.core.management import CommandError, call_command

from accounts.models import User
from config.files_url import stores_of
from tests.files import PDF, jpeg
from tests.tracking.office.sustained import added
from tracking.models import Preview, ProgressReport, Support
from tracking.services.previews import make_previews

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 2, 15, 30, tzinfo=dt.UTC)


@pytest.fixture
def disk(tmp_path: Path, s3: str, settings: Any) -> Storage:
    """The store in force: what is added lies in it."""
    settings.MEDIA_ROOT = tmp_path
    stores = stores_of(f"{s3}/{tmp_path.name}")  # a folder of the bucket for each test
    settings.STORAGES = {**stores, "default": stores["disk"]}
    return storages["disk"]


@pytest.fixture
def bucket(disk: Storage) -> Any:
    return storages["bucket"]


@pytest.fixture
def names(disk: Storage, report: ProgressReport, reporter: User) -> list[str]:
    """A paper, a photograph and its small picture."""
    supports = [added(report, reporter, each) for each in (PDF, jpeg())]
    make_previews(at=NOW)
    return [*(each.storage_name for each in supports), Preview.objects.get().storage_name]


def moved(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    call_command("move_files", *arguments)
    return capsys.readouterr().out.strip()


def counts(copied: int, there: int = 0, faulty: int = 0) -> str:
    return f"Copiados: {copied}. Ya estaban: {there}. Ya nadie los guarda: 0. Con faltas: {faulty}."


def same(names: list[str], one: Storage, other: Storage) -> bool:
    return all(one.open(each).read() == other.open(each).read() for each in names)


def test_all_goes_to_the_bucket_and_back_and_stays_where_it_was(
    names: list[str], disk: Storage, bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert moved(capsys, "--to", "bucket") == counts(3)
    assert same(names, disk, bucket)
    disk.delete(names[0])
    assert moved(capsys, "--to", "disk") == counts(1, there=2)
    assert same(names, disk, bucket)


def test_what_was_cut_off_goes_on_and_what_arrived_damaged_is_sent_again(
    names: list[str],
    disk: Storage,
    bucket: Any,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    save = type(bucket)._save
    with monkeypatch.context() as meanwhile:
        calls = iter([save])

        def cut(*arguments: Any) -> Any:
            try:
                return next(calls)(*arguments)
            except StopIteration:
                raise KeyboardInterrupt from None

        meanwhile.setattr(type(bucket), "_save", cut)
        with pytest.raises(CommandError, match=r"Interrumpido: repita la orden.*Copiados: 1\."):
            moved(capsys, "--to", "bucket")
    bucket.save(names[2], ContentFile(b"la mitad"))
    assert moved(capsys, "--to", "bucket") == counts(2, there=1)
    assert same(names, disk, bucket)


def test_what_is_damaged_or_gone_is_told_and_keeps_no_other_from_arriving(
    names: list[str], disk: Storage, bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.save(names[0], ContentFile(b"otra cosa"))
    disk.delete(names[1])
    with pytest.raises(CommandError) as refusal:
        moved(capsys, "--to", "bucket", "--delete")
    assert str(refusal.value) == counts(1, faulty=2)
    told = sorted(capsys.readouterr().err.strip().splitlines())
    assert told == sorted(
        [f"{names[0]}: da otro código.", f"{names[1]}: falta, o no se puede leer."]
    )
    assert not bucket.exists(names[0])
    assert disk.exists(names[0])


def test_it_deletes_only_what_it_is_told_to_and_what_arrived(
    names: list[str], disk: Storage, bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    disk.save("sustentos/de/otro", ContentFile(b"de nadie"))
    assert moved(capsys, "--to", "bucket") == counts(3)
    assert all(disk.exists(each) for each in names)
    assert moved(capsys, "--to", "bucket", "--delete") == counts(0, there=3)
    assert not any(disk.exists(each) for each in names)
    assert all(bucket.exists(each) for each in names)
    assert disk.exists("sustentos/de/otro")
    assert Support.objects.count() == 2


def test_an_open_bucket_is_given_nothing(
    names: list[str], bucket: Any, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.STORAGES["bucket"]["OPTIONS"]["default_acl"] = "public-read"
    settings.STORAGES = {**settings.STORAGES}
    with pytest.raises(CommandError, match="a cualquiera"):
        moved(capsys, "--to", "bucket")
    assert not any(bucket.exists(each) for each in names)


def test_without_a_bucket_or_while_it_is_away_it_says_so(
    names: list[str], settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    away = stores_of("s3+http://clave:secreto@127.0.0.1:9/vigia")
    settings.STORAGES = {**away, "default": away["disk"]}
    with pytest.raises(CommandError, match=r"no responde.*Repita la orden.*Copiados: 0"):
        moved(capsys, "--to", "bucket")
    settings.STORAGES = stores_of("")
    with pytest.raises(CommandError, match="Falta FILES_URL"):
        moved(capsys, "--to", "bucket")


@pytest.fixture
def mirrored(names: list[str], disk: Storage, bucket: Any, settings: Any) -> list[str]:
    """Those in the bucket, which serves; the disk has nothing yet."""
    call_command("move_files", "--to", "bucket", "--delete")
    settings.STORAGES = {**settings.STORAGES, "default": settings.STORAGES["bucket"]}
    return names


def test_a_mirror_takes_what_is_new_and_loses_what_nobody_keeps(
    mirrored: list[str], bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    disk = storages["disk"]
    disk.save("sustentos/de/otro", ContentFile(b"de nadie"))
    capsys.readouterr()
    assert moved(capsys, "--mirror") == f"{counts(3)} Quitados: 1."
    assert same(mirrored, disk, bucket)
    assert not disk.exists("sustentos/de/otro")
    with patch.object(
        type(bucket), "_open", side_effect=AssertionError
    ):  # nothing is fetched twice
        assert moved(capsys, "--mirror") == f"{counts(0, there=3)} Quitados: 0."


def test_what_the_bucket_lost_or_exchanged_stays_whole_in_the_mirror(
    mirrored: list[str], bucket: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("move_files", "--mirror")
    bucket.delete(mirrored[0])
    bucket.save(mirrored[1], ContentFile(b"otra cosa"))
    call_command("move_files", "--mirror")
    capsys.readouterr()
    assert moved(capsys, "--to", "bucket") == counts(2, there=1)
    assert same(mirrored, storages["disk"], bucket)


def test_where_the_disk_serves_it_is_no_mirror(names: list[str], disk: Storage) -> None:
    with pytest.raises(CommandError, match="no FILES_URL"):
        call_command("move_files", "--mirror")
    assert all(disk.exists(each) for each in names)
