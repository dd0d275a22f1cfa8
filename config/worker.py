"""gunicorn's threaded worker, but no thread of it waits for a reader's line.

gunicorn gives a thread to each connection, so that as many readers as there are threads stop
everybody by sending half a request, or its body a byte a second. Here the loop that accepts
connections gathers each request and hands it, whole, to a thread; what nobody wants to read of one
is thrown away by the loop too. Each has an end in time as a whole. HTTP/1.1 without TLS only.
"""

import errno
import os
import socket
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any, Final

from gunicorn.http import get_parser
from gunicorn.workers.gthread import TConn, ThreadWorker

from config.incoming import Incoming

CHUNK: Final = 64 * 1024
SENDING: Final = 30.0  # seconds without a reader taking a piece
DISCARDING: Final = 300.0  # seconds of throwing away what was refused
LINGERING: Final = 2.0  # seconds for a reader to hang up first, so that they lose nothing
ENDING: Final = 1.0  # seconds for what is being answered, once the server is told to end
PASSING: Final = frozenset([errno.EAGAIN, errno.ECONNABORTED, errno.EWOULDBLOCK])
CONTINUE: Final = b"HTTP/1.1 100 Continue\r\n\r\n"


class Line(socket.socket):
    """A connection whose reader takes each piece within SENDING seconds, or has gone."""

    def sendall(self, data: Any, flags: int = 0) -> None:
        view = memoryview(data)
        for start in range(0, len(view), CHUNK):
            try:
                super().sendall(view[start : start + CHUNK], flags)
            except TimeoutError as error:
                raise ConnectionResetError(errno.ECONNRESET, "the reader takes nothing") from error


class Conversation(TConn):  # type: ignore[misc]
    """A connection: the request that comes on it, and until when it is waited for."""

    def __init__(self, cfg: Any, line: Line, client: Any, server: Any) -> None:
        super().__init__(cfg, line, client, server)
        self.initialized = True
        self.incoming = Incoming()
        self.began = self.deadline = 0.0


class GatheringWorker(ThreadWorker):  # type: ignore[misc]
    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.waiting: set[Conversation] = set()

    # What gunicorn's loop calls.

    def accept(self, listener: socket.socket) -> None:
        try:
            accepted, client = listener.accept()
        except OSError as error:
            if error.errno not in PASSING:
                raise
            return
        self.nr_conns += 1
        line = Line(fileno=accepted.detach())
        self._expect(Conversation(self.cfg, line, client, listener.getsockname()), b"")

    def set_accept_enabled(self, enabled: bool) -> None:
        """Leave who comes to the other workers, while all threads of this one are taken."""
        taken = self.nr_conns - len(self.waiting)
        super().set_accept_enabled(enabled and taken < self.cfg.threads)

    def finish_request(self, conn: Conversation, done: "Future[Any]") -> None:
        """The answer has left: what follows is another request, or the end."""
        incoming = conn.incoming
        incoming.close()
        if done.cancelled() or done.exception() or not done.result():
            self._let_go(conn, LINGERING if incoming.is_whole else DISCARDING)
        else:
            self._expect(conn, incoming.surplus)

    def murder_pending(self) -> None:
        """Close what took too long; once the server ends, also what has nothing to ask."""
        now = time.monotonic()
        for conn in list(self.waiting):
            if conn.deadline <= now or not (self.alive or conn.incoming.has_begun):
                self._forget(conn)
                self._close(conn)

    # What gunicorn's threads call.

    def handle_request(self, req: Any, conn: Conversation) -> Any:
        if not conn.incoming.is_whole:
            req.force_close()
        conn.sock.settimeout(SENDING)
        return super().handle_request(req, conn)

    def _keepalive_after(self, conn: Conversation, keepalive: bool) -> bool:
        """Nothing of a whole request is left on the line, whatever was read of it."""
        return keepalive

    # How it ends: quietly, also where a thread does not.

    def handle_exit(self, sig: int, frame: Any) -> None:
        _end_within(max(ENDING, self.cfg.graceful_timeout - ENDING))
        super().handle_exit(sig, frame)

    def handle_quit(self, sig: int, frame: Any) -> None:
        answering = self.nr_conns - len(self.waiting)
        _end_within(ENDING if answering else 0)
        super().handle_quit(sig, frame)

    # The stages of a conversation.

    def _expect(self, conn: Conversation, surplus: bytes) -> None:
        """Wait for a request, of which SURPLUS was received already."""
        conn.incoming = Incoming()
        conn.sock.setblocking(False)
        conn.began = time.monotonic()
        conn.deadline = conn.began + conn.incoming.patience
        if not self._is_there(conn, surplus):
            self._wait(conn, self._receive)

    def _receive(self, conn: Conversation, _line: Line) -> None:
        data = _received(conn)
        if data == b"":
            self._forget(conn)
            self._close(conn)
        elif data:
            if not conn.incoming.has_begun:
                conn.began = time.monotonic()
            self._is_there(conn, data)

    def _is_there(self, conn: Conversation, data: bytes) -> bool:
        """Add DATA to the request that comes; if that is all, let a thread answer it."""
        incoming = conn.incoming
        incoming.add(data)
        conn.deadline = conn.began + incoming.patience
        if incoming.is_there:
            self._forget(conn)
            conn.data_ready = True
            conn.parser = get_parser(self.cfg, incoming, conn.client)
            self.enqueue_req(conn)
            self.set_accept_enabled(self._accepting)
        elif incoming.waits_to_send:
            incoming.waits_to_send = False
            _send(conn, CONTINUE)
        return incoming.is_there

    def _let_go(self, conn: Conversation, seconds: float) -> None:
        """Say that nothing follows, and throw away what still comes until the reader hangs up."""
        try:
            conn.sock.setblocking(False)
            conn.sock.shutdown(socket.SHUT_WR)
        except OSError:
            self._close(conn)
            return
        conn.incoming = Incoming()
        conn.deadline = time.monotonic() + seconds
        self._wait(conn, self._discard)

    def _discard(self, conn: Conversation, _line: Line) -> None:
        if _received(conn) == b"":
            self._forget(conn)
            self._close(conn)

    def _wait(self, conn: Conversation, act: Any) -> None:
        self.poller.register(conn.sock, EVENT_READ, partial(act, conn))
        self.waiting.add(conn)

    def _forget(self, conn: Conversation) -> None:
        if conn in self.waiting:
            self.waiting.remove(conn)
            self.poller.unregister(conn.sock)

    def _close(self, conn: Conversation) -> None:
        self.nr_conns -= 1
        conn.incoming.close()
        conn.close()


def _received(conn: Conversation) -> bytes | None:
    """What has come; None where nothing has, b"" where nothing will."""
    try:
        return conn.sock.recv(CHUNK)  # type: ignore[no-any-return]
    except BlockingIOError:
        return None
    except OSError:
        return b""


def _send(conn: Conversation, data: bytes) -> None:
    with suppress(OSError):  # the loop sees what became of the line
        conn.sock.send(data)


def _end_within(seconds: float) -> None:
    timer = threading.Timer(seconds, os._exit, [0])
    timer.daemon = True
    timer.start()
