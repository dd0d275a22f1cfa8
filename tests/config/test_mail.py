"""Where letters leave: a server, a service, or one's own console."""

import base64
from smtplib import SMTPRecipientsRefused
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import clear_url_caches
from pytest_django import Settings

from accounts.services.letters import Refused, hand_over, send_letter
from config import mail_events
from config.mail import mail_of, settings_of
from config.site import site_of

REAL = site_of("https://vigia.example.pe")
MINE = site_of("http://localhost:8000")
SECRET = "vigia:una-clave-que-nadie-adivina"


@pytest.mark.parametrize("said", ["", "consolemail://", "filemail:///tmp/x", "dummymail://"])
def test_letters_that_open_accounts_are_not_written_down_where_it_is_real(said: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="Falta EMAIL_URL"):
        mail_of(REAL, said)


def test_letters_leave_by_a_server_or_show_on_one_s_own_console() -> None:
    server = "smtp+tls://vigia:clave@correo.example.pe:587"
    assert mail_of(REAL, server) == server
    assert mail_of(MINE, "") == "consolemail://"
    read = settings_of(REAL, {"EMAIL_URL": server, "DEFAULT_FROM_EMAIL": "vigia@example.pe"})
    assert (read.django["EMAIL_HOST"], read.django["EMAIL_PORT"]) == ("correo.example.pe", 587)
    assert read.django["EMAIL_USE_TLS"]
    assert read.django["DEFAULT_FROM_EMAIL"] == "vigia@example.pe"
    assert (read.service, read.told) == ("", {})


def test_a_service_takes_them_by_its_name() -> None:
    told = {
        "EMAIL_URL": "anymail://mailgun",
        "ANYMAIL_MAILGUN_API_KEY": "llave",
        "ANYMAIL_WEBHOOK_SECRET": SECRET,
    }
    read = settings_of(REAL, told)
    assert read.django["EMAIL_BACKEND"] == "anymail.backends.mailgun.EmailBackend"
    assert read.service == "mailgun"
    assert read.told["MAILGUN_API_KEY"] == "llave"
    assert read.told["WEBHOOK_SECRET"] == SECRET
    unsaid = settings_of(REAL, {**told, "ANYMAIL_MAILGUN_API_URL": ""})
    assert unsaid.told == read.told


@pytest.mark.parametrize(
    "url", ["anymail://", "anymail://paloma", "anymail://base..x", "anymail:x"]
)
def test_a_service_that_is_not_known_is_refused(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="no se conoce"):
        settings_of(REAL, {"EMAIL_URL": url})


@pytest.mark.parametrize("secret", ["corta", "vigia:corta", "sin-dos-puntos-pero-larga"])
def test_a_secret_that_can_be_guessed_is_refused(secret: str) -> None:
    told = {"EMAIL_URL": "anymail://mailgun", "ANYMAIL_WEBHOOK_SECRET": secret}
    with pytest.raises(ImproperlyConfigured, match="ANYMAIL_WEBHOOK_SECRET"):
        settings_of(REAL, told)


@pytest.mark.parametrize(
    ("said", "is_refused"),
    [
        (b"5.1.1 no such user", True),
        (b"5.7.1 relaying denied", False),
        (b"no such user 5.1.12", False),
    ],
)
def test_only_an_address_that_nobody_has_is_refused_for_good(
    said: bytes, is_refused: bool, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def send(_letter: mail.EmailMessage, **_options: Any) -> int:
        raise SMTPRecipientsRefused({"rosa@example.pe": (550, said)})

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    letter = mail.EmailMessage("Hola", "Hola", to=["rosa@example.pe"])
    if is_refused:
        with pytest.raises(Refused):
            hand_over(letter, name="prueba")
    else:
        assert not hand_over(letter, name="prueba")
        assert "A letter could not be sent: prueba" in caplog.text
    assert "rosa" not in caplog.text


@pytest.mark.parametrize(("status", "is_refused"), [("rejected", True), ("queued", False)])
def test_a_service_says_to_whom_it_sends_no_more(
    status: str, is_refused: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(letter: Any, **_options: Any) -> int:
        letter.anymail_status = SimpleNamespace(status={status})
        return 1

    monkeypatch.setattr(mail.EmailMessage, "send", send)
    assert send_letter("follow_stay", "rosa@example.pe", {}) is not is_refused


class Webhooks:
    """The addresses of a portal whose letters a service takes."""

    def __init__(self) -> None:
        self.urlpatterns = mail_events.addresses()


@pytest.fixture
def forgotten(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    settings.MAIL_SERVICE = "postmark"
    settings.ANYMAIL = {"WEBHOOK_SECRET": SECRET}
    settings.ROOT_URLCONF = Webhooks()
    clear_url_caches()
    mail_events.listen()
    addresses: list[str] = []
    monkeypatch.setattr(mail_events, "forget_address", addresses.append)
    return addresses


def told_of(kind: str, *, secret: str = SECRET) -> int:
    """What a service is answered that tells KIND of an event of Rosa's address."""
    said = base64.b64encode(secret.encode()).decode()
    event = {"RecordType": kind, "Email": "rosa@example.pe", "ID": 1, "Type": "HardBounce"}
    event["BouncedAt"] = event["DeliveredAt"] = "2026-11-30T00:00:00Z"
    answer = Client(raise_request_exception=False).post(
        "/correo/postmark/tracking/",
        event | {"Recipient": "rosa@example.pe"},
        content_type="application/json",
        headers={"authorization": f"Basic {said}"},
    )
    return answer.status_code


def test_an_address_that_bounces_is_forgotten_when_its_service_says_so(
    forgotten: list[str],
) -> None:
    assert told_of("Delivery") == 200
    assert forgotten == []
    assert told_of("Bounce") == 200
    assert forgotten == ["rosa@example.pe"]


def test_nobody_else_is_believed(forgotten: list[str]) -> None:
    assert told_of("Bounce", secret="vigia:otra-clave-cualquiera") == 400
    assert forgotten == []


def test_nothing_is_heard_without_a_secret(settings: Settings) -> None:
    settings.MAIL_SERVICE, settings.ANYMAIL = "postmark", {}
    assert mail_events.addresses() == []


def test_of_a_service_only_what_becomes_of_letters_is_heard(settings: Settings) -> None:
    settings.MAIL_SERVICE, settings.ANYMAIL = "postmark", {"WEBHOOK_SECRET": SECRET}
    heard: Any = mail_events.addresses()[0]
    assert [each.name for each in heard.url_patterns] == ["postmark_tracking_webhook"]
