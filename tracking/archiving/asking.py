"""Ask the portal for a page, as whoever keeps a copy of it does."""

import datetime as dt
import inspect
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponseBase
from django.urls import resolve

from plans.models import Plan


@dataclass(frozen=True)
class Copy:
    """What each page of an archive says of itself: of which PLAN it is, and of what DAY.

    Templates find it as ``request.archive``: what only a portal answers is not in them then.
    """

    plan: Plan
    day: dt.date


def request_of(address: str, copy: Copy) -> HttpRequest:
    """That somebody asks for ADDRESS, who is not signed in."""
    site, asked = urlsplit(settings.SITE_URL), urlsplit(address)
    request = WSGIRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": unquote(asked.path),
            "QUERY_STRING": asked.query,
            "SERVER_NAME": site.hostname,
            "SERVER_PORT": str(site.port or {"https": 443}.get(site.scheme, 80)),
            "wsgi.url_scheme": site.scheme,
            "wsgi.input": BytesIO(),
        }
    )
    request.archive = copy  # type: ignore[attr-defined]
    return request


def answer(address: str, copy: Copy) -> HttpResponseBase:
    """What the view of ADDRESS answers: the view itself, whatever stands before it.

    What is stored of a page may be of another moment than this transaction's.
    """
    request = request_of(address, copy)
    match = resolve(request.path_info)
    request.resolver_match = match
    view: Any = inspect.unwrap(match.func)
    answered: HttpResponseBase = view(request, *match.args, **match.kwargs)
    return answered


def pieces_of(answered: HttpResponseBase) -> Any:
    """The bytes of what was ANSWERED, piece by piece."""
    if answered.streaming:
        return answered  # iterating it encodes what it streams
    return [answered.content]  # type: ignore[attr-defined]
