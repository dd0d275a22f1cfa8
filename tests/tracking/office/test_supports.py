"""Add, see and take away what sustains a report, before and after it is public."""

import datetime as dt
import hashlib
from http import HTTPStatus
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from PIL import ExifTags, Image

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.files import PDF, jpeg
from tests.pages import text
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sustained import (
    PAGE,
    SUPPORTS,
    TYPED,
    a_file,
    added,
    published,
    stored_under,
)
from tracking.files.photographs import read_photograph
from tracking.files.uploads import receive
from tracking.models import ProgressReport, Support
from tracking.services.drafts import save_draft
from tracking.services.supports import About, add_file, remove_support

pytestmark = pytest.mark.django_db


def test_the_owner_adds_a_file_with_its_title_date_and_place(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    page = client.post(SUPPORTS, {**TYPED, "file": a_file()}, follow=True)
    assert page.redirect_chain == [(SUPPORTS, HTTPStatus.FOUND)]
    support = Support.objects.get()
    assert (support.title, support.taken_on, support.place) == (
        "Acta de recepción",
        dt.date(2019, 5, 14),
        "Coata",
    )
    assert (support.file_name, support.media_type, support.size, support.sha256) == (
        "acta.pdf",
        "application/pdf",
        len(PDF),
        hashlib.sha256(PDF).hexdigest(),
    )
    assert stored_under(support) == PDF
    for shown in ("Acta de recepción", "14 de mayo de 2019", "Coata", support.sha256[:12]):
        assert shown in text(page)
        assert shown in text(client.get(PAGE))


def test_a_photograph_loses_its_position_unless_it_is_kept_on_purpose(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    for typed in (TYPED, {**TYPED, "keeps_position": "on"}):
        client.post(SUPPORTS, {**typed, "file": a_file(jpeg(), "obra.jpg")})
    without, with_it = Support.objects.order_by("pk")
    assert (without.keeps_position, with_it.keeps_position) == (False, True)
    assert not read_photograph(stored_under(without)).position
    assert read_photograph(stored_under(with_it)).position
    assert "guarda dónde se tomó" in text(client.get(SUPPORTS))


def test_a_refused_file_is_said_and_what_was_typed_comes_back(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    program = a_file(b"MZ\x90\x00", "acta.pdf")
    refused = signed_in(reporter).post(SUPPORTS, {**TYPED, "file": program})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = text(refused)
    assert "es un programa, aunque su nombre diga otra cosa" in page
    for typed in ("Acta de recepción", "2019-05-14", "Coata"):
        assert f'value="{typed}"' in page
    assert not Support.objects.exists()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Diga qué es."),
        ({"taken_on": ""}, "Diga la fecha del documento."),
        ({"taken_on": "2999-01-01"}, "Ese día todavía no llega."),
        ({"taken_on": "0019-05-14"}, "Revise el año."),
        ({"url": ""}, "Elija un archivo, o escriba un enlace."),
        ({"url": "javascript:alert(1)"}, "El enlace empieza con https:// o http://"),
        ({"url": "ftp://puno.gob.pe/acta.pdf"}, "El enlace empieza con https:// o http://"),
        ({"url": "www.puno.gob.pe"}, "El enlace empieza con https:// o http://"),
        ({"url": "https://rosa:clave@puno.gob.pe/"}, "El enlace lleva un usuario o una clave"),
        ({"url": "https://[puno"}, "El enlace empieza con https:// o http://"),
    ],
)
def test_what_is_missing_or_wrong_is_said(
    report: ProgressReport,
    reporter: User,
    signed_in: SignIn,
    changes: dict[str, str],
    sentence: str,
) -> None:
    typed = {**TYPED, "url": "https://puno.gob.pe/acta.pdf", **changes}
    refused = signed_in(reporter).post(SUPPORTS, typed)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(refused)
    assert not Support.objects.exists()


def test_a_link_is_kept_and_never_fetched(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    url = "https://puno.example/acta.pdf?n=1"
    client = signed_in(reporter)
    client.post(SUPPORTS, {**TYPED, "url": url})
    support = Support.objects.get()
    assert (support.url, support.file_name, support.size) == (url, "", 0)
    assert support.sha256 == hashlib.sha256(url.encode()).hexdigest()
    assert client.get(f"{SUPPORTS}{support.pk}/").status_code == HTTPStatus.NOT_FOUND


def test_a_file_and_a_link_are_added_apart(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    both = {**TYPED, "url": "https://puno.example/", "file": a_file()}
    assert "agréguelos por separado" in text(signed_in(reporter).post(SUPPORTS, both))
    assert not Support.objects.exists()


def test_the_same_file_twice_is_told_by_the_title_it_has(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    client.post(SUPPORTS, {**TYPED, "file": a_file()})
    again = client.post(SUPPORTS, {**TYPED, "title": "Otra", "file": a_file(name="otra.pdf")})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Ya está en este informe: «Acta de recepción»." in text(again)
    assert Support.objects.count() == 1


def test_the_script_gets_short_answers(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    asked = {"Accept": "application/json"}
    for _twice in range(2):  # the first answer was lost on the way
        taken = client.post(SUPPORTS, {**TYPED, "file": a_file()}, headers=asked)
        assert (taken.status_code, taken.json()) == (
            HTTPStatus.CREATED,
            {"told": "Se agregó «Acta de recepción»."},
        )
    assert Support.objects.count() == 1
    otherwise = {**TYPED, "place": "Huata", "file": a_file()}
    refused = client.post(SUPPORTS, otherwise, headers=asked)
    assert (refused.status_code, refused.json()) == (
        HTTPStatus.UNPROCESSABLE_ENTITY,
        {"errors": ["Ya está en este informe: «Acta de recepción»."]},
    )


def test_a_photograph_without_a_typed_date_has_that_of_its_camera(
    report: ProgressReport, reporter: User, signed_in: SignIn
) -> None:
    undated = {**TYPED, "taken_on": "", "file": a_file(jpeg(), "obra.jpg")}
    page = signed_in(reporter).post(SUPPORTS, undated, follow=True)
    assert Support.objects.get().taken_on == dt.date(2019, 5, 14)
    assert "Su fecha, 14 de mayo de 2019, es la que guardó la cámara" in text(page)


@pytest.mark.parametrize("clock", [None, "2999:01:01 10:00:00", "0000:00:00 00:00:00"])
def test_a_photograph_whose_camera_had_no_clock_is_asked_for_its_date(
    report: ProgressReport, reporter: User, signed_in: SignIn, clock: str | None
) -> None:
    exif = Image.Exif()
    if clock:
        exif[ExifTags.IFD.Exif] = {ExifTags.Base.DateTimeOriginal.value: clock}
    undated = {**TYPED, "taken_on": "", "file": a_file(jpeg(exif=exif), "obra.jpg")}
    refused = signed_in(reporter).post(SUPPORTS, undated)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Diga la fecha: la fotografía no la lleva." in text(refused)


def test_the_text_is_saved_on_the_way_to_the_supports(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    typed = {"narrative": "Se firmó.", "entry": "paso", "accion": "sustentos"}
    page = signed_in(reporter).post(PAGE, typed, follow=True)
    assert page.redirect_chain == [(SUPPORTS, HTTPStatus.FOUND)]
    assert ProgressReport.objects.get().narrative == "Se firmó."


def test_without_a_report_it_is_asked_to_save_first(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    for page in (
        client.get(SUPPORTS, follow=True),
        client.post(SUPPORTS, {**TYPED, "file": a_file()}, follow=True),
    ):
        assert page.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
        assert "Guarde primero el informe" in text(page)


def test_a_support_can_be_taken_away_and_its_bytes_go(
    report: ProgressReport,
    reporter: User,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    support = added(report, reporter)
    with django_capture_on_commit_callbacks(execute=True):
        page = signed_in(reporter).post(f"{SUPPORTS}{support.pk}/quitar/", follow=True)
    assert "Se quitó «Acta de recepción»." in text(page)
    assert not Support.objects.exists()
    assert not default_storage.exists(support.storage_name)


def test_who_adds_it_again_puts_right_what_was_damaged(
    report: ProgressReport,
    target: PlanElement,
    reporter: User,
    settings: Any,
    tmp_path: Path,
) -> None:
    kept = {"BACKEND": "config.storage.WholeFileStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = {**settings.STORAGES, "default": kept}
    support = added(report, reporter)
    (tmp_path / support.storage_name).write_bytes(b"otra cosa")
    other = save_draft(target, SEMESTER, {"narrative": "Sí."}, by=reporter, edit=0)
    added(other, reporter)
    assert stored_under(support) == PDF


def test_bytes_that_another_report_has_stay(
    report: ProgressReport,
    target: PlanElement,
    reporter: User,
    django_capture_on_commit_callbacks: Any,
) -> None:
    other = save_draft(target, SEMESTER, {"narrative": "Sí."}, by=reporter, edit=0)
    support, kept = added(report, reporter), added(other, reporter)
    assert kept.sha256 == support.sha256
    with django_capture_on_commit_callbacks(execute=True):
        remove_support(support, by=reporter)
    assert stored_under(kept) == PDF


def test_a_row_that_fails_leaves_no_row(report: ProgressReport, reporter: User) -> None:
    received = receive(a_file())
    with pytest.raises(IntegrityError), transaction.atomic():
        add_file(report, received, About("", dt.date(2019, 5, 14)), by=reporter)
    assert not Support.objects.exists()


def test_what_was_sent_or_published_takes_no_more(
    report: ProgressReport, puno: Municipality, reporter: User, planner: User, signed_in: SignIn
) -> None:
    support = added(report, reporter)
    public = published(report, puno, planner)
    client = signed_in(reporter)
    page = client.post(SUPPORTS, {**TYPED, "file": a_file(jpeg())}, follow=True)
    assert page.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    refused = client.post(f"{SUPPORTS}{support.pk}/quitar/", follow=True)
    assert "Este informe ya se envió" in text(refused)
    for attempt in (
        lambda: added(public, reporter, jpeg()),
        lambda: remove_support(support, by=reporter),
    ):
        with pytest.raises(ValidationError, match="ya se envió"):
            attempt()
    assert [each.pk for each in public.supports.all()] == [support.pk]


@pytest.mark.django_db(transaction=True)
def test_bytes_are_not_dropped_while_somebody_adds_them(
    report: ProgressReport, target: PlanElement, reporter: User
) -> None:
    other = save_draft(target, SEMESTER, {"narrative": "Sí."}, by=reporter, edit=0)
    support = added(report, reporter)
    is_added, may_commit = Event(), Event()

    def add_slowly() -> None:
        try:
            with transaction.atomic():
                added(other, reporter)
                is_added.set()
                may_commit.wait(10)
        finally:
            connection.close()

    def remove() -> None:
        try:
            remove_support(support, by=reporter)
        finally:
            connection.close()

    adding, removing = Thread(target=add_slowly), Thread(target=remove)
    adding.start()
    assert is_added.wait(10)
    removing.start()
    removing.join(0.5)
    assert removing.is_alive()  # it waits for the bytes
    may_commit.set()
    for thread in (adding, removing):
        thread.join(10)
    kept = Support.objects.get()
    assert (kept.report_id, stored_under(kept)) == (other.pk, PDF)
