"""Once a week the newest head is stamped: one good stamp is kept, and nothing else ever."""

import datetime as dt
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import StringIO
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Municipality
from tests.tracking.signed import root
from tests.tracking.transparency.authority import NAME, Reply, listening, refused, stamped
from tests.tracking.transparency.trees import enter
from tracking.management import chores
from tracking.management.commands import work as worker
from tracking.models import HeadStamp
from tracking.models.stamp import LONGEST_STAMP
from tracking.transparency import stamping
from tracking.transparency.growing import grow
from tracking.transparency.heads import newest_head
from tracking.transparency.notes import Note
from tracking.transparency.stamping import stamp_weekly, week_of
from tracking.transparency.time_stamps import new_request, verified

WEEK = dt.timedelta(days=7)
Answering = Callable[[bytes], Reply]


def now() -> dt.datetime:
    return timezone.now()


def good(request: bytes) -> Reply:
    return Reply(stamped(request))


@contextmanager
def asked(settings: Settings, reply: Answering = good) -> Iterator[list[bytes]]:
    """Whoever stamps is asked, and answers by REPLY: what it was asked."""
    requests = []

    def noting(request: bytes) -> Reply:
        requests.append(request)
        return reply(request)

    with listening(noting) as url:
        settings.TSA_URL, settings.TSA_ROOTS = url, [root().certificate]
        yield requests


def body() -> str:
    """What is stamped of the newest head."""
    head = newest_head()
    assert head
    return Note.parse(head.note).body


@pytest.fixture
def grown(puno: Municipality) -> None:
    enter(puno, 3)
    grow(at=now())


def test_the_newest_head_is_stamped_once_a_week(grown: None, settings: Settings) -> None:
    with asked(settings) as requests:
        assert not stamp_weekly(at=now())
        assert not stamp_weekly(at=now())
    [kept] = HeadStamp.objects.all()
    assert (kept.week, kept.head, kept.authority) == (week_of(now()), newest_head(), NAME)
    said = verified(bytes(kept.response), body(), settings.TSA_ROOTS)
    assert kept.stamped_at == said.at
    assert len(requests) == 1


def test_another_week_has_another_stamp(grown: None, settings: Settings) -> None:
    later = now() + WEEK
    with asked(settings):
        stamp_weekly(at=now())
    with asked(settings, lambda request: Reply(stamped(request, at=later))):
        assert not stamp_weekly(at=later)
    weeks = list(HeadStamp.objects.order_by("pk").values_list("week", flat=True))
    assert weeks == [week_of(now()), week_of(later)]


def test_a_week_begins_on_monday_where_the_portal_is() -> None:
    sunday_night = dt.datetime(2027, 1, 4, 4, 59, tzinfo=dt.UTC)  # five hours less in Lima
    assert week_of(sunday_night) == "2026-W53"
    assert week_of(sunday_night + dt.timedelta(minutes=1)) == "2027-W01"


def test_nobody_is_asked_without_an_authority_or_a_head(
    puno: Municipality, settings: Settings
) -> None:
    with asked(settings) as requests:
        assert not stamp_weekly(at=now())
        enter(puno, 1)
        grow(at=now())
        settings.TSA_URL = ""
        assert not stamp_weekly(at=now())
    assert not requests
    assert not HeadStamp.objects.exists()


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (lambda request: Reply(b"<html>"), "ValueError"),
        (lambda request: Reply(refused("no policy")), "status 2 no policy"),
        (lambda request: Reply(b"0" * (LONGEST_STAMP + 1)), "more than 65536 bytes"),
        (lambda request: Reply(stamped(request), status=503), "it answers 503"),
        (lambda request: Reply(b"", 302, {"Location": "http://127.0.0.1:1/"}), "it answers 302"),
        (
            lambda request: Reply(stamped(request, at=now() - dt.timedelta(days=1))),
            "its clock says",
        ),
        (
            lambda request: Reply(stamped(request, at=now() + dt.timedelta(days=1))),
            "its clock says",
        ),
    ],
    ids=["garbage", "refused", "too much", "busy", "elsewhere", "a day ago", "tomorrow"],
)
def test_what_is_no_stamp_is_told_in_a_line_and_not_kept(
    grown: None,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    reply: Answering,
    why: str,
) -> None:
    with asked(settings, reply) as requests:
        assert stamp_weekly(at=now())
    assert len(requests) == 1
    assert not HeadStamp.objects.exists()
    [line] = caplog.records
    assert line.levelno == logging.ERROR
    assert why in line.getMessage()
    assert "\n" not in line.getMessage()


def test_the_answer_to_another_request_is_not_kept(
    grown: None, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    asked_before = new_request(body()).as_bytes()
    with asked(settings, lambda _request: Reply(stamped(asked_before))):
        assert stamp_weekly(at=now())
    assert "Nonce mismatch" in caplog.text
    assert not HeadStamp.objects.exists()


def test_where_nobody_listens_it_fails(grown: None, settings: Settings) -> None:
    with asked(settings):
        pass
    assert stamp_weekly(at=now())
    settings.TSA_URL = "http://tsa..example.pe/"  # which is the name of no machine
    assert stamp_weekly(at=now())


@contextmanager
def connecting(talk: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of somebody who does TALK with whoever connects, until they hang up."""

    def answer() -> None:
        line, _address = server.accept()
        with line, suppress(OSError):
            talk(line)

    with socket.create_server(("127.0.0.1", 0)) as server:
        answering = threading.Thread(target=answer)
        answering.start()
        yield server.getsockname()[1]
        answering.join()


def listen(line: socket.socket) -> None:
    while line.recv(4096):
        pass


def repeat(piece: bytes) -> Callable[[socket.socket], None]:
    def talk(line: socket.socket) -> None:
        while True:
            line.sendall(piece)

    return talk


@pytest.mark.parametrize(
    "talk",
    [listen, repeat(b"HTTP/1.1 100 Continue\r\n\r\n")],
    ids=["never answers", "never ends an answer"],
)
def test_who_never_comes_to_an_end_is_hung_up_on(
    grown: None,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    talk: Callable[[socket.socket], None],
) -> None:
    """Pieces, where there are any, come at once, so that no wait for one is ever long."""
    monkeypatch.setattr(stamping, "PATIENCE", 0.1)
    settings.TSA_ROOTS = [root().certificate]
    with connecting(talk) as port:
        settings.TSA_URL = f"http://127.0.0.1:{port}/"
        assert stamp_weekly(at=now())


def test_of_two_workers_one_keeps_its_stamp(grown: None, settings: Settings) -> None:
    """The other one asks, and keeps its own, before the first has its answer."""
    answer = stamping._answer

    def slow(url: str, request: bytes) -> bytes:
        if len(requests) == 0:
            requests.append(request)
            assert not stamp_weekly(at=now())
        return answer(url, request)

    requests: list[bytes] = []
    with asked(settings), pytest.MonkeyPatch.context() as patched:
        patched.setattr(stamping, "_answer", slow)
        assert not stamp_weekly(at=now())
    assert HeadStamp.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_held_while_the_authority_is_asked(
    puno: Municipality, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    enter(puno, 1)
    grow(at=now())
    held: list[bool] = []
    answer = stamping._answer

    def looking(url: str, request: bytes) -> bytes:
        held.append(connection.in_atomic_block)
        return answer(url, request)

    monkeypatch.setattr(stamping, "_answer", looking)
    with asked(settings):
        assert not stamp_weekly(at=now())
    assert held == [False]
    assert HeadStamp.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        "UPDATE tracking_headstamp SET authority = 'Otra'",
        "UPDATE tracking_headstamp SET response = 'x'",
        "DELETE FROM tracking_headstamp",
        "INSERT INTO tracking_headstamp"
        " (week, head_id, stamped_at, authority, response, received_at)"
        " SELECT week, head_id, stamped_at, authority, response, received_at"
        " FROM tracking_headstamp",
    ],
)
def test_a_stamp_neither_changes_nor_goes(grown: None, settings: Settings, wrong: str) -> None:
    with asked(settings):
        stamp_weekly(at=now())
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(wrong)


def work() -> None:
    call_command("work", "--once", stdout=StringIO())


def test_the_worker_has_what_it_added_stamped(puno: Municipality, settings: Settings) -> None:
    enter(puno, 2)
    with asked(settings):
        work()
    assert HeadStamp.objects.get().head.size == 2


def test_the_worker_does_the_rest_where_no_stamp_comes(
    puno: Municipality, settings: Settings
) -> None:
    enter(puno, 2)
    with (
        asked(settings, lambda request: Reply(b"")),
        pytest.raises(CommandError, match=r"^El sello de tiempo no llegó: vuelva a intentarlo\.$"),
    ):
        work()
    assert "\n2\n" in body()


@pytest.mark.usefixtures("db", "handlers_of_signals")
def test_the_worker_looks_again_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where no stamp came: an authority is asked 24 times a day at the most."""
    clock = 0.0
    looked: list[float] = []

    def sleep(seconds: float) -> None:
        nonlocal clock
        clock += seconds * worker.STAMPING / 4
        if len(looked) == 3:
            signal.raise_signal(signal.SIGTERM)

    def look(*, at: dt.datetime) -> bool:
        looked.append(clock)
        return True

    monkeypatch.setattr(worker, "time", SimpleNamespace(monotonic=lambda: clock, sleep=sleep))
    monkeypatch.setattr(chores, "stamp_weekly", look)
    monkeypatch.setattr(connection, "close", lambda: None)
    worker.Command(stdout=StringIO()).handle(once=False)
    assert looked == [0, worker.STAMPING, 2 * worker.STAMPING]
