"""Files that are streamed as they are read, for whoever takes them home."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header

from tracking.public.asked import Asked
from tracking.public.opendata.turns import WAIT, NoPlace, Turn


@dataclass(frozen=True)
class Streamed:
    """A file called NAME; PIECES begins to read it."""

    name: str
    media_type: str
    pieces: Callable[[], Generator[bytes]]
    is_simulated: bool


def streamed(
    request: HttpRequest, asked: Asked, file: Callable[[], Streamed], *, also: str = ""
) -> HttpResponseBase:
    """FILE, a 304 for whoever has it, or a 503 while all places for downloads are taken.

    ALSO is what it is a function of besides what was ASKED.
    """
    etag = f'W/"{asked.key}{also}"'
    try:
        # That there is such a file is known, so whoever has "whatever there is" has it.
        answer = get_conditional_response(request, etag=etag) or _answer(request, file())
    except NoPlace:
        return _busy(request)
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _answer(request: HttpRequest, file: Streamed) -> HttpResponseBase:
    # From here on the connection is the file's: asking it anything else would break that off.
    pieces: Iterable[bytes] = Turn(file.pieces()) if request.method == "GET" else []
    answer = StreamingHttpResponse(pieces, content_type=f"{file.media_type}; charset=utf-8")
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=file.name) or "attachment"
    )
    if file.is_simulated:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def _busy(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = render(request, "tracking/errors/busy.html", status=status)
    answer["Retry-After"] = WAIT
    return answer
