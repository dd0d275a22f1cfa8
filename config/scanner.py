"""Where the antivirus listens, if there is one."""

from typing import Final
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

USUAL_PORT: Final = 3310
Scanner = str | tuple[str, int] | None
"""The path of a socket, or a host and its port; None where nothing is scanned."""


def scanner_of(address: str) -> Scanner:
    """What CLAMD_URL names. ImproperlyConfigured where it is neither of the two forms."""
    if not address:
        return None
    try:
        named = urlsplit(address)
        port = named.port or USUAL_PORT
    except ValueError:
        named, port = urlsplit(""), 0
    if named.scheme == "unix" and named.path and not named.netloc:
        return named.path
    if named.scheme == "tcp" and named.hostname:
        return named.hostname, port
    raise ImproperlyConfigured(
        f"CLAMD_URL debe ser como unix:///run/clamav/clamd.ctl o tcp://127.0.0.1:{USUAL_PORT}, "
        f"no «{address}»."
    )
