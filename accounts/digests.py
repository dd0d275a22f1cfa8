"""How the database knows a secret that only its holder has."""

import hashlib


def digest_of(token: str) -> str:
    """The SHA-256 of TOKEN, which is random and long: nothing slower would keep it better."""
    return hashlib.sha256(token.encode()).hexdigest()
