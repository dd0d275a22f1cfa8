"""What others did while a report was typed in, and a session that ended."""

import re
from http import HTTPStatus

import pytest
from django.test import Client

from accounts.models import User
from plans.choices import MeasureKind
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import PASSWORD, state
from tests.forms import drawn_with
from tests.pages import text
from tests.tracking.office.reporting import PAGE, TYPED, draft
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Act, ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft, submit

pytestmark = pytest.mark.django_db


def test_a_form_sent_twice_is_sent_once(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    for _attempt in range(2):
        again = client.post(PAGE, {**TYPED, "accion": "enviar"})
        assert again.status_code == HTTPStatus.FOUND
    report = ProgressReport.objects.get()
    assert report.state == ReportState.SUBMITTED
    assert [step.act for step in report.review_steps.all()] == [Act.WRITTEN, Act.SUBMITTED]


def test_the_second_of_two_people_is_told_and_nothing_is_lost(
    activity: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    first = draft(activity, reporter)
    draft_of_another = {"step": 3, "narrative": "Un comedor atiende."}
    save_draft(activity, SEMESTER, draft_of_another, by=planner, edit=first.edit)
    client = signed_in(reporter)
    typed = {**TYPED, "edit": str(first.edit)}
    conflict = client.post(PAGE, typed)
    assert conflict.status_code == HTTPStatus.CONFLICT
    page = text(conflict)
    assert "Otra persona guardó este informe mientras usted escribía" in page
    assert str(planner) in page
    assert re.findall(r"</span>([^<]*)</(?:del|ins)>", page) == [
        "Entregado en parte",
        "En ejecución",
        "Un comedor atiende.",
        "Se firmó el contrato.",
        "La lluvia.",
        "Empezar la obra.",
    ]
    for mine in ("Se firmó el contrato.", "La lluvia.", "Empezar la obra."):
        assert mine in page
    stored = ProgressReport.objects.get()
    assert stored.narrative == "Un comedor atiende."
    assert f'name="edit" value="{stored.edit}"' in page
    assert "Guardar lo mío" in page
    deliberate = {**typed, "edit": str(stored.edit)}
    assert client.post(PAGE, deliberate).status_code == HTTPStatus.FOUND
    assert ProgressReport.objects.get().narrative == "Se firmó el contrato."


def test_terms_that_changed_while_somebody_typed_are_said(
    activity: PlanElement, planner: User, reporter: User, signed_in: SignIn
) -> None:
    state(activity, planner, kind=MeasureKind.PERMANENT)
    typed = {**TYPED, "entry": "valor", "value": "62.5"}
    refused = signed_in(reporter).post(PAGE, typed)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "La forma de medir esta promesa cambió" in text(refused)
    assert "Antes había escrito: 62.5." in text(refused)
    assert "Se firmó el contrato." in text(refused)
    assert 'name="entry" value="cuenta"' in text(refused)
    assert not ProgressReport.objects.exists()


def test_writing_over_what_was_sent_meanwhile_loses_nothing(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    sent = submit(draft(activity, reporter), Entry.STEP, by=reporter)
    refused = signed_in(reporter).post(PAGE, {**TYPED, "edit": str(sent.edit)})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "recupérelo" in text(refused)
    assert "La lluvia." in text(refused)


def test_what_was_typed_when_the_session_ended_is_offered_again(
    activity: PlanElement, reporter: User
) -> None:
    browser = Client(enforce_csrf_checks=True)
    sign_in(browser, reporter)
    drawn = drawn_with(browser.get(PAGE))
    del browser.cookies["sessionid"]
    asked = browser.post(PAGE, {**TYPED, **drawn})
    assert asked["Location"] == f"/cuenta/ingresar/?next={PAGE}"
    sign_in(browser, reporter)
    page = text(browser.get(PAGE))
    assert "Recuperamos lo que había escrito" in page
    for typed in ("Se firmó el contrato.", "La lluvia.", "Empezar la obra."):
        assert typed in page
    assert not ProgressReport.objects.exists()


def sign_in(browser: Client, person: User) -> None:
    """By the page, as people do."""
    sent = {
        "login": person.email,
        "password": PASSWORD,
        **drawn_with(browser.get("/cuenta/ingresar/")),
    }
    assert browser.post("/cuenta/ingresar/", sent).status_code == HTTPStatus.FOUND
