"""Reminders leave once, whatever fails, dies or runs beside."""

import datetime as dt
import sys
import threading
from collections.abc import Iterator
from email.message import Message
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from pytest_django import Settings

from accounts.models import Municipality, Unit, User
from accounts.services.letters import Round
from plans.models import Plan, PlanElement, Responsibility
from plans.semester import Semester
from tests.meanwhile import wait_for_a_lock
from tests.tracking.office.reminded import DAY_AFTER, DAY_BEFORE, TO_REPORTER, letters
from tracking.models import DailyLetter, Reminder, SemesterWindow
from tracking.office.letters import send_day_letters


def test_nobody_gets_two_on_one_day(
    puno: Municipality, reporter: User, puno_unit: Unit, plan: Plan
) -> None:
    today = dt.datetime.now(dt.UTC).astimezone().date()
    Responsibility(element=plan.elements.get(ref="S.1.1.1"), unit=puno_unit).save()
    for semester in (Semester(2019, 1), Semester(2019, 2)):
        SemesterWindow.objects.create(
            municipality=puno,
            semester=semester,
            opens_on=today,
            due_on=today + dt.timedelta(days=1),
            closes_on=today + dt.timedelta(days=2),
        )
        assert send_day_letters(at=today).sent == (1 if semester.half == 1 else 0)
    assert send_day_letters(at=today + dt.timedelta(days=1)).sent == 1


def test_a_letter_that_fails_is_tried_again(
    activity: PlanElement,
    target: PlanElement,
    reporter: User,
    planner: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused: list[str] = []

    def refuse(self: EmailBackend, messages: list[EmailMessage]) -> int:
        refused.append(messages[0].to[0])
        if refused == [messages[0].to[0]]:
            raise ConnectionRefusedError
        mail.outbox += messages
        return len(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse)
    assert send_day_letters(at=DAY_BEFORE) == Round(sent=1, failed=1)
    assert Reminder.objects.count() == 1
    assert send_day_letters(at=DAY_BEFORE) == Round(sent=1)
    assert set(letters()) == {TO_REPORTER, "planner@puno.pe"}
    assert Reminder.objects.count() == 2


def test_a_faulty_letter_does_not_silence_the_others(
    activity: PlanElement,
    reporter: User,
    planner: User,
) -> None:
    User.objects.filter(pk=reporter.pk).update(email="two\nlines@puno.pe")
    assert send_day_letters(at=DAY_BEFORE) == Round(sent=1, failed=1)
    assert set(letters()) == {"planner@puno.pe"}


def test_a_death_while_sending_leaves_nothing_claimed(
    activity: PlanElement, reporter: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", sys.exit)
        with pytest.raises(SystemExit):
            send_day_letters(at=DAY_BEFORE)
    assert not Reminder.objects.exists()
    assert send_day_letters(at=DAY_BEFORE) == Round(sent=1)


def test_the_same_reminder_is_the_same_message(activity: PlanElement, reporter: User) -> None:
    """If it is sent twice after all, mail programs know it for the same one."""
    names: list[str] = []
    for day in (DAY_BEFORE, DAY_BEFORE, DAY_AFTER):
        Reminder.objects.all().delete()
        DailyLetter.objects.all().delete()
        send_day_letters(at=day)
        sent: Message = mail.outbox[-1].message()
        assert sent["Auto-Submitted"] == "auto-generated"
        names.append(str(sent["Message-ID"]))
    assert names[0] == names[1] != names[2]


def test_a_round_ends_between_two_letters(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    assert send_day_letters(at=DAY_BEFORE, is_over=lambda: len(mail.outbox) == 1) == Round(sent=1)
    assert Reminder.objects.count() == 1


class SlowBackend(EmailBackend):
    """A mail server that takes its time over the first letter."""

    taken = threading.Event()
    answers = threading.Event()

    def send_messages(self, messages: Any) -> int:
        if not self.taken.is_set():
            self.taken.set()
            assert self.answers.wait(20)
        return int(super().send_messages(messages))


@pytest.fixture
def slow_mail(settings: Settings) -> Iterator[type[SlowBackend]]:
    SlowBackend.taken.clear()
    SlowBackend.answers.clear()
    mail.outbox = []
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    yield SlowBackend
    SlowBackend.answers.set()


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_one_letter(
    activity: PlanElement, reporter: User, slow_mail: type[SlowBackend]
) -> None:
    done: list[Round] = []

    def work() -> None:
        try:
            done.append(send_day_letters(at=DAY_BEFORE))
        finally:
            connection.close()

    first, second = threading.Thread(target=work), threading.Thread(target=work)
    first.start()
    assert slow_mail.taken.wait(20)
    second.start()
    wait_for_a_lock()
    slow_mail.answers.set()
    first.join(20)
    second.join(20)
    assert sorted(each.sent for each in done) == [0, 1]
    assert len(mail.outbox) == 1
    assert Reminder.objects.count() == 1
