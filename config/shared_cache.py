"""Redis, while it answers; while it does not, what a single host has.

So a Redis that is away costs time and shares nothing, and no page, no limit and no sign-in fails:
pages are stored and readers counted by each process, and tries at signing in in the database.
"""

import hmac
from typing import Any, Final

from django.core.cache import caches
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache, RedisSerializer
from django.utils.crypto import salted_hmac
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

from accounts.absence import Absence

CONNECTING: Final = 0.5  # seconds; it stands in the same room
ANSWERING: Final = 1.0
ONCE_MORE: Final = Retry(NoBackoff(), 1)
"""A connection that lay idle while Redis was started again is made anew, and nobody notices."""

SEAL: Final = 32  # bytes
LONGEST_COUNT: Final = 20  # digits and sign of what Redis counts with

absence = Absence("Redis", "each process stores and counts for itself")


class Sealed(RedisSerializer):
    """Opens only what a host with our key put there: what others made could run their code.

    Nothing, too, is what cannot be read: another release stored it. It is put there anew.
    """

    def dumps(self, obj: Any) -> Any:
        data: int | bytes = super().dumps(obj)
        return data if isinstance(data, int) else _seal_of(data) + data

    def loads(self, data: Any) -> Any:
        if len(data) <= LONGEST_COUNT and data.removeprefix(b"-").isdigit():
            return int(data)
        seal, content = data[:SEAL], data[SEAL:]
        if not hmac.compare_digest(seal, _seal_of(content)):
            return None
        try:
            return super().loads(content)
        except (AttributeError, ImportError):
            return None


def _seal_of(content: bytes) -> bytes:
    return salted_hmac("vigia.shared_cache", content, algorithm="sha256").digest()


class SharedCache(RedisCache):
    """Django's own back end for Redis. Option ``instead``: the cache that serves without it."""

    _cache: Any  # the client, which the types of Django leave out

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        options = {
            "serializer": Sealed,
            "socket_connect_timeout": CONNECTING,
            "socket_timeout": ANSWERING,
            "retry": ONCE_MORE,
            **params["OPTIONS"],
        }
        self._instead = options.pop("instead")
        super().__init__(server, {**params, "OPTIONS": options})

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        found = self._asked("get", key, version=version)
        return default if found is None else found

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        return bool(self._asked("add", key, value, timeout=timeout, version=version))

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        self._asked("set", key, value, timeout=timeout, version=version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._asked("touch", key, timeout=timeout, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._asked("delete", key, version=version))

    def is_there(self) -> bool:
        """Whether Redis answers now; nobody is told that it is away, or back."""
        try:
            client: Any = self._cache.get_client()
            return bool(client.ping())
        except RedisError:
            return False

    def _asked(self, verb: str, key: str, *values: Any, **how: Any) -> Any:
        """What Redis answers to VERB, or the other one where Redis does not.

        Each value lies there with its key, under one seal: moved to another key it is nothing. A
        count is what Redis counts with, and has neither.
        """
        if absence.is_over():
            name = self.make_key(key, how["version"])
            named = [each if type(each) is int else (name, each) for each in values]
            try:
                answer = getattr(super(), verb)(key, *named, **how)
            except RedisError as error:
                absence.begin(error)
            else:
                absence.end()
                return _own(name, answer) if verb == "get" else answer
        return getattr(caches[self._instead], verb)(key, *values, **how)


def _own(name: str, found: Any) -> Any:
    """What was stored as NAME, of what is FOUND there."""
    match found:
        case int():
            return found
        case (own, value) if own == name:
            return value
    return None
