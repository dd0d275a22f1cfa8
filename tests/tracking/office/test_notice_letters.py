"""Notices by mail: one letter of a day, or at once; nothing lost, nothing twice."""

import datetime as dt

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from accounts.models import Membership, Municipality, User
from accounts.services.letters import Round
from plans.models import Plan, PlanElement
from tests.tracking.office.reminded import DAY_AFTER, DAY_BEFORE, DUE, TO_REPORTER, letters
from tests.tracking.office.sent import publish, send
from tracking.choices import NoticeKind, Telling
from tracking.models import DailyLetter, Notice, ProgressReport, Reminder
from tracking.office.letters import send_day_letters, send_notices
from tracking.office.worklists.day_letters import leaves_at
from tracking.services.notices import choose_tellings, mark_all_read
from tracking.services.review import return_report
from tracking.services.talk import say

REASON = "Falta el acta."
QUIET = dt.date(2019, 3, 1)
"""No reminder is due."""


@pytest.fixture
def returned(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> ProgressReport:
    report = send(activity, reporter)
    return return_report(report, REASON, puno, read=report.edit, by=planner)


@pytest.fixture
def refusing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server that is down."""

    def refuse(self: EmailBackend, messages: list[EmailMessage]) -> int:
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)


def at_once(person: User, *kinds: NoticeKind) -> None:
    choose_tellings(dict.fromkeys(kinds, Telling.AT_ONCE), by=person)


def test_the_letter_of_the_day_tells_what_happened_and_where_it_stands(
    returned: ProgressReport, planner: User
) -> None:
    assert send_day_letters(at=QUIET) == Round(sent=1)
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 1 aviso"
    assert letter.body == (
        "Al 1 de marzo de 2019 tiene 1 aviso.\n"
        "\n"
        "Avisos:\n"
        f"- {planner} devolvió S.1.1.1. Programa de comedores de Puno "
        "(Municipalidad Provincial de Puno, 2019-I)\n"
        f"  Motivo: {REASON}\n"
        "  http://localhost:8000/gestion/semestre/puno/2019-I/S.1.1.1/\n"
        "\n"
        "Qué le llega por correo, y cuándo, lo elige usted: "
        "http://localhost:8000/gestion/avisos/preferencias/\n"
        "\n"
        "Vigía\n"
    )


def test_reminders_and_notices_are_one_letter(
    returned: ProgressReport, target: PlanElement
) -> None:
    assert send_day_letters(at=DAY_BEFORE).sent == 2  # planning learns what nobody sent
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 2 informes por enviar, 1 aviso"
    body = str(letter.body)
    assert body.index(REASON) < body.index("Por enviar:") < body.index("lo elige usted")
    assert send_day_letters(at=DAY_BEFORE) == Round()


def test_what_comes_after_the_letter_of_a_day_waits_for_the_next(
    returned: ProgressReport, planner: User
) -> None:
    assert send_day_letters(at=QUIET).sent == 1
    say(returned, "¿Cuántos?", by=planner)
    assert send_day_letters(at=QUIET) == Round()
    assert send_day_letters(at=QUIET + dt.timedelta(1)).sent == 1
    assert "pregunta sobre S.1.1.1" in mail.outbox[-1].body
    assert REASON not in mail.outbox[-1].body


def test_a_letter_holds_what_happened_until_its_hour(returned: ProgressReport) -> None:
    happened = Notice.objects.get(kind=NoticeKind.RETURNED).at
    assert send_day_letters(at=QUIET, until=happened) == Round()
    assert send_day_letters(at=QUIET, until=happened + dt.timedelta(seconds=1)).sent == 1
    assert timezone.localtime(leaves_at(QUIET)).strftime("%H:%M") == "08:00"


def test_what_was_read_in_place_is_not_mailed(
    returned: ProgressReport, reporter: User, planner: User
) -> None:
    mark_all_read(by=reporter, until=Notice.objects.latest("pk").pk)
    assert send_day_letters(at=QUIET) == Round()


def test_a_message_is_not_quoted_in_a_letter(returned: ProgressReport, planner: User) -> None:
    """Nothing of the talk leaves the portal but the reason of a return."""
    say(returned, "La vecina del comedor se quejó.", by=planner)
    send_day_letters(at=QUIET)
    body = str(letters()[TO_REPORTER].body)
    assert "pregunta sobre S.1.1.1" in body
    assert "vecina" not in body


def test_whoever_chose_so_is_told_at_once_and_not_again(
    returned: ProgressReport, reporter: User, planner: User
) -> None:
    assert send_notices() == Round()
    at_once(reporter, NoticeKind.RETURNED, NoticeKind.QUESTION)
    say(returned, "¿Cuántos?", by=planner)
    assert send_notices() == Round(sent=1)
    letter = letters()[TO_REPORTER]
    assert letter.subject == "Vigía: 2 avisos"
    assert str(letter.body).index(REASON) < str(letter.body).index("pregunta sobre S.1.1.1")
    assert send_notices() == Round()
    assert send_day_letters(at=QUIET) == Round()


def test_whoever_wants_it_only_here_gets_no_letter(
    returned: ProgressReport, target: PlanElement, reporter: User
) -> None:
    choose_tellings(dict.fromkeys(NoticeKind, Telling.HERE), by=reporter)
    send_day_letters(at=DAY_BEFORE)
    send_notices()
    assert TO_REPORTER not in letters()
    assert reporter.notices.unread().count() == 1
    assert not Reminder.objects.filter(user=reporter).exists()


@pytest.mark.usefixtures("refusing")
def test_while_the_mail_server_is_down_nothing_is_claimed(
    returned: ProgressReport, reporter: User
) -> None:
    at_once(reporter, NoticeKind.QUESTION)
    say(returned, "¿Cuántos?", by=User.objects.get(email="planner@puno.pe"))
    for _round in range(3):
        assert send_day_letters(at=QUIET) == Round(failed=1)
        assert send_notices() == Round(failed=1)
    assert not Notice.objects.exclude(mailed_at=None).exists()
    assert not DailyLetter.objects.exists()


def test_after_a_day_without_mail_everything_comes_once(
    returned: ProgressReport, target: PlanElement, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(reporter, NoticeKind.QUESTION)
    with monkeypatch.context() as down:
        down.setattr(EmailBackend, "send_messages", lambda *_args: 0)
        send_day_letters(at=DUE)
        say(returned, "¿Cuántos?", by=User.objects.get(email="planner@puno.pe"))
        send_notices()
    assert mail.outbox == []
    for _round in range(2):
        send_notices()
        send_day_letters(at=DAY_AFTER)
    told = "".join(str(each.body) for each in mail.outbox if each.to == [TO_REPORTER])
    assert [told.count(each) for each in (f"Motivo: {REASON}\n  http", "pregunta sobre")] == [2, 1]
    assert told.count("devolvió S.1.1.1") == 1


def test_nobody_is_mailed_about_where_they_no_longer_work(
    returned: ProgressReport, reporter: User, lamas: Municipality
) -> None:
    unit = lamas.units.create(name="Gerencia de Obras")
    Membership.objects.filter(user=reporter).update(municipality=lamas, unit=unit)
    assert send_day_letters(at=QUIET) == Round()
    at_once(reporter, NoticeKind.RETURNED)
    assert send_notices() == Round()


def test_nobody_is_mailed_about_what_their_unit_no_longer_answers_for(
    returned: ProgressReport, activity: PlanElement, reporter: User
) -> None:
    activity.responsibility_set.all().delete()
    assert send_day_letters(at=QUIET) == Round()
    at_once(reporter, NoticeKind.RETURNED)
    assert send_notices() == Round()


def test_a_simulated_report_says_so(
    puno_plan: Plan, activity: PlanElement, reporter: User, planner: User
) -> None:
    Plan.objects.filter(pk=puno_plan.pk).update(simulated=True)
    activity.plan.simulated = True
    publish(activity, reporter, planner)
    send_day_letters(at=QUIET)
    letter = letters()[TO_REPORTER]
    assert letter.subject.startswith("[Avances simulados para demostración]")
    assert "[Avances simulados para demostración]" in letter.body
