"""An authority of time-stamps of the tests' own: who it is, and what it answers on this machine."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

from asn1crypto import core, tsp
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from tests.tracking.signed import NOW, Signer, root, somebody
from tracking.models import HeadStamp, LogHead
from tracking.transparency.notes import Note
from tracking.transparency.stamping import week_of
from tracking.transparency.time_stamps import new_request

NAME = "Autoridad de prueba"


class Reply(NamedTuple):
    """What is answered to a request."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = {}


@cache
def key() -> RSAPrivateKey:
    """pyHanko's authority takes only RSA."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@cache
def authority(*, until: dt.datetime | None = None, stamps: bool = True) -> Signer:
    """One for which the tests' root vouches."""
    until = until or NOW + dt.timedelta(days=365)
    return somebody(
        "Sello de tiempo",
        **{"organization": NAME, "number": "", "issuer": root(), "until": until},
        stamps=stamps,
        by=key(),
    )


def stamped(request: bytes, by: Signer | None = None, *, at: dt.datetime | None = None) -> bytes:
    """What is answered to REQUEST, in DER: that it came AT then, which is now if not said."""
    signer = by or authority()
    clock: Any = signer.clock
    clock.certs_to_embed = signer.chain
    clock.fixed_dt = at or dt.datetime.now(dt.UTC)
    answer: bytes = clock.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
    return answer


def refused(reason: str) -> bytes:
    status = {"status": "rejection", "status_string": [reason], "fail_info": {"bad_request"}}
    whole: bytes = tsp.PKIStatusInfo(status).dump()
    answer: bytes = core.Sequence(contents=whole).dump()
    return answer


def stamp_head(head: LogHead | None = None) -> HeadStamp:
    """Keep a good stamp of HEAD, the newest if not said, as the worker does."""
    head = head or LogHead.objects.latest("pk")
    at = dt.datetime.now(dt.UTC).replace(microsecond=0)  # what is read of one has no more
    answer = stamped(new_request(Note.parse(head.note).body).as_bytes(), at=at)
    return keep_stamp(at, answer, head=head, authority=NAME)


def keep_stamp(
    at: dt.datetime,
    response: bytes = b"",
    *,
    head: LogHead | None = None,
    authority: str = "Autoridad",
) -> HeadStamp:
    """Keep RESPONSE, whatever it is, as what AUTHORITY said of HEAD, the newest if not said."""
    head = head or LogHead.objects.latest("pk")
    return HeadStamp.objects.create(
        **{"week": week_of(at), "head": head, "stamped_at": at, "authority": authority},
        response=response,
    )


@contextmanager
def listening(reply: Callable[[bytes], Reply]) -> Iterator[str]:
    """The address at which each request is answered with what REPLY makes of it."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            answer = reply(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_said: object) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
