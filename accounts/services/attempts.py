"""Tell somebody that their account is tried at, once a day however long it goes on."""

from typing import Final

from django.core.cache import cache

from accounts.choices import LetterKind
from accounts.digests import digest_of
from accounts.services.letter_queue import queue_letter

A_DAY: Final = 24 * 3600  # seconds


def warn_of_attempts(email: str, *, address: str, knows_password: bool = False) -> None:
    """Queue a letter to whoever has EMAIL, should anybody: the worker finds out, not the page.

    The tries came from ADDRESS; KNOWS_PASSWORD where what failed was the second factor.
    """
    key = f"attempts:{int(knows_password)}:{digest_of(email.lower())}"
    if cache.add(key, True, A_DAY):
        facts = {"address": address, "knows_password": knows_password}
        queue_letter(LetterKind.ATTEMPTS, email, **facts)
