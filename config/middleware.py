"""What every answer of the portal carries, and what the log keeps of it."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponseBase

from accounts.client import address_of
from accounts.security import asked_from, note_refusal

Answer = Callable[[HttpRequest], HttpResponseBase]

UNUSED: Final = (
    *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
    *(
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
    ),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials"),
    *("payment", "picture-in-picture", "screen-wake-lock", "serial", "storage-access", "usb"),
    *("window-management", "xr-spatial-tracking"),
)
"""What a browser can give to a page, and none of ours asks for."""

PERMISSIONS: Final = ", ".join(f"{each}=()" for each in UNUSED)

REFUSED: Final = {
    HTTPStatus.UNAUTHORIZED: "access.refused",
    HTTPStatus.FORBIDDEN: "access.refused",
    HTTPStatus.TOO_MANY_REQUESTS: "access.throttled",
}

A_MINUTE: Final = 60  # what allauth's own limits count


def permissions_policy(get_response: Answer) -> Answer:
    """Nothing of the reader's device is given, to a page of ours or to whatever got into one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer


def public_without_cookies(get_response: Answer) -> Answer:
    """What any store may keep for others brings nobody a cookie.

    Whoever sends a damaged one is given a new token for forms: kept with a page, it would be given
    to others too, and whoever sent it would know it.
    """

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if "public" in response.headers.get("Cache-Control", ""):
            response.cookies.clear()
        return response

    return answer


def security_log(get_response: Answer) -> Answer:
    """Whatever is noted of a request says from where it came; that it was refused is noted here."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with asked_from(address_of(request), request.headers.get("user-agent", "")):
            response = get_response(request)
            _tell_how_it_fared(request, response)
            if event := REFUSED.get(HTTPStatus(response.status_code)):
                _note(event, request, response.status_code)
            return response

    return answer


def _tell_how_it_fared(request: Any, response: HttpResponseBase) -> None:
    """A form of one's account that is shown again says so by its status, as every other form does.

    One that came too soon, for how long too. allauth, whose these forms are, answers 200, and sends
    on whoever filled one in well.
    """
    seconds = getattr(request, "must_wait", None)
    if seconds:
        response.status_code = HTTPStatus.TOO_MANY_REQUESTS
    elif _is_shown_again(request, response):
        response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
    if response.status_code == HTTPStatus.TOO_MANY_REQUESTS:
        response.headers.setdefault("Retry-After", str(seconds or A_MINUTE))


def _is_shown_again(request: Any, response: HttpResponseBase) -> bool:
    is_sent = request.method == "POST" and response.status_code == HTTPStatus.OK
    return is_sent and request.path.startswith("/cuenta/")


def _note(event: str, request: Any, status: int) -> None:
    """By the view's name: an address can hold what a person typed."""
    who = getattr(request, "user", None)
    view = request.resolver_match.view_name if request.resolver_match else None
    note_refusal(event, who.pk if who else None, status=status, method=request.method, view=view)
