"""Have an authority of time-stamps say, once a week, that the newest head was there.

What it stamped cannot be made later: whoever makes the log anew has no stamp of that day for it.
Nothing is locked while it is asked; of two workers that ask, the first to come back is kept.
"""

import datetime as dt
import logging
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from socket import SHUT_RDWR, socket
from threading import Timer
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from tracking.models import HeadStamp
from tracking.models.stamp import LONGEST_STAMP
from tracking.transparency.heads import newest_head
from tracking.transparency.notes import Note
from tracking.transparency.time_stamps import NoStamp, TimeStamp, new_request, verified

logger = logging.getLogger(__name__)

PATIENCE: Final = 10.0  # seconds to be connected, for TLS, and then for the whole answer
CLOCKS: Final = dt.timedelta(minutes=5)
"""How far the authority's clock may go from ours."""
HEADERS: Final = {
    "Content-Type": "application/timestamp-query",
    "Accept": "application/timestamp-reply",
    "User-Agent": "vigia",
}


def stamp_weekly(*, at: dt.datetime) -> bool:
    """Keep this week's stamp of the newest head, if there is none: whether that failed.

    It is for the worker to come again. Without an authority or a head there is nothing to do.
    """
    week = week_of(at)
    if not settings.TSA_URL or HeadStamp.objects.filter(week=week).exists():
        return False
    head = newest_head()
    if head is None:
        return False
    try:
        answer, stamp = _stamped(Note.parse(head.note).body, at)
    except NoStamp as reason:
        logger.error("The time-stamp of the log's head did not come: %s", reason)
        return True
    HeadStamp.objects.get_or_create(
        week=week,
        defaults={
            "head": head,
            "stamped_at": stamp.at,
            "authority": stamp.authority,
            "response": answer,
            "received_at": at,
        },
    )
    return False


def _stamped(body: str, at: dt.datetime) -> tuple[bytes, TimeStamp]:
    """What the authority answers, and the stamp of BODY that it has. Raises NoStamp."""
    request = new_request(body)
    answer = _answer(settings.TSA_URL, request.as_bytes())
    stamp = verified(answer, body, settings.TSA_ROOTS, request.nonce)
    if abs(stamp.at - at) > CLOCKS:
        raise NoStamp(f"its clock says {stamp.at:%Y-%m-%d %H:%M:%S}, ours {at:%Y-%m-%d %H:%M:%S}")
    return answer, stamp


def week_of(at: dt.datetime) -> str:
    """The week of AT where the portal is: "2026-W49"."""
    return f"{timezone.localdate(at):%G-W%V}"


def _answer(url: str, request: bytes) -> bytes:
    """What URL answers to REQUEST. Raises NoStamp. It is followed nowhere else."""
    named = urlsplit(url)
    kind = HTTPSConnection if named.scheme == "https" else HTTPConnection
    line = kind(named.netloc, timeout=PATIENCE)
    target = (named.path or "/") + (f"?{named.query}" if named.query else "")
    clock = None
    try:
        line.connect()
        clock = Timer(PATIENCE, _hang_up, [line.sock])
        clock.start()
        line.request("POST", target, request, HEADERS)
        answer = line.getresponse()
        content = answer.read(LONGEST_STAMP + 1)
    except (OSError, HTTPException, UnicodeError) as error:  # of a name that no machine can have
        raise NoStamp(f"{type(error).__name__}: {error}") from error
    finally:
        if clock:
            clock.cancel()
        line.close()
    if answer.status != HTTPStatus.OK:
        raise NoStamp(f"it answers {answer.status}")
    if len(content) > LONGEST_STAMP:
        raise NoStamp(f"its answer has more than {LONGEST_STAMP} bytes")
    return content


def _hang_up(line: socket) -> None:
    """End what is waited for on LINE, in another thread. Not TLS's own farewell, which waits."""
    with suppress(OSError):
        socket.shutdown(line, SHUT_RDWR)
