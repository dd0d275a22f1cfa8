"""The keys of this portal's log, as its settings name them."""

from functools import lru_cache

from django.conf import settings

from tracking.transparency.notes import Signer, Verifier


def signers() -> list[Signer]:
    """The keys that sign heads: all of them. None where this process was given none."""
    return [_signer(text) for text in settings.LOG_KEYS]


def verifiers() -> list[Verifier]:
    """The keys by which anybody knows a head of today's."""
    return [_verifier(text) for text in settings.LOG_PUBLIC_KEYS]


def former_verifiers() -> list[Verifier]:
    """Those that signed once, and no longer do."""
    return [_verifier(text) for text in settings.LOG_FORMER_KEYS]


def all_verifiers() -> list[Verifier]:
    """Those of today's, and then those of before: any of them may have signed a head."""
    return [*verifiers(), *former_verifiers()]


@lru_cache
def _signer(text: str) -> Signer:
    return Signer.parse(text)


@lru_cache
def _verifier(text: str) -> Verifier:
    return Verifier.parse(text)
