"""Nobody asks so often that others wait."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.client import address_of, counted_as


class Patience(SimpleRateThrottle):
    """So many questions a minute from one address, counted by each worker on its own.

    Whoever asks more often is answered 429, with how long to wait in ``Retry-After``. An answer
    that has not changed (304) is not counted: it costs next to nothing.
    """

    cache = caches["readers"]
    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """By the address, whoever asks: also a token that is wrong costs a look."""
        ident = counted_as(address_of(request))
        return self.cache_format % {"scope": self.scope, "ident": ident}
