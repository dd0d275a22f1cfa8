"""A light, constant load through nginx: people read, and an officer publishes corrections."""

import hashlib
import http.client
import itertools
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol
from urllib.parse import urlencode

from bin.many.place import NGINX

NO_ANSWER: Final = 0
PATIENCE: Final = 20  # seconds
BETWEEN: Final = 0.15  # seconds a reader takes to look at a page
READERS: Final = 2
BOUNDARY: Final = "vigia-0123456789"
CSRF: Final = "a" * 32


@dataclass(frozen=True)
class Asked:
    """A question through nginx: WHAT for ("read", "upload", "publish"), when, and its status."""

    what: str
    at: float
    status: int
    seconds: float

    @property
    def is_served(self) -> bool:
        return 200 <= self.status < 400


def ask(
    what: str, method: str, path: str, body: bytes = b"", **headers: str
) -> tuple[Asked, bytes]:
    """One question on a line of its own; NO_ANSWER where the line broke."""
    began = time.time()
    line = http.client.HTTPConnection("127.0.0.1", NGINX, timeout=PATIENCE)
    try:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, path, body or None, {"Host": f"localhost:{NGINX}", **sent})
        answer = line.getresponse()
        content, status = answer.read(), answer.status
    except (OSError, http.client.HTTPException):
        content, status = b"", NO_ANSWER
    finally:
        line.close()
    return Asked(what, began, status, time.time() - began), content


class Load:
    """READERS who go through ADDRESSES, and whoever publishes; what they ASKED grows meanwhile."""

    def __init__(self, addresses: Sequence[str], officer: "Publisher") -> None:
        self.asked: list[Asked] = []
        self.officer = officer
        self._over = threading.Event()
        turns = [itertools.cycle([*addresses[n:], *addresses[:n]]) for n in range(READERS)]
        self._threads = [threading.Thread(target=self._read, args=[turn]) for turn in turns]
        self._threads.append(threading.Thread(target=self._publish))

    def start(self) -> None:
        for each in self._threads:
            each.start()

    def stop(self) -> None:
        self._over.set()
        for each in self._threads:
            each.join()

    def _read(self, turn: Iterator[str]) -> None:
        while not self._over.wait(BETWEEN):
            self.asked.append(ask("read", "GET", next(turn))[0])

    def _publish(self) -> None:
        for each in self.officer.works():
            self.asked.extend(each)
            if self._over.wait(BETWEEN):
                return


class Publisher(Protocol):
    """Whoever publishes."""

    def works(self) -> Iterator[list[Asked]]:
        """What each step asked, for ever."""
        ...

    def lost(self) -> tuple[int, int]:
        """How many publications, and files, were acknowledged and are not there."""
        ...


def post(what: str, path: str, fields: dict[str, str], session: str) -> Asked:
    """A form of the office, as a browser that is signed in sends it."""
    body = urlencode({**fields, "csrfmiddlewaretoken": CSRF}).encode()
    kind = "application/x-www-form-urlencoded"
    return ask(what, "POST", path, body, Content_Type=kind, Cookie=cookie(session))[0]


def post_file(path: str, fields: dict[str, str], content: bytes, session: str) -> tuple[Asked, str]:
    """The same with a PDF, as the page's script sends it; also the PDF's digest."""
    parts = [
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in {**fields, "csrfmiddlewaretoken": CSRF}.items()
    ]
    parts.append(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="acta.pdf"\r\n'
        "Content-Type: application/pdf\r\n\r\n"
    )
    body = "".join(parts).encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()
    kind = f"multipart/form-data; boundary={BOUNDARY}"
    asked, _content = ask(
        "upload",
        "POST",
        path,
        body,
        Content_Type=kind,
        Cookie=cookie(session),
        Accept="application/json",
    )
    return asked, hashlib.sha256(content).hexdigest()


def cookie(session: str) -> str:
    return f"sessionid={session}; csrftoken={CSRF}"
