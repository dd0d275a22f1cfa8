"""What every answer of the portal carries."""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponseBase

Answer = Callable[[HttpRequest], HttpResponseBase]

UNUSED: Final = (
    *("accelerometer", "autoplay", "bluetooth", "browsing-topics", "camera", "display-capture"),
    *(
        "encrypted-media",
        "fullscreen",
        "geolocation",
        "gyroscope",
        "hid",
        "identity-credentials-get",
    ),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "otp-credentials"),
    *("payment", "picture-in-picture", "publickey-credentials-create"),
    *("publickey-credentials-get", "screen-wake-lock", "serial", "storage-access", "usb"),
    *("window-management", "xr-spatial-tracking"),
)
"""What a browser can give to a page, and none of ours asks for."""

PERMISSIONS: Final = ", ".join(f"{each}=()" for each in UNUSED)


def permissions_policy(get_response: Answer) -> Answer:
    """Nothing of the reader's device is given, to a page of ours or to whatever got into one."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        return response

    return answer
