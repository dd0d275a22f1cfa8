"""Browsers in which somebody has signed in: nobody else's wrong passwords keep them out.

A signed cookie says so, of the last people who did, by a fingerprint of their address. It opens
nothing: whoever has it is counted apart, and has to know the password all the same.
"""

import secrets
from typing import Any, Final

from django.conf import settings
from django.core import signing
from django.http import HttpResponseBase
from django.utils.crypto import salted_hmac

COOKIE: Final = f"{'__Secure-' if settings.SECURE else ''}vigia_navegador"
LASTS: Final = 365 * 24 * 3600  # seconds
PATH: Final = "/cuenta/"
MOST_PEOPLE: Final = 8


def known_browser(request: Any, email: str) -> str:
    """The name of this browser, where whoever has EMAIL signed in; empty in any other."""
    name, people = _read(request)
    return name if _fingerprint(email) in people else ""


def remember(request: Any, response: HttpResponseBase, email: str) -> None:
    """Note that whoever has EMAIL proved it in this browser."""
    name, people = _read(request)
    mine = _fingerprint(email)
    others = [each for each in people if each != mine]
    value = signing.dumps(
        [name or secrets.token_urlsafe(16), [*others, mine][-MOST_PEOPLE:]], salt=COOKIE
    )
    response.set_cookie(
        COOKIE,
        value,
        max_age=LASTS,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
        path=PATH,
    )


def _read(request: Any) -> tuple[str, list[str]]:
    try:
        name, people = signing.loads(request.COOKIES.get(COOKIE, ""), salt=COOKIE, max_age=LASTS)
    except signing.BadSignature:
        return "", []
    return name, people


def _fingerprint(email: str) -> str:
    return salted_hmac(COOKIE, email.lower()).hexdigest()[:20]
