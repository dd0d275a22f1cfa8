"""How a line of the log is written, and what is in none of them."""

import logging
import re
import subprocess
import sys
from typing import Any, Final

import pytest
from django.conf import settings
from django.urls import reverse

from config import server
from config.logs import Line

KEY = {"uidb36": "4q", "key": "d7x-81afe0"}
BEFORE = r"2026-11-29T01:33:25\.120Z WARNING django\.security\.csrf "


def record(told: str, *args: object, **more: Any) -> logging.LogRecord:
    made = logging.LogRecord(
        "django.security.csrf", logging.WARNING, "", 0, told, args, more.get("exc_info")
    )
    made.created, made.msecs = 1795916005.12, 120.0
    return made


def test_a_line_says_when_in_utc_how_grave_and_who_tells() -> None:
    assert re.fullmatch(BEFORE + "Forbidden", Line().format(record("Forbidden")))


def test_every_line_of_many_says_so_too() -> None:
    try:
        raise ValueError("uno\n2026-11-29T01:33:25.120Z INFO vigia.security sign_in account=1")
    except ValueError:
        told = Line().format(record("Failed", exc_info=sys.exc_info()))
    lines = told.splitlines()
    assert len(lines) > 3
    assert all(re.match(BEFORE, line) for line in lines)


@pytest.mark.parametrize(
    ("address", "left"),
    [
        (reverse("invitation", args=["tZ_q-93"]), "/cuenta/invitacion/…"),
        (reverse("account_reset_password_from_key", kwargs=KEY), "/cuenta/clave/nueva/…"),
        (reverse("account_reset_password"), "/cuenta/clave/olvido/"),
        (reverse("following:theirs", args=["MjA:1xX:d_7"]), "/seguir/mio/…"),
        (reverse("following:leave", args=["MjA:1xX:d_7"]), "/seguir/dejar/…"),
        (reverse("following:confirm", args=["MjA:1xX:d_7"]), "/seguir/confirmar/…"),
    ],
)
def test_what_opens_an_account_or_leaves_for_somebody_is_left_out(address: str, left: str) -> None:
    refused = record("Forbidden (%s): %s", "CSRF cookie not set.", address)
    assert Line().format(refused).endswith(f"Forbidden (CSRF cookie not set.): {left}")
    try:
        raise ValueError(f"'{address}'")
    except ValueError:
        told = Line().format(record("Failed", exc_info=sys.exc_info()))
    assert told.endswith(f"ValueError: '{left}'")


@pytest.mark.parametrize("told", [settings.LOGGING, server.logconfig_dict])
def test_every_handler_writes_such_lines_the_server_s_too(told: dict[str, Any]) -> None:
    assert {each["formatter"] for each in told["handlers"].values()} == {"line"}
    assert told["formatters"]["line"] == {"()": "config.logs.Line"}


ANSWER_A_HEAD: Final = """
import logging.config
import socket
from types import SimpleNamespace
from gunicorn.config import Config
from gunicorn.http.wsgi import Response
from config import server
logging.config.dictConfig(server.logconfig_dict)
ours, theirs = socket.socketpair()
asked = SimpleNamespace(method="HEAD", version=(1, 1), headers=[], should_close=lambda: True)
answer = Response(asked, ours, Config())
answer.start_response("200 OK", [("Content-Length", "4")])
answer.write(b"page")
"""


def test_a_question_without_its_page_leaves_no_line() -> None:
    """Django leaves it to the server to drop the page, and gunicorn would tell of each."""
    done = subprocess.run(
        [sys.executable, "-c", ANSWER_A_HEAD],
        capture_output=True,
        cwd=settings.BASE_DIR,
        check=True,
    )
    assert done.stderr == b""
