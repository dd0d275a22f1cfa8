"""The server's worker: nobody's slow line keeps others from being answered."""

import contextlib
import os
import selectors
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from gunicorn.config import Config
from gunicorn.glogging import Logger

from config.worker import GatheringWorker

THREADS = 2
PATIENCE = 20  # seconds, for what comes at once
QUESTION = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
HALF = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n1"
HUGE = b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n1"

Call = Callable[[], socket.socket]


def echo(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Reads what it is sent, unless it is huge, and says it again."""
    length = int(environ.get("CONTENT_LENGTH") or 0)
    said = environ["wsgi.input"].read() if length < 1000 else b"too large"
    start_response("200 OK", [("Content-Length", str(len(said) + 1))])
    return [said + b"."]


@pytest.fixture
def call() -> Iterator[Call]:
    """Connect to a worker of two threads; what was connected ends with the test."""
    cfg = Config()
    cfg.set("threads", THREADS)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        served = GatheringWorker(1, os.getppid(), [listener], None, 30, cfg, Logger(cfg))
        served.wsgi = echo
        served.tpool = served.get_thread_pool()
        served.poller = selectors.DefaultSelector()
        served.method_queue.init()
        running = threading.Thread(target=served.run)
        running.start()
        with contextlib.ExitStack() as lines:

            def connect() -> socket.socket:
                line = socket.create_connection(listener.getsockname(), timeout=PATIENCE)
                return lines.enter_context(line)

            yield connect
        served.alive = False
        served.method_queue.defer(lambda: None)
        running.join(PATIENCE)
        served.tmp.close()


def hung_up(line: socket.socket) -> bool:
    try:
        return line.recv(1000) == b""
    except ConnectionResetError:
        return True


def answered(line: socket.socket, question: bytes = QUESTION) -> bytes:
    """What is said to QUESTION, without its head; the line stays open."""
    line.sendall(question)
    told = b""
    while not told.endswith(b"."):
        told += line.recv(1000)
    return told.partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\nHos", HALF, HUGE])
def test_whoever_sends_half_of_it_keeps_nobody_waiting(call: Call, begun: bytes) -> None:
    for _each in range(10 * THREADS):
        call().sendall(begun)
    assert answered(call()) == b"."


def test_a_request_that_comes_in_pieces_is_answered_and_another_may_follow(call: Call) -> None:
    line = call()
    line.sendall(HALF)
    assert answered(line, b"23456789") == b"123456789."
    assert answered(line) == b"."
    assert answered(line, QUESTION + HALF) == b"."
    assert answered(line, b"23456789") == b"123456789."


def test_whoever_takes_too_long_is_hung_up_on(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("config.incoming.HEAD_PATIENCE", 0)
    line = call()
    line.sendall(b"GET / HTTP/1.1\r\nHos")
    assert hung_up(line)


def test_what_is_refused_is_thrown_away_while_it_comes(call: Call) -> None:
    line = call()
    assert answered(line, HUGE) == b"too large."
    for _each in range(100):
        line.sendall(bytes(64 * 1024))
    assert line.recv(1000) == b""  # that nothing follows was said, and what came was read
