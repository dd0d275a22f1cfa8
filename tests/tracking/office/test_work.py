"""The command that works in the background."""

import datetime as dt
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from types import SimpleNamespace
from unittest.mock import Mock

import pytest
from django.conf import settings as project
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DataError, OperationalError, connection
from django.utils import timezone
from pytest_django import Settings

from accounts.choices import TokenScope
from accounts.models import Municipality, User
from accounts.services.letters import Round
from accounts.services.tokens import admit, make_token
from config import cluster
from plans.models import PlanElement
from tests.meanwhile import PATIENCE
from tests.tracking.transparency.trees import enter
from tracking.accountability.rendering import Making
from tracking.management import chores
from tracking.management.commands import work
from tracking.models import Heartbeat, PendingLeaf, SemesterWindow


@pytest.fixture
def due_today(activity: PlanElement, window: SemesterWindow) -> None:
    SemesterWindow.objects.update(due_on=timezone.localdate(), closes_on=timezone.localdate())


def once() -> str:
    out = StringIO()
    call_command("work", "--once", stdout=out)
    return out.getvalue()


def test_once_does_what_is_due_and_ends(due_today: None, reporter: User, planner: User) -> None:
    assert once() == "2 asientos entraron al registro del portal.\n2 cartas del día enviadas.\n"
    assert len(mail.outbox) == 2
    assert once() == ""
    assert len(mail.outbox) == 2


def test_once_tells_of_a_token_that_expires_soon(reporter: User, puno: Municipality) -> None:
    lasts = dt.timedelta(days=5)
    token, _text = make_token(reporter, puno, "Sistema de obras", TokenScope.READ, lasts=lasts)
    admit(token, TokenScope.READ)
    assert once() == "1 carta enviada.\n1 aviso de una clave que vence enviado.\n"
    assert once() == ""


def test_whoever_watches_sees_that_it_worked(db: None) -> None:
    began = timezone.now()
    once()
    assert Heartbeat.objects.get().at >= began
    once()  # by another worker: there is one sign, of whoever worked last


def test_a_long_round_is_no_silence(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def make(*, is_over: Callable[[], bool]) -> Making:
        Heartbeat.objects.all().delete()
        assert not is_over()
        seen.append(Heartbeat.objects.count())
        return Making()

    monkeypatch.setattr(work, "BEATING", 0)
    monkeypatch.setattr(chores, "make_files", make)
    once()
    assert seen == [1]


def test_what_is_published_while_files_wait_enters_the_log_before_the_next(
    puno: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited = []

    def make(*, is_over: Callable[[], bool]) -> Making:
        for _file in range(2):
            enter(puno, 1)
            assert not is_over()
            waited.append(PendingLeaf.objects.count())
        return Making()

    monkeypatch.setattr(work, "PAUSE", 0)
    monkeypatch.setattr(chores, "make_files", make)
    assert once() == "1 asiento entró al registro del portal.\n" * 2
    assert waited == [0, 0]


def test_a_database_that_goes_away_as_the_log_grows_ends_what_is_being_done(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """What keeps the log alone from growing is told, and keeps nothing else."""
    ended = []

    def make(*, is_over: Callable[[], bool]) -> Making:
        for error in (DataError("a row of the log"), OperationalError("the database went away")):
            with monkeypatch.context() as failing:
                failing.setattr(chores, "grow", Mock(side_effect=error))
                ended.append(is_over())
        return Making()

    monkeypatch.setattr(work, "PAUSE", 0)
    monkeypatch.setattr(chores, "make_files", make)
    once()
    assert ended == [False, True]
    assert [each.getMessage() for each in caplog.records] == [
        "The round was given up",
        "The round was given up: the database went away",
    ]


def test_once_says_what_failed(due_today: None, reporter: User, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9  # nobody listens there
    with pytest.raises(CommandError, match="1 correo no salió"):
        once()


def test_a_round_that_meets_no_database_is_told_once_and_followed_by_the_next(
    db: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    rounds: list[Round | None] = [None, Round(sent=1)]
    command = work.Command(stdout=StringIO())
    tried = []

    def send(**_options: object) -> Round:
        done = rounds.pop(0)
        if done is None:
            raise OperationalError("the database went away")
        command.is_stopping = True
        return done

    def warn(**_options: object) -> Round:
        tried.append(len(rounds))
        return Round()

    monkeypatch.setattr(chores, "send_day_letters", send)
    monkeypatch.setattr(work, "leaves_at", lambda _day: timezone.now())
    monkeypatch.setattr(chores, "warn_of_expiry", warn)
    monkeypatch.setattr(work, "PAUSE", 0)
    monkeypatch.setattr(work, "REMINDING", 0)
    monkeypatch.setattr(connection, "close", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_handler: None)
    command.handle(once=False)
    assert rounds == []
    assert tried == [0]  # not in the round that was given up
    assert [each.getMessage() for each in caplog.records if each.levelname == "ERROR"] == [
        "The round was given up: the database went away"
    ]


@pytest.mark.parametrize(("hours", "sent"), [(1, 0), (-1, 2)])
def test_the_letters_of_the_day_wait_for_their_hour(
    due_today: None, reporter: User, planner: User, hours: int, sent: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Unless somebody runs it once, by a timetable of their own."""
    command = work.Command(stdout=StringIO())
    hour = timezone.now() + dt.timedelta(hours=hours)
    monkeypatch.setattr(work, "leaves_at", lambda _day: hour)
    assert command._send_when_due() == 0
    assert len(mail.outbox) == sent
    once()
    assert len(mail.outbox) == 2


def test_a_day_of_whose_letters_none_is_left_is_not_asked_for_again(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds = [Round(failed=1), Round(sent=1), Round(), Round(sent=1)]
    monkeypatch.setattr(work, "leaves_at", lambda _day: timezone.now())
    monkeypatch.setattr(chores, "send_day_letters", lambda **_: rounds.pop(0))
    command = work.Command(stdout=StringIO())
    assert [command._send_when_due() for _each in range(5)] == [1, 0, 0, 0, 0]
    assert rounds == [Round(sent=1)]
    command.told_on = timezone.localdate() - dt.timedelta(days=1)
    assert command._send_when_due() == 0
    assert rounds == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.usefixtures("db", "handlers_of_signals")
def test_it_rests_and_goes_on_until_it_is_told_to_end(
    number: signal.Signals, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0
    forgotten: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal now
        now += seconds
        if now > 2 * work.REMINDING:
            assert len(forgotten) < 4, "it was told to end"
            signal.raise_signal(number)

    monkeypatch.setattr(work, "time", SimpleNamespace(monotonic=lambda: now, sleep=sleep))
    monkeypatch.setattr(chores, "forget_answers", lambda **_at: forgotten.append(now))
    monkeypatch.setattr(connection, "close", lambda: None)
    work.Command(stdout=StringIO()).handle(once=False)
    assert forgotten == [0, work.REMINDING, 2 * work.REMINDING]
    assert now == 2 * work.REMINDING + 1  # a rest is cut short


@pytest.mark.usefixtures("db", "handlers_of_signals")
def test_it_ends_with_the_server_that_it_works_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where whoever started it is gone, and tells it nothing."""
    rests: list[float] = []

    def sleep(seconds: float) -> None:
        rests.append(seconds)
        assert len(rests) < 4, "the server is gone"
        if len(rests) == 3:
            server.kill()
            server.wait(PATIENCE)

    monkeypatch.setattr(work, "time", SimpleNamespace(monotonic=lambda: len(rests), sleep=sleep))
    monkeypatch.setattr(connection, "close", lambda: None)
    with subprocess.Popen(["sleep", "600"]) as server:
        work.Command(stdout=StringIO()).handle(once=False, server=server.pid)
    assert len(rests) == 3


@pytest.mark.django_db(transaction=True)
def test_its_process_ends_well_when_it_is_told_to() -> None:
    database = connection.settings_dict["NAME"]
    socket = cluster.socket_directory()
    running = subprocess.Popen(
        [sys.executable, "-u", "manage.py", "work"],
        cwd=project.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": f"postgres://{cluster.ROLES['app']}@/{socket}/{database}",
            "DATABASE_ROLE": "app",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "LOG_FORMAT": "json",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert running.stderr
        begins = json.loads(running.stderr.readline())
        assert begins["message"] == "Trabajando de fondo; SIGTERM lo termina."
        running.terminate()
        out, complaints = running.communicate(timeout=PATIENCE)
    finally:
        running.kill()
        running.wait(PATIENCE)
    assert (running.returncode, out, complaints) == (0, "", "")
