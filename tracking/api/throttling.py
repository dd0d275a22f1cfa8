"""Nobody asks so often that others wait."""

from django.core.cache import caches
from rest_framework.throttling import AnonRateThrottle


class Patience(AnonRateThrottle):
    """So many questions a minute from one address, counted by each worker on its own.

    Whoever asks more often is answered 429, with how long to wait in ``Retry-After``. An answer
    that has not changed (304) is not counted: it costs next to nothing.
    """

    cache = caches["readers"]
