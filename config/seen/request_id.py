"""The name of a request: what its lines in the log, the proxy's and its answer have in common."""

import re
import uuid
from contextvars import ContextVar
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from config.middleware import Answer

HEADER: Final = "X-Request-ID"
TAKEN: Final = re.compile(r"[A-Za-z0-9-]{8,64}")
_now: ContextVar[str] = ContextVar("request_id", default="")


def id_now() -> str:
    """That of the request that is being answered; empty outside one."""
    return _now.get()


def request_id(get_response: Answer) -> Answer:
    """Name each request: as a proxy of our own did, else by chance."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        sent = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
        name = sent if TAKEN.fullmatch(sent) else uuid.uuid4().hex
        before = _now.set(name)
        try:
            response = get_response(request)
        finally:
            _now.reset(before)
        response.headers[HEADER] = name
        return response

    return answer
