"""How often a password is tried before whoever tries has to wait; the rates are in the settings.

Who tries from one address does not keep the account's owner out, who tries from many meets a higher
ceiling, and a browser in which the owner signed in before has a count of its own.
"""

from collections.abc import Iterator
from typing import Any, Final

from allauth.core.internal import ratelimit

from accounts.browsers import known_browser
from accounts.client import address_of, counted_as

APP: Final = "allauth.account"
MUST_WAIT: Final = frozenset({"too_many_login_attempts", "rate_limited"})
"""Errors of a form that say: not now. Its answer says so too, and for how long."""

OF_THE_ADDRESS: Final = "password_from_address"
OF_BOTH: Final = "password_from_address_for_account"
OF_THE_ACCOUNT: Final = "password_for_account"
OF_THE_BROWSER: Final = "password_from_known_browser"


class MustWait(Exception):
    """SECONDS at the most. ``is_of_account`` where it was this account that was tried too often."""

    def __init__(self, action: str) -> None:
        super().__init__(action)
        self.seconds = seconds_of(action)
        self.is_of_account = action != OF_THE_ADDRESS


def count(request: Any, email: str) -> ratelimit.RateLimitUsage:
    """Count a try at the password of EMAIL, to be rolled back if it was right. Raises MustWait."""
    counted = ratelimit.RateLimitUsage(usage=[])
    for action, key in _counts(request, email.lower()):
        usage = ratelimit.consume(request, app=APP, action=action, key=key)
        if usage is None:
            raise MustWait(action)
        counted.usage += usage.usage
    return counted


def seconds_of(action: str) -> int:
    """For how long a try of ACTION is counted."""
    rates = ratelimit.get_rates(app=APP, action=action)
    return int(max((rate.duration for rate in rates), default=0))


def _counts(request: Any, email: str) -> Iterator[tuple[str, str]]:
    if browser := known_browser(request, email):
        yield OF_THE_BROWSER, f"{browser}:{email}"
        return
    address = counted_as(address_of(request))
    yield OF_THE_ADDRESS, address
    yield OF_BOTH, f"{address}:{email}"
    yield OF_THE_ACCOUNT, email
