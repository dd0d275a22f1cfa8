"""What a public page is a function of, at the moment in which it is asked for."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Self, TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from accounts import replica
from tracking.public.few_at_once import among_few

Read = TypeVar("Read")


@dataclass(frozen=True)
class Asked:
    """A page that was asked for.

    ``key`` is the digest of all that it is a function of. Part of it is the public ``revision`` of
    the places it tells of, which the primary was asked for (``ask``) before any of the page's data:
    a page may be newer than its key says, which the next request mends, and never older. While the
    primary is away the replica is asked instead, and read; who is signed in sees that it is away.
    """

    key: str
    ask: Callable[[], int]
    revision: int
    is_signed_in: bool
    asked_of: str = replica.PRIMARY

    @classmethod
    def of(cls, request: HttpRequest, ask: Callable[[], int]) -> Self:
        """ASK asks for the revision with which the page changes. One query."""
        is_signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
        asked_of = replica.PRIMARY
        if is_signed_in:
            revision = ask()
        else:
            revision, asked_of = replica.newest(ask)
        key = key_of(settings.SITE_URL + request.get_full_path(), revision)
        return cls(key, ask, revision, is_signed_in, asked_of)

    def read(self, view: Callable[[], Read]) -> Read:
        """What VIEW makes of the data, read where `database` says; among few at once."""
        with among_few():
            if self.asked_of == replica.REPLICA:
                with replica.reading(replica.REPLICA):
                    return view()
            return view() if self.is_signed_in else replica.read_where(self._has_come, view)

    def database(self) -> str:
        """The replica, once it has come as far as this revision; the primary for all else.

        Who is signed in works, and sees at once also what is not published.
        """
        if self.is_signed_in or self.asked_of == replica.REPLICA:
            return self.asked_of
        return replica.database_where(self._has_come)

    def _has_come(self) -> bool:
        return self.ask() >= self.revision


def key_of(subject: str, revision: int) -> str:
    """The key of what is said of SUBJECT, an address, under that public REVISION: today, by this
    release."""
    parts = (settings.RELEASE, subject, timezone.localdate(), revision)
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()
