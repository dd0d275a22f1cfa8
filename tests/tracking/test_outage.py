"""The database away, or kept busy: at every door a page that says so, and one line in the log."""

import errno
import io
import logging
import re
from collections.abc import Iterator
from unittest.mock import patch

import pytest
from django.conf import settings
from django.db import DatabaseError, Error, InternalError, OperationalError, connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.utils.html import escape

from accounts.outage import Outage, outage_of
from config.outages import OutageInOneLine

PAGES = [
    "/",
    "/metodologia/",
    "/municipios/",
    "/buscar/?q=agua",
    "/rendicion/",
    "/datos/",
    "/datos/plans.csv",
    "/m/puno/",
    "/m/puno/2019-2022/",
    "/m/puno/2019-2022/novedades.atom",
    "/gestion/",
    "/admin/",
]
PROGRAMS = ["/api/v1/plans/", "/api/v1/worklist/"]


def asked(address: str, method: str = "GET") -> tuple[int, str, str, str]:
    """The answer's status, its Retry-After, its content type and what it says."""
    browser = Client(raise_request_exception=False)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32
    token = {"Authorization": "Bearer vigia_" + "a" * 43}
    answer = browser.generic(method, address, headers=token)
    told = answer.content.decode()
    return answer.status_code, answer.get("Retry-After", ""), answer["Content-Type"], told


def asked_alone(address: str) -> tuple[int, str, str, str]:
    """What fails in the database is undone before the next one asks."""
    with transaction.atomic():
        answer = asked(address)
        transaction.set_rollback(True)
    return answer


@pytest.fixture
def away() -> Iterator[None]:
    refused = OperationalError("connection refused\n\tIs the server running?")
    with patch.object(BaseDatabaseWrapper, "ensure_connection", side_effect=refused):
        yield


@pytest.fixture
def locked(db: None) -> Iterator[None]:
    """Somebody forgot a lock; who waits for it is given up at once."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_municipality, accounts_session, accounts_token")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '20ms'")
    yield
    other.close()


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("address", PAGES)
def test_without_the_database_each_page_says_so(address: str) -> None:
    status, wait, _type, told = asked(address)
    assert (status, wait) == (503, "30")
    assert "<h1>La base de datos no responde</h1>" in told
    assert "Lo que acaba de enviar" not in told


@pytest.mark.usefixtures("away")
@pytest.mark.parametrize("address", PROGRAMS)
def test_without_the_database_programs_are_told_as_programs(address: str) -> None:
    status, wait, kind, told = asked(address)
    assert (status, wait, kind) == (503, "30", "application/problem+json")
    assert "La base de datos no responde" in told


@pytest.mark.usefixtures("away")
def test_whoever_was_sending_is_told_to_look_before_sending_again() -> None:
    *_answer, told = asked("/gestion/semestres/puno/", "POST")
    assert "puede no haberse guardado" in told


@pytest.mark.usefixtures("away")
def test_whoever_watches_is_told_without_the_database() -> None:
    status, wait, kind, told = asked("/healthz")
    assert (status, wait, kind) == (503, "30", "text/plain")
    assert told == "database: no answer\n"


@pytest.mark.usefixtures("locked")
def test_a_forgotten_lock_is_a_page_and_not_a_wait() -> None:
    for address in PAGES:
        status, wait, _type, told = asked_alone(address)
        assert (address, status, wait) == (address, 503, "5")
        assert "<h1>Estos datos están ocupados</h1>" in told
    for address in PROGRAMS:
        status, wait, kind, _told = asked_alone(address)
        assert (address, status, wait, kind) == (address, 503, "5", "application/problem+json")
    assert asked("/healthz")[0] == 200


@pytest.mark.usefixtures("locked")
def test_what_lasts_too_long_leads_to_asking_less_and_loses_nothing_typed() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = 0; SET LOCAL statement_timeout = '20ms'")
    typed = "/buscar/?q=agua+%22y+luz%22&nivel=target&estado=sin-informe&pagina=3"
    status, wait, _type, told = asked_alone(typed)
    assert (status, wait) == (503, "20")
    assert "<h1>Lo que pidió tardaba demasiado</h1>" in told
    assert 'name="q" value="agua &quot;y luz&quot;"' in told
    hidden = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]+)"', told)
    assert hidden == [("nivel", "target"), ("estado", "sin-informe")]
    assert f'href="{escape(typed)}"' in told
    *_answer, told = asked_alone("/m/puno/2019-2022/")
    assert "<h1>Lo que pidió tardaba demasiado</h1>" in told
    assert "pida menos: un solo municipio" in told
    status, wait, kind, told = asked_alone("/api/v1/plans/")
    assert (status, wait, kind) == (503, "20", "application/problem+json")
    assert "con un filtro más" in told


def test_a_full_disk_is_a_page_that_says_so(caplog: pytest.LogCaptureFixture) -> None:
    full = OSError(errno.ENOSPC, "No space left on device")
    with patch("django.http.request.HttpRequest.parse_file_upload", side_effect=full):
        browser = Client(raise_request_exception=False)
        answer = browser.post("/gestion/semestres/puno/", {"file": io.BytesIO(b"x")})
        told = browser.post("/verificar/", {"archivo": io.BytesIO(b"x")}).content.decode()
    assert (answer.status_code, answer["Retry-After"]) == (503, "600")
    for page in (told, answer.content.decode()):
        assert "<h1>No queda espacio para guardar archivos</h1>" in page
        assert "Lo que acaba de enviar no se guardó" in page
    assert {record.exc_info for record in caplog.records} == {None}


@pytest.mark.usefixtures("away")
def test_the_log_says_why_in_one_line(caplog: pytest.LogCaptureFixture) -> None:
    asked("/municipios/")
    (record,) = caplog.records
    assert record.levelno == logging.ERROR
    assert record.getMessage() == ("Service Unavailable: /municipios/ (connection refused)")
    assert record.exc_info is None


def test_what_is_our_own_fault_keeps_its_traceback() -> None:
    fault = ValueError("no")
    record = logging.LogRecord("x", logging.ERROR, "", 0, "m", None, (ValueError, fault, None))
    assert OutageInOneLine().filter(record)
    assert record.exc_info


class Said(Exception):
    def __init__(self, pgcode: str | None) -> None:
        self.pgcode = pgcode


def failure(code: str | None, kind: type[Error] = OperationalError) -> Error:
    """As Django raises it, because the driver said CODE."""
    error = kind("something")
    error.__cause__ = Said(code)
    return error


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (OperationalError("no route to host"), Outage.AWAY),
        (failure("57P01"), Outage.AWAY),  # an administrator ended the session
        (failure("53300"), Outage.AWAY),  # too many connections
        (failure("25P03", InternalError), Outage.AWAY),  # idle in a transaction for too long
        (failure("55P03"), Outage.BUSY),  # a lock was not had
        (failure("57014"), Outage.LONG),  # a query lasted too long
        (failure("40P01"), Outage.BUSY),  # a deadlock
        (failure(None, DatabaseError), Outage.AWAY),  # the server died while it was answering
        (DatabaseError("Save with update_fields did not affect any rows."), None),  # Django's own
        (failure("54001"), None),  # a statement that is too complex is our own
        (OSError(errno.ENOSPC, "No space left on device"), Outage.FULL),
        (OSError(errno.EACCES, "Permission denied"), None),
        (InternalError("something"), None),
        (ValueError("something"), None),
        (None, None),
    ],
)
def test_an_outage_is_told_from_a_fault(error: Exception | None, kind: Outage | None) -> None:
    assert outage_of(error) is kind
