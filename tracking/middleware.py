"""Refuse what is too large before anybody reads it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tracking.api.problems import asks_the_api, problem_answer

LARGEST_BODY: Final = 25 * 1024 * 1024


class BodyLimitMiddleware:
    """Answers 413 to a body above LARGEST_BODY, of which nothing is read.

    To throw it away is the server's part (`config.worker`), which holds no thread for it. A
    connection closed on a browser that is still sending looks to it like a failure of the network,
    and the page is never shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _length(request) <= LARGEST_BODY:
            return self.get_response(request)
        page = _refusal(request)
        page["Content-Length"] = len(page.content)
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
