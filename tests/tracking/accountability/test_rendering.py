"""The files of an edition are made once, whoever dies on the way."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from config import cluster
from tests.meanwhile import PATIENCE, Meanwhile
from tests.tracking.issued import content_of
from tracking.accountability import rendering
from tracking.accountability.printing.table import csv_of
from tracking.accountability.rendering import make_file, make_files
from tracking.choices import LedgerAct
from tracking.models import AccountabilityReport, LedgerEntry, RenderedFile

WORKER = """
import os, sys, time
import django
django.setup()
from tracking.accountability import rendering
def slow(file):
    print("rendering", flush=True)
    time.sleep(60)
rendering._bytes_of = slow
rendering.make_files()
"""


def waiting() -> int:
    return RenderedFile.objects.waiting().count()


@pytest.mark.django_db
def test_it_is_what_its_digest_says_and_is_in_the_ledger(report: AccountabilityReport) -> None:
    assert (make_files().made, waiting()) == (2, 0)
    pdf, table = report.files.get(kind="pdf"), report.files.get(kind="csv")
    assert bytes(table.data or b"") == csv_of(content_of(report), report.code)
    assert bytes(pdf.data or b"").startswith(b"%PDF-1.7")
    entries = LedgerEntry.objects.filter(act=LedgerAct.FILE)
    assert {entry.subject_id for entry in entries} == {pdf.pk, table.pk}
    assert make_files().made == 0


@pytest.mark.django_db
def test_a_file_that_is_made_never_changes(report: AccountabilityReport) -> None:
    make_files()
    with pytest.raises(IntegrityError, match="no se cambia"), transaction.atomic():
        RenderedFile.objects.update(data=None, sha256="", size=0, rendered_at=None)


@pytest.mark.django_db(transaction=True)
def test_what_another_makes_is_passed_over(report: AccountabilityReport) -> None:
    with transaction.atomic():
        pk = report.files.get(kind="csv").pk
        assert make_file(pk)
        done: list[bool] = []
        other = Meanwhile(lambda: done.append(make_file(pk)))
        other.start()
        other.join(PATIENCE)  # it does not wait
        assert done == [False]
    assert LedgerEntry.objects.filter(act=LedgerAct.FILE).count() == 1


@pytest.mark.django_db
def test_what_cannot_be_made_waits_and_does_not_keep_the_others(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = rendering._bytes_of

    def broken(file: RenderedFile) -> bytes:
        if file.kind == "pdf":
            raise OSError(28, "No space left on device")
        return real(file)

    monkeypatch.setattr(rendering, "_bytes_of", broken)
    done = make_files()
    assert (done.made, done.failed, waiting()) == (1, 1, 1)
    assert "could not be made" in caplog.text
    monkeypatch.setattr(rendering, "_bytes_of", real)
    assert (make_files().made, waiting()) == (1, 0)


@pytest.mark.django_db
def test_a_database_that_is_full_leaves_nothing_half_done(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise DataError("could not extend file: No space left on device")

    monkeypatch.setattr(rendering, "enter", full)
    assert (make_files().failed, waiting()) == (2, 2)
    assert not RenderedFile.objects.exclude(size=0).exists()


@pytest.mark.django_db
def test_a_database_that_is_away_ends_the_round(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = []

    def away(*_args: object) -> None:
        tried.append(1)
        raise OperationalError("connection refused")

    monkeypatch.setattr(rendering, "enter", away)
    with pytest.raises(OperationalError):
        make_files()
    assert (tried, waiting()) == ([1], 2)


@pytest.fixture
def dying(report: AccountabilityReport) -> Iterator[subprocess.Popen[str]]:
    """A worker, connected as the application, in the middle of making the first file."""
    database = connection.settings_dict["NAME"]
    address = f"postgres://{cluster.ROLES['app']}@/{cluster.socket_directory()}/{database}"
    running = subprocess.Popen(
        [sys.executable, "-c", WORKER],
        cwd=project.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": address,
            "DATABASE_ROLE": "app",
            "DJANGO_SETTINGS_MODULE": "config.settings",
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert running.stdout
    assert running.stdout.readline() == "rendering\n"
    yield running
    running.kill()
    running.wait(PATIENCE)


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_its_file_to_the_next(
    dying: subprocess.Popen[str],
) -> None:
    assert make_files().made == 1  # the other file: the first one is being made
    dying.send_signal(signal.SIGKILL)
    dying.wait(PATIENCE)
    with transaction.atomic():
        RenderedFile.objects.select_for_update().get(data=None)  # its connection outlives it
    assert (make_files().made, waiting()) == (1, 0)
    assert LedgerEntry.objects.filter(act=LedgerAct.FILE).count() == 2


@pytest.mark.django_db
def test_the_command_makes_what_waits(report: AccountabilityReport) -> None:
    out = StringIO()
    call_command("work", "--once", stdout=out)
    assert "2 archivos preparados.\n" in out.getvalue()


@pytest.mark.django_db
def test_the_command_says_what_it_could_not_make(
    report: AccountabilityReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_file: RenderedFile) -> bytes:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rendering, "_bytes_of", broken)
    with pytest.raises(CommandError, match="2 archivos no pudieron prepararse"):
        call_command("work", "--once", stdout=StringIO())
