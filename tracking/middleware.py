"""Refuse what is too large before anybody reads it."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tracking.api.problems import asks_the_api, problem_answer

LARGEST_BODY: Final = 25 * 1024 * 1024
CHUNK: Final = 64 * 1024
PATIENCE: Final = 30  # seconds


class BodyLimitMiddleware:
    """Answers 413 to a body above LARGEST_BODY, of which nothing is kept in memory or on disk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) <= LARGEST_BODY:
            return self.get_response(request)
        page = _refusal(request)
        page["Content-Length"] = len(page.content)  # complete before the rest is thrown away
        page._resource_closers.append(lambda: _discard(request))  # type: ignore[attr-defined]
        return page


def _refusal(request: HttpRequest) -> HttpResponse:
    """For people, or for programs."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if asks_the_api(request):
        return problem_answer(status, _("Lo enviado pasa de 25 MB: nada se guardó."))
    return render(request, "tracking/errors/413.html", status=status)


def _length(request: HttpRequest) -> float:
    """Bytes that the request announces; endless when it cannot be read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return float("inf")
    return length if length >= 0 else float("inf")


def _discard(request: Any) -> None:
    """Read on and throw away, once the answer has left.

    A connection closed on a browser that is still sending looks to it like a failure of the
    network, and the page is never shown. Patience has an end: a thread is held meanwhile.
    """
    source = request.environ["wsgi.input"]
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and source.read(CHUNK):
        pass
