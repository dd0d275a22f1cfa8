"""A letter before a token expires, while there is time to make another."""

import datetime as dt
import threading

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from django.db import OperationalError, transaction

from accounts.choices import Role, TokenScope
from accounts.models import Municipality, Token, User
from accounts.services import expiring
from accounts.services.expiring import warn_of_expiry
from accounts.services.letters import Round
from accounts.services.people import end_role
from accounts.services.tokens import admit, make_token, revoke_token
from tests.factories import make_person
from tests.meanwhile import PATIENCE, Meanwhile

pytestmark = pytest.mark.django_db

MONTH = dt.timedelta(days=30)
WEEK = dt.timedelta(days=7)


@pytest.fixture
def token(reporter: User, puno: Municipality) -> Token:
    """In use, and of a month."""
    made, _text = make_token(reporter, puno, "Sistema de obras", TokenScope.WRITE, lasts=MONTH)
    admit(made, TokenScope.READ)
    mail.outbox.clear()
    return made


def test_its_person_is_told_a_week_before_and_once(token: Token, reporter: User) -> None:
    assert warn_of_expiry(at=token.expires_at - WEEK - dt.timedelta(minutes=1)) == Round()
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round(sent=1)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()
    assert warn_of_expiry(at=token.expires_at - dt.timedelta(days=1)) == Round()
    [letter] = mail.outbox
    assert letter.to == [reporter.email]
    assert "«Sistema de obras»" in letter.subject
    assert "/gestion/claves/puno/" in letter.body
    assert letter.extra_headers["Message-ID"] == f"<clave.{token.pk}@localhost>"


def test_a_late_worker_still_tells(token: Token) -> None:
    assert warn_of_expiry(at=token.expires_at - dt.timedelta(hours=1)) == Round(sent=1)


def test_one_that_expired_is_past_telling(token: Token) -> None:
    assert warn_of_expiry(at=token.expires_at) == Round()


def test_one_that_no_system_used_is_not_told_of(token: Token) -> None:
    Token.objects.update(last_used_on=None)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()


def test_one_that_was_revoked_is_not_told_of(token: Token) -> None:
    revoke_token(token)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()


def test_nor_one_whose_person_left(token: Token, reporter: User, operator: User) -> None:
    end_role(reporter.memberships.get(), by=operator)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()


def test_what_the_mail_server_refuses_is_tried_again(
    token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(EmailBackend, "send_messages", lambda *_: 0)
        assert warn_of_expiry(at=token.expires_at - WEEK) == Round(failed=1)
    assert not Token.objects.exclude(warned_at=None).exists()
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round(sent=1)


def test_a_faulty_letter_does_not_silence_the_others(token: Token, puno: Municipality) -> None:
    other = make_person("otra@puno.pe", Role.PLANNING, puno)
    later, _text = make_token(other, puno, "Padrón", TokenScope.READ, lasts=MONTH)
    admit(later, TokenScope.READ)
    mail.outbox.clear()
    User.objects.filter(pk=token.person.pk).update(email="two\nlines@puno.pe")
    assert warn_of_expiry(at=later.expires_at - WEEK) == Round(sent=1, failed=1)
    assert [letter.to for letter in mail.outbox] == [["otra@puno.pe"]]


def test_a_database_that_is_away_ends_the_round(
    token: Token, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    other, _text = make_token(
        token.person, token.municipality, "Padrón", TokenScope.READ, lasts=MONTH
    )
    admit(other, TokenScope.READ)
    tried = []

    def away(*_args: object, **_kept: object) -> None:
        tried.append(1)
        raise OperationalError("connection refused")

    monkeypatch.setattr(expiring, "send_unasked", away)
    with pytest.raises(OperationalError):
        warn_of_expiry(at=other.expires_at - WEEK)
    assert (tried, caplog.records) == ([1], [])  # whoever asked for the round tells of it, once


def test_who_is_no_longer_active_is_not_told(token: Token) -> None:
    User.objects.update(is_active=False)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()


@pytest.mark.django_db(transaction=True)
def test_while_a_letter_is_sent_no_worker_sends_it_again_and_nobody_waits(
    token: Token, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken, answers = threading.Event(), threading.Event()
    done: list[Round] = []

    def send(_backend: EmailBackend, messages: list[EmailMessage]) -> int:
        taken.set()
        assert answers.wait(PATIENCE)
        return len(messages)

    monkeypatch.setattr(EmailBackend, "send_messages", send)
    worker = Meanwhile(lambda: done.append(warn_of_expiry(at=token.expires_at - WEEK)))
    worker.start()
    assert taken.wait(PATIENCE)
    assert warn_of_expiry(at=token.expires_at - WEEK) == Round()
    with transaction.atomic():
        Token.objects.select_for_update(nowait=True).get()  # as a system that writes, or revoking
    assert revoke_token(token)
    answers.set()
    worker.join(PATIENCE)
    assert (done, worker.refused) == ([Round(sent=1)], None)
    assert Token.objects.exclude(warned_at=None).exists()
