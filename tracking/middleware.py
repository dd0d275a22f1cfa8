"""Refuse what is too large before anybody reads it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from tracking.api.problems import asks_the_api, problem_answer

MEBIBYTE: Final = 1024 * 1024
LARGEST_BODY: Final = 25 * MEBIBYTE
LARGEST_JSON: Final = MEBIBYTE
"""The three texts of a report, were every letter of them escaped, take two thirds of it."""


class BodyLimitMiddleware:
    """Answers 413 to a body that is too large, of which nothing is read.

    A program sends files in parts; whatever else it sends is JSON.

    To throw it away is the server's part (`config.worker`), which holds no thread for it. A
    connection closed on a browser that is still sending looks to it like a failure of the network,
    and the page is never shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length, is_file = _length(request), request.content_type == "multipart/form-data"
        largest = LARGEST_JSON if asks_the_api(request) and not is_file else LARGEST_BODY
        if length <= largest:
            return self.get_response(request)
        page = _refusal(request, length)
        page["Content-Length"] = len(page.content)
        return page


def _refusal(request: HttpRequest, length: float) -> HttpResponse:
    """The 413 answer: a page, or problem details below the API's addresses."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if asks_the_api(request):
        detail = _("Lo enviado pasa de 1 MB: nada se guardó. Adjunte un documento.")
        if length > LARGEST_BODY:
            detail = _("Lo enviado pasa de 25 MB: nada se guardó.")
        return problem_answer(status, detail)
    return render(request, "tracking/errors/413.html", status=status)


def _length(request: HttpRequest) -> float:
    """Bytes that the request announces; endless when it cannot be read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return float("inf")
    return length if length >= 0 else float("inf")
