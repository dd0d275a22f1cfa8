"""The notebook of a promise: who writes and reads it, and how it gets into the report."""

import datetime as dt
from http import HTTPStatus
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.test import Client

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.files import PDF
from tests.pages import text
from tests.tracking.office.sent import SEMESTER
from tests.tracking.office.sustained import PAGE, a_file, added, bytes_of, published
from tracking.choices import ReportState
from tracking.files.uploads import receive
from tracking.models import Note, NoteSupport, ProgressReport, SemesterWindow, Support
from tracking.models.report import LONGEST_TEXT
from tracking.services.drafts import save_draft
from tracking.services.notebook import (
    add_note,
    bring_notes,
    change_note,
    keep_with_note,
    remove_from_note,
    remove_note,
)
from tracking.services.supports import remove_support, withhold

pytestmark = pytest.mark.django_db
NOTEBOOK = f"{PAGE}cuaderno/"
DAY = dt.date(2019, 5, 14)
TYPED = {"day": "2019-05-14", "text": "Se midió el terreno."}


@pytest.fixture
def noted(activity: PlanElement, reporter: User) -> Note:
    """Of a day of the semester, with a file."""
    note = add_note(activity, DAY, "Se midió el terreno.", by=reporter)
    keep_with_note(note, receive(a_file()), "Acta de medición", by=reporter)
    return note


def test_its_unit_notes_what_happened_with_a_file_before_the_semester_opens(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    SemesterWindow.objects.all().delete()
    client = signed_in(reporter)
    page = client.post(NOTEBOOK, {**TYPED, "file": a_file()}, follow=True)
    assert page.redirect_chain == [(NOTEBOOK, HTTPStatus.FOUND)]
    note = Note.objects.get()
    assert (note.element, note.day, note.text, note.by) == (activity, DAY, TYPED["text"], reporter)
    kept = note.supports.get()
    assert (kept.title, kept.taken_on, kept.file_name) == (TYPED["text"], DAY, "acta.pdf")
    assert bytes_of(client.get(f"{NOTEBOOK}archivo/{kept.pk}/")) == PDF
    assert "Se midió el terreno." in text(client.get(NOTEBOOK))


def test_a_note_that_was_sent_twice_is_one(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    for _twice in range(2):
        client.post(NOTEBOOK, {**TYPED, "file": a_file()})
    assert (Note.objects.count(), NoteSupport.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"text": " "}, "Escriba qué pasó."),
        ({"text": "x" * 2001}, "Una nota no pasa de 2000 letras"),
        ({"day": ""}, "Diga qué día fue."),
        ({"day": "2999-01-01"}, "Ese día todavía no llega"),
        ({"file": a_file(b"MZ\x90\x00")}, "es un programa"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_comes_back(
    activity: PlanElement,
    reporter: User,
    signed_in: SignIn,
    changes: dict[str, Any],
    sentence: str,
) -> None:
    refused = signed_in(reporter).post(NOTEBOOK, {**TYPED, "title": "El lindero", **changes})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert sentence in text(refused)
    assert 'value="El lindero"' in text(refused)
    assert not Note.objects.exists()


def test_planning_reads_it_and_neither_another_unit_nor_the_public_does(
    noted: Note, planner: User, colleague: User, signed_in: SignIn, client: Client
) -> None:
    kept = noted.supports.get()
    for address in (NOTEBOOK, f"{NOTEBOOK}{noted.pk}/", f"{NOTEBOOK}archivo/{kept.pk}/"):
        assert client.get(address).status_code == HTTPStatus.FOUND
        assert signed_in(planner).get(address).status_code == HTTPStatus.OK
        assert signed_in(colleague).get(address).status_code == HTTPStatus.FORBIDDEN
    assert "Cuaderno" not in text(signed_in(colleague).get(PAGE))


def test_a_note_has_the_address_of_its_own_promise_only(
    noted: Note, target: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    other = NOTEBOOK.replace("S.1.1.1", "S.1.1.2")
    client = signed_in(reporter)
    for address in (f"{other}{noted.pk}/", f"{other}archivo/{noted.supports.get().pk}/"):
        assert client.get(address).status_code == HTTPStatus.NOT_FOUND


def test_the_report_offers_what_was_noted_and_takes_it_with_its_day_and_its_file(
    report: ProgressReport, noted: Note, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    assert "Guardar y traer del cuaderno (1)" in text(client.get(PAGE))
    page = client.post(f"{NOTEBOOK}traer/", {"nota": [noted.pk]}, follow=True)
    assert page.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    report.refresh_from_db()
    assert report.narrative == "Se firmó.\n14 de mayo de 2019: Se midió el terreno."
    support = report.supports.get()
    assert (support.title, support.taken_on) == ("Acta de medición", DAY)
    noted.refresh_from_db()
    assert noted.taken_to == report
    assert "Guardar y traer" not in text(client.get(PAGE))
    again = client.post(f"{NOTEBOOK}traer/", {"nota": [noted.pk]})
    assert again.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "ya no espera" in text(again)


def test_what_is_typed_in_the_report_is_saved_on_the_way_to_the_notebook(
    noted: Note, reporter: User, signed_in: SignIn
) -> None:
    typed = {"narrative": "Se firmó.", "entry": "paso", "accion": "cuaderno"}
    page = signed_in(reporter).post(PAGE, typed)
    assert page["Location"] == f"{NOTEBOOK}#esperan"
    assert ProgressReport.objects.get().narrative == "Se firmó."


def test_bringing_begins_a_report_that_nobody_began_in_the_order_of_the_days(
    activity: PlanElement, noted: Note, reporter: User
) -> None:
    earlier = add_note(activity, dt.date(2019, 2, 3), "Se convocó.", by=reporter)
    report = bring_notes(activity, SEMESTER, [noted, earlier], by=reporter)
    assert report.state == ReportState.DRAFT
    assert report.narrative == (
        "3 de febrero de 2019: Se convocó.\n14 de mayo de 2019: Se midió el terreno."
    )


def test_a_note_of_another_semester_is_not_offered(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    add_note(activity, dt.date(2019, 7, 1), "Se inauguró.", by=reporter)
    client = signed_in(reporter)
    page = text(client.get(NOTEBOOK))
    assert "Se inauguró." in page
    assert "Traer al informe" not in page


def test_what_has_no_room_or_was_sent_stays_in_the_notebook(
    report: ProgressReport,
    activity: PlanElement,
    noted: Note,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    values = {"narrative": "x" * LONGEST_TEXT}
    full = save_draft(activity, SEMESTER, values, by=reporter, edit=report.edit)
    with pytest.raises(ValidationError, match="No caben"):
        bring_notes(activity, SEMESTER, [noted], by=reporter)
    published(full, puno, planner)
    with pytest.raises(ValidationError, match="ya se publicó"):
        bring_notes(activity, SEMESTER, [noted], by=reporter)
    noted.refresh_from_db()
    assert noted.taken_to is None
    assert not Support.objects.exists()


def test_a_note_changes_and_goes_until_a_report_has_it(
    noted: Note,
    activity: PlanElement,
    reporter: User,
    signed_in: SignIn,
) -> None:
    client = signed_in(reporter)
    client.post(f"{NOTEBOOK}{noted.pk}/", {**TYPED, "text": "Se midió todo."})
    noted.refresh_from_db()
    assert noted.text == "Se midió todo."
    bring_notes(activity, SEMESTER, [noted], by=reporter)
    refused = client.post(f"{NOTEBOOK}{noted.pk}/", TYPED)
    assert "ya se llevó al informe" in text(refused)
    kept = noted.supports.select_related("note").get()
    for attempt in (
        lambda: change_note(noted, DAY, "Otra cosa."),
        lambda: remove_note(noted),
        lambda: remove_from_note(kept),
        lambda: keep_with_note(noted, receive(a_file(PDF + b"\n")), "Otra", by=reporter),
    ):
        with pytest.raises(ValidationError, match="ya se llevó al informe"):
            attempt()


def test_one_note_cannot_be_changed_into_another(
    noted: Note, activity: PlanElement, reporter: User
) -> None:
    add_note(activity, DAY, "Se convocó.", by=reporter)
    with pytest.raises(ValidationError, match="ya está en el cuaderno"):
        change_note(noted, DAY, "Se convocó.")


def test_bytes_go_with_the_last_that_has_them(
    noted: Note,
    report: ProgressReport,
    reporter: User,
    signed_in: SignIn,
    django_capture_on_commit_callbacks: Any,
) -> None:
    kept, support = noted.supports.get(), added(report, reporter)
    assert kept.sha256 == support.sha256
    with django_capture_on_commit_callbacks(execute=True):
        remove_support(support, by=reporter)
    assert default_storage.exists(kept.storage_name)
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(reporter).post(f"{NOTEBOOK}{noted.pk}/quitar/")
    assert not Note.objects.exists()
    assert not default_storage.exists(kept.storage_name)


def test_what_was_withheld_is_neither_kept_nor_given(
    noted: Note,
    report: ProgressReport,
    puno: Municipality,
    reporter: User,
    planner: User,
    signed_in: SignIn,
) -> None:
    added(report, reporter)
    published(report, puno, planner)
    withhold(Support.objects.select_related("report").get(), "Lleva DNI.", by=planner)
    address = f"{NOTEBOOK}archivo/{noted.supports.get().pk}/"
    assert signed_in(reporter).get(address).status_code == HTTPStatus.NOT_FOUND
    another = add_note(noted.element, DAY, "Se convocó.", by=reporter)
    with pytest.raises(ValidationError, match="se retiró por los datos"):
        keep_with_note(another, receive(a_file()), "Acta", by=reporter)


def test_the_notebook_asks_the_same_whatever_it_holds(
    activity: PlanElement,
    noted: Note,
    reporter: User,
    signed_in: SignIn,
    django_assert_max_num_queries: Any,
) -> None:
    client = signed_in(reporter)
    with django_assert_max_num_queries(40) as one:
        client.get(NOTEBOOK)
    for day in range(1, 4):
        note = add_note(activity, dt.date(2019, 3, day), "Se avanzó.", by=reporter)
        keep_with_note(note, receive(a_file()), "Acta", by=reporter)
    with django_assert_max_num_queries(len(one)):
        client.get(NOTEBOOK)
