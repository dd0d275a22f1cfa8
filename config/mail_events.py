"""What a mail service tells of a letter: that nobody has its address, or that it was no welcome."""

from typing import Any, Final

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path

from tracking.services.following import forget_address

UNWANTED: Final = frozenset({"bounced", "complained", "rejected", "unsubscribed"})
"""Anymail's words for what ends letters; what is only late is none of them."""


def addresses() -> list[URLPattern | URLResolver]:
    """Where the service that takes letters tells of them: nowhere until it was given a secret.

    Of what anymail would serve only that: no mail is taken in, and no other service is heard.
    """
    if not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return []
    from anymail import urls  # noqa: PLC0415  # it loads what every service needs

    names = {f"{settings.MAIL_SERVICE}_tracking_webhook", f"{settings.MAIL_SERVICE}_webhook"}
    told = [each for each in urls.urlpatterns if each.name in names]
    return [path("correo/", include((told, "anymail")))]


def listen() -> None:
    """Have each event heard."""
    from anymail.signals import tracking  # noqa: PLC0415  # only where a service takes letters

    tracking.connect(hear, dispatch_uid="forget_unwanted")


def hear(sender: object, event: Any, **_others: object) -> None:
    """Forget who follows from an address that EVENT says takes no letters. Officers keep theirs."""
    if event.event_type in UNWANTED and event.recipient:
        forget_address(event.recipient)
