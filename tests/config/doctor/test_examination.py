"""The command and the operator's page say the same; the exit status says whether all is well."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import OperationalError, connections
from django.test import Client

from accounts.models import User
from config.doctor import examination
from config.doctor.examination import Topic
from config.doctor.findings import Finding, fine, watch, wrong
from tests.conftest import SignIn


def well() -> Iterator[Finding]:
    yield fine("Todo bien.")
    yield watch("Mire esto.")


def badly() -> Iterator[Finding]:
    yield wrong("Encienda aquello.")


def broken() -> Iterator[Finding]:
    yield fine(f"La mitad de nada: {1 / 0}")


@pytest.fixture
def topics(monkeypatch: pytest.MonkeyPatch) -> Any:
    def look_at(*checks: Any, asks_database: bool = False) -> None:
        found = tuple(Topic(each.__name__, each, asks_database) for each in checks)
        monkeypatch.setattr(examination, "TOPICS", found)

    return look_at


@pytest.mark.django_db
def test_what_is_only_to_be_watched_is_no_fault(
    topics: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    topics(well)
    call_command("doctor")
    assert capsys.readouterr().out == ("bien      well: Todo bien.\natención  well: Mire esto.\n")


@pytest.mark.django_db
def test_what_is_wrong_ends_it_with_a_fault_and_what_breaks_hides_nothing_else(
    topics: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    topics(broken, badly)
    with pytest.raises(CommandError, match=r"^2 cosas están mal\.$") as ended:
        call_command("doctor", json=True)
    assert ended.value.returncode == 1
    said = json.loads(capsys.readouterr().out)
    assert [each["grade"] for each in said] == ["mal", "mal"]
    assert "ZeroDivisionError: division by zero" in said[0]["sentence"]
    assert said[1] == {"topic": "badly", "grade": "mal", "sentence": "Encienda aquello."}


def test_without_the_database_it_says_what_can_be_seen(
    topics: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise OperationalError("connection refused\n\tIs it running?\n")

    topics(broken, asks_database=True)
    monkeypatch.setattr(connections["default"], "ensure_connection", away)
    [result] = examination.examine()
    assert "no responde (Is it running?)" in result.findings[0].sentence


@pytest.mark.django_db
def test_a_letter_is_sent_where_it_is_asked_for(topics: Any) -> None:
    topics(well)
    call_command("doctor", mail="alguien@puno.pe")
    assert [each.to for each in mail.outbox] == [["alguien@puno.pe"]]


def test_the_operator_reads_the_same(topics: Any, operator: User, signed_in: SignIn) -> None:
    topics(well, badly)
    page = signed_in(operator).get("/gestion/instalacion/").content.decode()
    assert "Una cosa está mal. Una pide atención." in page
    assert page.index("<strong>Mal.</strong> Encienda aquello.</li>") < page.index("Mire esto.")


def test_the_operator_reads_that_nothing_is_wrong(
    topics: Any, operator: User, signed_in: SignIn
) -> None:
    topics(well)
    assert "<p>Nada está mal." in signed_in(operator).get("/gestion/instalacion/").content.decode()


@pytest.mark.parametrize("who", ["planner", "outsider", "reporter"])
def test_nobody_else_reads_it(who: str, request: Any, topics: Any, signed_in: SignIn) -> None:
    topics(badly)
    answer = signed_in(request.getfixturevalue(who)).get("/gestion/instalacion/")
    assert (answer.status_code, b"aquello" in answer.content) == (403, False)


def test_a_stranger_is_asked_who_they_are_and_no_page_of_it_is_kept(
    topics: Any, client: Client, operator: User, signed_in: SignIn
) -> None:
    topics(badly)
    assert client.get("/gestion/instalacion/").status_code == 302
    page = signed_in(operator).get("/gestion/instalacion/")
    assert {"private", "no-store"} <= set(page["Cache-Control"].split(", "))
    enforcing = Client(enforce_csrf_checks=True)
    enforcing.cookies = signed_in(operator).cookies
    assert enforcing.post("/gestion/instalacion/").status_code in {403, 405}


def test_what_goes_wrong_is_said_as_text(topics: Any, operator: User, signed_in: SignIn) -> None:
    def marked() -> Iterator[Finding]:
        yield wrong("<script>alert(1)</script>")

    topics(marked)
    page = signed_in(operator).get("/gestion/instalacion/").content.decode()
    assert "&lt;script&gt;alert(1)" in page


@pytest.mark.django_db
def test_no_secret_is_said(settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    settings.EMAIL_HOST_PASSWORD = "clave-del-correo"
    said = json.dumps([each.as_data() for each in examination.examine()], ensure_ascii=False)
    assert "127.0.0.1:9 no acepta la conexión" in said
    assert "No se pudo comprobar" not in said
    assert "clave-del-correo" not in said
    assert settings.SECRET_KEY not in said
