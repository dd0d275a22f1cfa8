"""Files in a bucket: served as from the disk, and whatever happens to S3, nothing is lost."""

import datetime as dt
import errno
import logging
from http import HTTPStatus
from typing import Any
from unittest.mock import Mock, patch

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import Municipality, User
from accounts.outage import FilesAway
from config.files_url import stores_of
from tests.conftest import SignIn
from tests.files import PDF, jpeg
from tests.pages import text
from tests.tracking.office.acting import ROOT, System
from tests.tracking.office.sustained import (
    SUPPORTS,
    TYPED,
    a_file,
    added,
    bytes_of,
    published,
)
from tests.tracking.office.sustained import stored_under as bytes_at
from tracking.models import Preview, ProgressReport, Support
from tracking.services.previews import make_previews

pytestmark = pytest.mark.django_db
AWAY = "s3+http://clave:secreto@127.0.0.1:9/vigia"
NOW = dt.datetime(2026, 3, 2, 15, 30, tzinfo=dt.UTC)


@pytest.fixture
def in_bucket(s3: str, settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, **stores_of(s3)}


@pytest.fixture
def photograph(
    in_bucket: None, report: ProgressReport, puno: Municipality, reporter: User, planner: User
) -> Support:
    """Of a published report, with its small picture."""
    support = added(report, reporter, jpeg())
    published(report, puno, planner)
    make_previews(at=NOW)
    return support


def address_of(support: Support) -> str:
    return f"/m/puno/2019-2022/S.1.1.1/sustento/{support.pk}/"


def away(settings: Any) -> None:
    settings.STORAGES = {**settings.STORAGES, **stores_of(AWAY)}


def test_a_file_is_served_from_the_bucket_and_fetched_no_more_for_who_has_it(
    client: Client, photograph: Support
) -> None:
    address = address_of(photograph)
    answer = client.get(address)
    assert len(bytes_of(answer)) == photograph.size == int(answer["Content-Length"])
    small = client.get(f"{address}vista/")
    with patch.object(default_storage, "open") as opened:
        for each, first in ((address, answer), (f"{address}vista/", small)):
            again = client.get(each, headers={"If-None-Match": first["ETag"]})
            assert again.status_code == HTTPStatus.NOT_MODIFIED
            assert again["Cache-Control"] == "no-cache"
    opened.assert_not_called()


def test_what_was_altered_in_the_bucket_is_served_to_nobody(
    client: Client, photograph: Support
) -> None:
    default_storage.save(photograph.storage_name, ContentFile(b"otra cosa"))
    answer = client.get(address_of(photograph))
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Lo que guarda el portal ya no es el archivo que recibió" in text(answer)


def test_while_the_bucket_is_away_readers_are_told_to_wait_and_operators_of_no_damage(
    photograph: Support, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    away(settings)
    answer = Client(raise_request_exception=False).get(address_of(photograph))
    assert (answer.status_code, answer["Retry-After"]) == (HTTPStatus.SERVICE_UNAVAILABLE, "60")
    assert "no puede entregar este archivo, que sigue guardado" in text(answer)
    (record,) = [each for each in caplog.records if each.levelno >= logging.ERROR]
    assert record.exc_info is None
    assert "Could not connect to the endpoint URL" in record.getMessage()
    assert "secreto" not in caplog.text


@pytest.mark.parametrize("is_on_disk", [False, True])
def test_a_file_that_could_not_be_kept_leaves_no_row(
    is_on_disk: bool,
    report: ProgressReport,
    reporter: User,
    signed_in: SignIn,
    settings: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if is_on_disk:
        broken = OSError(errno.EROFS, "Read-only file system")
        monkeypatch.setattr(default_storage, "save", Mock(side_effect=broken))
    else:
        away(settings)
    client = signed_in(reporter)
    client.raise_request_exception = False
    answer = client.post(SUPPORTS, {**TYPED, "file": a_file()})
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "El que acaba de enviar no se agregó" in text(answer)
    assert not Support.objects.exists()


def test_a_system_is_told_so_and_its_key_is_free_for_the_next_time(
    in_bucket: None, report: ProgressReport, reporter: User, puno: Municipality, settings: Any
) -> None:
    there = settings.STORAGES
    system = System(reporter, puno)
    headers = {"Authorization": f"Bearer {system.text}", "Idempotency-Key": "acta-1"}

    def sent() -> Any:
        client = Client(raise_request_exception=False)
        said = {"title": "Acta", "taken_on": "2019-05-14", "file": a_file(PDF)}
        return client.post(f"{ROOT}drafts/{report.pk}/supports/", said, headers=headers)

    away(settings)
    answer = sent()
    assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert answer.json()["detail"].startswith("El almacén de archivos no responde")
    settings.STORAGES = there
    assert sent().status_code == HTTPStatus.CREATED
    assert bytes_at(Support.objects.get()) == PDF


def test_a_photograph_whose_bucket_is_away_waits_without_having_failed(
    in_bucket: None, report: ProgressReport, reporter: User, settings: Any
) -> None:
    added(report, reporter, jpeg())
    there = settings.STORAGES
    away(settings)
    with pytest.raises(FilesAway):
        make_previews(at=NOW)
    assert Preview.objects.get().tries == 0
    settings.STORAGES = there
    assert make_previews(at=NOW) == 1


def test_who_verifies_the_ledger_is_told_that_files_could_not_be_read(
    photograph: Support, settings: Any
) -> None:
    away(settings)
    with pytest.raises(CommandError, match="El almacén de archivos no responde"):
        call_command("verify_ledger")
