"""A reminder that planning asks for: to whom it is written, once, and what it says."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts.choices import Role
from accounts.models import Letter, Municipality, Unit, User
from accounts.services.sending import send_queued
from plans.models import PlanElement
from tests.factories import make_person, make_unit
from tests.tracking.office.reminded import TO_REPORTER, letters
from tests.tracking.office.sent import send
from tests.tracking.office.sheets import SEMESTER_PAGE, answer_for
from tracking.models import Reminder, SemesterWindow
from tracking.office.letters import send_day_letters
from tracking.services.deputies import name_deputy

pytestmark = pytest.mark.django_db
REMIND = f"{SEMESTER_PAGE}recordar/"


def ask(desk: Client, unit: Unit | None = None) -> str:
    """What is told once the button is pressed, of one unit or of all."""
    answer = desk.post(REMIND, {"unidad": unit.pk} if unit else {})
    assert (answer.status_code, answer["Location"]) == (302, SEMESTER_PAGE)
    return told(answer)[-1]


def told(answer: Any) -> list[str]:
    return [str(each) for each in get_messages(answer.wsgi_request)]


def leave(*, after: dt.timedelta = dt.timedelta()) -> int:
    return send_queued(at=timezone.now() + after).sent


@pytest.fixture
def open_now(window: SemesterWindow) -> SemesterWindow:
    """Its last day is in three days."""
    today = timezone.localdate()
    SemesterWindow.objects.update(
        opens_on=today - dt.timedelta(10),
        due_on=today + dt.timedelta(3),
        closes_on=today + dt.timedelta(9),
    )
    window.refresh_from_db()
    return window


def test_it_leaves_by_the_queue_with_what_is_owed_and_who_asked(
    activity: PlanElement,
    target: PlanElement,
    puno_unit: Unit,
    open_now: SemesterWindow,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    send(target, reporter, step=None)
    assert ask(desk, puno_unit) == "Se escribe a 1 persona: reporter@puno.pe."
    assert mail.outbox == []
    page = desk.get(SEMESTER_PAGE).content.decode()
    assert "El recordatorio está por salir" in page
    assert leave() == 1
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 1 informe por enviar"
    assert "- S.1.1.1 Programa de comedores de Puno (sin empezar)" in letter.body
    assert "S.1.1.2" not in letter.body
    assert "Este recordatorio lo pidió planner@puno.pe, de planificación." in letter.body
    reminder = Reminder.objects.get()
    assert (reminder.user, reminder.asked_by, reminder.days_after_due) == (reporter, planner, -3)
    assert not Letter.objects.exists()
    assert "Recordado el" in desk.get(SEMESTER_PAGE).content.decode()


def test_nobody_is_reminded_twice_within_a_day(
    activity: PlanElement, puno_unit: Unit, open_now: SemesterWindow, reporter: User, desk: Client
) -> None:
    refusal = (
        "A 1 se le recordó hace menos de un día, y no se le escribe otra vez: reporter@puno.pe."
    )
    ask(desk, puno_unit)
    assert ask(desk, puno_unit) == refusal
    leave()
    assert ask(desk, puno_unit) == refusal
    assert "Recordar ahora" not in desk.get(SEMESTER_PAGE).content.decode()
    Reminder.objects.update(sent_at=timezone.now() - dt.timedelta(hours=25), days_after_due=-9)
    assert ask(desk, puno_unit) == "Se escribe a 1 persona: reporter@puno.pe."
    assert leave() == 1


def test_who_was_reminded_in_its_day_is_left_in_peace(
    activity: PlanElement, puno_unit: Unit, open_now: SemesterWindow, reporter: User, desk: Client
) -> None:
    ask(desk, puno_unit)
    Reminder.objects.create(user=reporter, window=open_now, days_after_due=-7)
    assert leave() == 0
    assert mail.outbox == []
    assert not Letter.objects.exists()


def test_what_is_asked_for_spares_the_reminder_of_that_day(
    activity: PlanElement, puno_unit: Unit, window: SemesterWindow, reporter: User, desk: Client
) -> None:
    today = timezone.localdate()
    SemesterWindow.objects.update(due_on=today + dt.timedelta(7), closes_on="2190-01-01")
    ask(desk, puno_unit)
    leave()
    send_day_letters(at=today)
    assert [message.to for message in mail.outbox].count([TO_REPORTER]) == 1


def test_all_that_are_behind_are_reminded_at_once_and_nobody_else(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    open_now: SemesterWindow,
    reporter: User,
    desk: Client,
) -> None:
    salud = make_unit(puno, "Gerencia de Salud")
    make_person("salud@puno.pe", Role.REPORTER, puno, salud)
    make_person("nadie@puno.pe", Role.REPORTER, puno, make_unit(puno, "Gerencia de Nada"))
    target.responsibility_set.all().delete()
    answer_for(salud, target)
    assert "Recordar ahora a 2 unidades" in desk.get(SEMESTER_PAGE).content.decode()
    assert ask(desk) == "Se escribe a 2 personas: reporter@puno.pe, salud@puno.pe."
    send(activity, reporter)
    assert leave() == 1  # who owes nothing any more by then is not written to
    assert list(letters()) == ["salud@puno.pe"]


def test_the_deputy_of_who_is_absent_is_reminded_too(
    activity: PlanElement,
    puno: Municipality,
    puno_unit: Unit,
    open_now: SemesterWindow,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    deputy = make_person("salud@puno.pe", Role.REPORTER, puno, make_unit(puno, "Gerencia de Salud"))
    today = timezone.localdate()
    name_deputy(puno, reporter, deputy, today, today, by=planner)
    page = desk.get(SEMESTER_PAGE).content.decode()
    assert "salud@puno.pe (reemplaza a reporter@puno.pe): no ha ingresado" in page
    assert ask(desk, puno_unit) == "Se escribe a 2 personas: reporter@puno.pe, salud@puno.pe."
    assert leave() == 2
    assert "S.1.1.1" in letters()["salud@puno.pe"].body


def test_a_unit_that_owes_nothing_or_has_nobody_is_said(
    activity: PlanElement, puno: Municipality, open_now: SemesterWindow, desk: Client
) -> None:
    nobody = "No hay a quién escribir: nadie informa por esas unidades, o nada falta."
    assert ask(desk) == nobody
    assert ask(desk, make_unit(puno, "Gerencia de Nada")) == nobody


def test_another_municipalitys_unit_is_not_there(
    activity: PlanElement, lamas_unit: Unit, open_now: SemesterWindow, desk: Client
) -> None:
    for strange in (lamas_unit.pk, "x", "9" * 30):
        assert desk.post(REMIND, {"unidad": strange}).status_code == 404


def test_before_it_opens_and_once_it_is_closed_nobody_is_reminded(
    activity: PlanElement, open_now: SemesterWindow, reporter: User, planner: User, desk: Client
) -> None:
    SemesterWindow.objects.update(
        opens_on="2099-07-01", due_on="2099-07-31", closes_on="2099-08-15"
    )
    assert ask(desk) == "Se puede recordar desde el 1 de julio de 2099, cuando se abre."
    assert "Recordar ahora" not in desk.get(SEMESTER_PAGE).content.decode()
    SemesterWindow.objects.update(closed_at=timezone.now(), closed_by=planner)
    assert ask(desk) == "El semestre 2019-I ya se cerró."
    assert not Letter.objects.exists()


def test_a_semester_without_days_reminds_nobody(
    activity: PlanElement, window: SemesterWindow, desk: Client
) -> None:
    window.delete()
    assert ask(desk) == "Este semestre no tiene plazos."


def test_a_mail_server_that_is_down_loses_nothing_and_repeats_nothing(
    activity: PlanElement,
    puno_unit: Unit,
    open_now: SemesterWindow,
    reporter: User,
    desk: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ask(desk, puno_unit)

    def refuse(*_args: Any, **_more: Any) -> int:
        raise ConnectionRefusedError

    with monkeypatch.context() as down:
        down.setattr("django.core.mail.EmailMessage.send", refuse)
        assert leave() == 0
    assert Letter.objects.count() == 1
    assert not Reminder.objects.exists()
    assert "El recordatorio está por salir" in desk.get(SEMESTER_PAGE).content.decode()
    assert leave(after=dt.timedelta(hours=1)) == 1
    assert leave() == 0
    assert len(mail.outbox) == 1
