"""How often letters are asked for, counted where all hosts see it (`accounts.attempts`)."""

from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from accounts.client import address_of, counted_as

RATES: Final[dict[str, str]] = {"from_address": "30/h/key", "to_address": "4/d/key"}
"""From one address on the net, where a school or an office may sit; and to one of mail, which its
owner did not ask to be written to."""
WAIT: Final = 3600  # seconds


def may_ask(request: HttpRequest) -> bool:
    """Whether from where REQUEST comes more may be asked for."""
    return _count(request, "from_address", counted_as(address_of(request)))


def may_write_to(request: HttpRequest, email: str) -> bool:
    """Whether EMAIL may be written to once more. Whoever asks is not told: they would learn that
    somebody asked before."""
    return _count(request, "to_address", email.lower())


def _count(request: HttpRequest, action: str, key: str) -> bool:
    used = ratelimit.consume(
        request, app="tracking.following", action=action, config=RATES, key=key
    )
    return used is not None
