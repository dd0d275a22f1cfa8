"""Letters leave once: whatever fails, is killed or works at the same time."""

import datetime as dt
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from smtplib import SMTPServerDisconnected
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.services.letters import Refused, Round
from plans.models import PlanElement
from tests.serving import Server
from tests.tracking.following.followed import Rosa, is_known, link_in, visit
from tests.tracking.office.test_two_workers import by_two
from tests.tracking.published import draft, open_window, publish
from tracking.choices import FollowKind, Step
from tracking.following import sending
from tracking.following.sections import sections_of
from tracking.following.sending import ask_who_stays, send_at_once, send_weekly
from tracking.models import Follower, ProgressReport
from tracking.services.following import ANSWERED_WITHIN, heads_of

pytestmark = pytest.mark.django_db


def next_week() -> Round:
    return send_weekly(week=timezone.localdate() + dt.timedelta(1))


@pytest.fixture
def news(
    rosa: Rosa, begun: ProgressReport, activity: PlanElement, reporter: User, planner: User
) -> Callable[[], ProgressReport]:
    """What publishes a report of the next semester."""

    def report() -> ProgressReport:
        last = ProgressReport.objects.order_by("semester").last()
        assert last
        open_window(activity.plan.municipality, last.semester.next)
        return publish(draft(activity, last.semester.next, reporter, step=Step.RUNNING), by=planner)

    return report


def test_at_once_is_told_what_was_published_of_the_promise_alone(
    rosa: Rosa, news: Callable[[], ProgressReport], activity: PlanElement
) -> None:
    rosa.follows(FollowKind.PROMISE, at_once=True)
    Rosa(activity, "juan@example.pe").follows(FollowKind.PROMISE)
    assert send_at_once() == Round()
    news()
    assert send_at_once() == Round(sent=1)
    assert [each.to for each in mail.outbox] == [[rosa.email]]
    assert "o el mismo día de lo que así lo pidió" in mail.outbox[0].body
    assert send_at_once() == Round()
    assert next_week() == Round(sent=1)  # to whom it is told once a week


def test_what_no_server_takes_is_tried_again_and_the_log_names_nobody(
    rosa: Rosa, news: Callable[[], ProgressReport],
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    rosa.follows(FollowKind.PLAN)
    news()

    def hang_up(*_letters: Any) -> int:
        raise SMTPServerDisconnected("rosa@example.pe is what it was about")

    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", hang_up)
        assert next_week() == Round(failed=1)
    assert "A letter could not be sent: follow (SMTPServerDisconnected: … is" in caplog.text
    assert "rosa@" not in caplog.text
    assert next_week() == Round(sent=1)


def test_a_server_that_takes_none_is_not_asked_for_all(
    rosa: Rosa, news: Callable[[], ProgressReport], activity: PlanElement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for n in range(3):
        Rosa(activity, f"p{n}@example.pe").follows(FollowKind.PLAN)
    news()
    monkeypatch.setattr(sending, "PATIENCE", 2)
    monkeypatch.setattr(EmailBackend, "send_messages", lambda *_letters: 0)
    assert next_week() == Round(failed=2)


def test_an_address_that_nobody_has_is_forgotten(
    rosa: Rosa, news: Callable[[], ProgressReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa.follows(FollowKind.PLAN)
    news()

    def refuse(*_letter: Any, **_options: Any) -> bool:
        raise Refused

    monkeypatch.setattr(sending, "hand_over", refuse)
    assert next_week() == Round()
    assert not is_known()


def test_a_letter_that_is_sent_again_is_the_same(
    rosa: Rosa, news: Callable[[], ProgressReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A death between the server's answer and the commit: the server has it, the rows do not."""
    rosa.follows(FollowKind.PLAN)
    news()

    def die(told: Any, until: Any) -> None:
        if told:
            raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "note_told", die)
        assert next_week() == Round(failed=1)
    assert next_week() == Round(sent=1)
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    news()
    assert next_week() == Round(sent=1)
    assert mail.outbox[-1].message()["Message-ID"] != second.message()["Message-ID"]


def test_what_is_published_while_letters_are_written_is_told_by_the_next(
    rosa: Rosa, news: Callable[[], ProgressReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa.follows(FollowKind.PLAN)
    news()

    def meanwhile(places: Any) -> dict[int, int]:
        heads = heads_of(places)
        news()
        return heads

    with monkeypatch.context() as patched:
        patched.setattr(sending, "heads_of", meanwhile)
        assert next_week() == Round(sent=1)
    assert "2020-I" not in mail.outbox[-1].body
    assert next_week() == Round(sent=1)
    assert "2019-II" in mail.outbox[-1].body
    assert "2020-I" in mail.outbox[-1].body


def test_whoever_leaves_while_letters_are_written_gets_none(
    rosa: Rosa, news: Callable[[], ProgressReport], monkeypatch: pytest.MonkeyPatch
) -> None:
    rosa.follows(FollowKind.PLAN)
    news()

    def leave(*asked: Any) -> Any:
        sections = sections_of(*asked)
        Follower.objects.all().delete()
        return sections

    monkeypatch.setattr(sending, "sections_of", leave)
    assert next_week() == Round()
    assert mail.outbox == []


def test_one_reading_of_a_plan_does_for_all_who_follow_it(
    news: Callable[[], ProgressReport], activity: PlanElement
) -> None:
    """Each letter costs its own transaction; what is read does not grow with who reads."""

    def queries() -> int:
        with CaptureQueriesContext(connection) as made:
            assert next_week().sent
        own = ("SAVEPOINT", "RELEASE", "UPDATE", "FOR UPDATE")
        return sum(not any(word in each["sql"] for word in own) for each in made)

    def another(n: int) -> None:
        rosa = Rosa(activity, f"p{n}@example.pe")
        rosa.follows(FollowKind.PLAN)
        rosa.follows(FollowKind.PROMISE)
        rosa.follows(FollowKind.WORDS, words="comedores")

    another(0)
    news()
    few = queries()
    for n in range(1, 5):
        another(n)
    news()
    assert queries() == few == 14


def test_of_many_batches_none_is_forgotten(
    rosa: Rosa, news: Callable[[], ProgressReport], activity: PlanElement,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for n in range(5):
        Rosa(activity, f"p{n}@example.pe").follows(FollowKind.PLAN)
    news()
    monkeypatch.setattr(sending, "BATCH", 2)
    assert next_week() == Round(sent=5)
    assert len({each.to[0] for each in mail.outbox}) == 5


def test_before_a_year_is_over_they_are_asked_once_whether_they_stay(rosa: Rosa) -> None:
    follower = rosa.follows(FollowKind.PLAN).follower
    assert follower.kept_until
    day = follower.kept_until - ANSWERED_WITHIN
    assert ask_who_stays(at=day - dt.timedelta(1)) == Round()
    assert ask_who_stays(at=day) == Round(sent=1)
    assert ask_who_stays(at=day) == Round()
    page = link_in(mail.outbox[-1])
    Follower.objects.update(kept_until=timezone.localdate() + dt.timedelta(3))
    assert "Quiero seguir" in visit(page).content.decode()
    visit(page, {"seguir": "1"})
    follower.refresh_from_db()
    assert (follower.kept_until, follower.asked_on) == (day + ANSWERED_WITHIN, None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(
    rosa: Rosa, news: Callable[[], ProgressReport], activity: PlanElement
) -> None:
    rosa.follows(FollowKind.PLAN)
    Rosa(activity, "juan@example.pe").follows(FollowKind.PLAN)
    news()
    first, (second,) = by_two(next_week)
    assert first.sent + second.sent == 2
    assert sorted(each.to[0] for each in mail.outbox) == ["juan@example.pe", rosa.email]


KILLED = """
import os, signal, django
django.setup()
from django.core.mail.backends.dummy import EmailBackend
def die(*_letters):
    os.kill(os.getpid(), signal.SIGKILL)
EmailBackend.send_messages = die
from django.core.management import call_command
call_command("work", once=True)
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_at_a_letter_loses_none(
    rosa: Rosa, news: Callable[[], ProgressReport], tmp_path: Path
) -> None:
    rosa.follows(FollowKind.PROMISE, at_once=True)
    news()
    told = Server(tmp_path).environment | {"EMAIL_URL": "dummymail://"}
    killed = subprocess.run(
        [sys.executable, "-c", KILLED], env=told, check=False, cwd=settings.BASE_DIR
    )
    assert killed.returncode == -signal.SIGKILL
    assert send_at_once() == Round(sent=1)
