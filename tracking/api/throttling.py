"""Limit how often one address may ask the API."""

from typing import Any

from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

from accounts.client import address_of, counted_as


class Patience(SimpleRateThrottle):
    """A limit of requests per minute and address, counted where ``CACHES`` says.

    Whoever asks more often is answered 429, with how long to wait in ``Retry-After``. An answer
    that has not changed (304) is not counted: it costs next to nothing.
    """

    cache = caches["readers"]
    scope = "address"

    def get_cache_key(self, request: Request, view: Any) -> str:
        """Count by address, not by person: a wrong token costs a query too."""
        ident = counted_as(address_of(request))
        return self.cache_format % {"scope": self.scope, "ident": ident}
