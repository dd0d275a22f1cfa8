"""What a unit and planning say to one another under a report."""

from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.forms import drawn_with
from tests.pages import text
from tests.tracking.office.sent import QUEUE, draft, publish, send
from tracking.choices import ReportState
from tracking.models import Message, ProgressReport
from tracking.models.message import LONGEST_MESSAGE
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db
PAGE: Final = "/gestion/semestre/puno/2019-I/S.1.1.1/"
TALK: Final = f"{PAGE}conversacion/"
ASKED: Final = "¿Cuántos comedores abrieron?"
ANSWERED: Final = "Abrieron doce; el acta llega el lunes."


def say(client: Client, words: str, **more: str) -> Any:
    return client.post(TALK, {"mensaje": words, **more})


def test_planning_asks_and_the_unit_answers_without_sending_again(
    activity: PlanElement, reporter: User, browser: Client, desk: Client
) -> None:
    report = send(activity, reporter)
    asked = say(desk, f"  {ASKED}\r\n", revision="1")
    assert asked["Location"] == f"{QUEUE}{report.pk}/#conversacion"
    answered = say(browser, ANSWERED)
    assert answered["Location"] == f"{PAGE}#conversacion"
    stored = ProgressReport.objects.get()
    assert (stored.state, stored.edit) == (ReportState.SUBMITTED, report.edit)
    for client, page in ((browser, PAGE), (desk, PAGE), (desk, f"{QUEUE}{report.pk}/")):
        shown = text(client.get(page))
        assert "Su mensaje quedó con el informe." in shown or page != PAGE
        talk = shown.split('id="conversacion"')[1]  # the review quotes the last word above, too
        assert 0 < talk.index(ASKED) < talk.index(ANSWERED)
    assert list(Message.objects.values_list("text", "is_from_planning")) == [
        (ASKED, True),
        (ANSWERED, False),
    ]


def test_a_return_is_a_message_of_the_talk_and_is_not_copied(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, browser: Client
) -> None:
    report = send(activity, reporter)
    return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    say(browser, ANSWERED)
    shown = text(browser.get(PAGE)).split('id="conversacion"')[1]
    talk, history = shown.split('id="historia"')
    assert talk.index("Lo devolvió") < talk.index("Falta el acta.") < talk.index(ANSWERED)
    assert "Falta el acta." not in history
    assert Message.objects.get().text == ANSWERED


def test_the_talk_goes_on_over_a_correction(
    activity: PlanElement, reporter: User, planner: User, browser: Client, desk: Client
) -> None:
    published = publish(activity, reporter, planner)
    say(desk, ASKED)
    start_correction(published, "Se contó dos veces.", by=reporter)
    talk = text(browser.get(PAGE)).split('id="conversacion"')[1]
    assert talk.index(ASKED) < talk.index("Se contó dos veces.")
    assert Message.objects.get().report == published


def test_another_unit_reads_the_report_and_not_the_talk(
    activity: PlanElement, reporter: User, colleague: User, desk: Client, signed_in: SignIn
) -> None:
    send(activity, reporter)
    say(desk, ASKED)
    client = signed_in(colleague)
    shown = text(client.get(PAGE))
    assert "Se firmó el contrato" in shown
    assert ASKED not in shown
    assert "conversacion" not in shown
    for answer in (client.get(TALK), say(client, "Yo también.")):
        assert answer.status_code == HTTPStatus.FORBIDDEN
    assert Message.objects.count() == 1


def test_an_outsider_finds_nothing(
    activity: PlanElement, reporter: User, outsider: User, signed_in: SignIn
) -> None:
    send(activity, reporter)
    client = signed_in(outsider)
    for answer in (client.get(TALK), say(client, ASKED)):
        assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("   \n", "Escriba su mensaje."),
        ("x" * (LONGEST_MESSAGE + 1), f"Un mensaje no pasa de {LONGEST_MESSAGE} letras"),
    ],
)
def test_bad_input_is_said_and_stays(
    activity: PlanElement, reporter: User, browser: Client, words: str, sentence: str
) -> None:
    draft(activity, reporter)
    answer = say(browser, words)
    assert answer.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    shown = text(answer)
    assert sentence in shown
    assert words.strip() in shown
    assert not Message.objects.exists()


def test_a_form_that_was_sent_twice_says_it_once(
    activity: PlanElement, reporter: User, browser: Client
) -> None:
    draft(activity, reporter)
    for _time in range(2):
        assert say(browser, ANSWERED).status_code == HTTPStatus.FOUND
    assert Message.objects.count() == 1


def test_what_nobody_has_reported_has_no_talk(activity: PlanElement, browser: Client) -> None:
    assert "conversacion" not in text(browser.get(PAGE))
    assert say(browser, ANSWERED).status_code == HTTPStatus.NOT_FOUND


def test_what_was_typed_when_the_session_ended_is_offered_again(
    activity: PlanElement, reporter: User
) -> None:
    draft(activity, reporter)
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(reporter)
    drawn = drawn_with(browser.get(PAGE))
    del browser.cookies["sessionid"]
    browser.post(TALK, {"mensaje": ANSWERED, **drawn})
    browser.force_login(reporter)
    assert ANSWERED in text(browser.get(TALK))
    assert not Message.objects.exists()


@pytest.mark.parametrize("room", ["public", "reading", "api", "ledger", "accountability", "demo"])
def test_no_room_that_publishes_knows_of_messages(room: str) -> None:
    sources = list((Path(settings.BASE_DIR) / "tracking" / room).rglob("*.py"))
    assert sources
    named = [each.name for each in sources if "Message" in each.read_text().split()]
    assert named == []


def test_a_message_is_on_no_public_page(
    activity: PlanElement, reporter: User, planner: User, desk: Client, client: Client
) -> None:
    publish(activity, reporter, planner)
    say(desk, ASKED)
    shown = text(client.get("/m/puno/2019-2022/S.1.1.1/"))
    assert "Se firmó el contrato" in shown
    assert ASKED not in shown
