"""Where stored pages lie and readers are counted: here, or in the Redis that all hosts share."""

from typing import Any, Final

Caches = dict[str, dict[str, Any]]

IN_MEMORY: Final = "django.core.cache.backends.locmem.LocMemCache"
A_DAY: Final = 24 * 3600  # seconds

HERE: Final[Caches] = {
    # In the database, so that every worker counts the same sign-in attempts.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # In each worker's memory. A key is not asked for again once its day or its revision is over:
    # what nobody asks for makes room.
    "pages": {
        "BACKEND": IN_MEMORY,
        "LOCATION": "pages",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # Pages of plans that officers have before them, drawn: 60 kB each, and again after a while.
    "pictures": {
        "BACKEND": IN_MEMORY,
        "LOCATION": "pictures",
        "TIMEOUT": 1_800,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
    # Pictures of links that chats show, 15 kB each, under the digest of what they show.
    "shared": {
        "BACKEND": IN_MEMORY,
        "LOCATION": "shared",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 1_000},
    },
    # How often each reader of the API asked, and who takes a file home, in each worker's memory:
    # counting costs no query.
    "readers": {
        "BACKEND": IN_MEMORY,
        "LOCATION": "readers",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    },
}
"""What one host has."""

HERE_MEANWHILE: Final = "{}.here"
"""Under what name a host finds its own of each, while Redis is away."""


def caches_of(url: str) -> Caches:
    """Django's CACHES for the Redis at URL; what one host has where it is empty.

    A page is of one day, and then never asked for again: Redis forgets it, and before that, where
    it has a limit of memory, what was asked for longest ago.
    """
    if not url:
        return HERE
    own = {HERE_MEANWHILE.format(name): cache for name, cache in HERE.items()}
    return own | {
        name: {
            "BACKEND": "config.shared_cache.SharedCache",
            "LOCATION": url,
            "KEY_PREFIX": name,
            "TIMEOUT": cache.get("TIMEOUT", 300) or A_DAY,
            "OPTIONS": {"instead": HERE_MEANWHILE.format(name)},
        }
        for name, cache in HERE.items()
    }
