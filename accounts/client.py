"""From where a request comes: one answer, for whoever counts attempts and whoever keeps the log."""

import ipaddress
import re
from typing import Any, Final

from django.conf import settings

NETWORK: Final = 64
"""Bits of an IPv6 address that whoever has it cannot change as they like."""

WITH_PORT: Final = re.compile(r"(?:\[(?P<v6>[0-9a-fA-F:.]+)\]|(?P<v4>[0-9.]+))(?::[0-9]+)?")


def address_of(request: Any) -> str:
    """The address from which REQUEST came; empty where nothing says it, as on a socket.

    Each proxy adds at the end of X-Forwarded-For the address that asked it, so only the last
    TRUSTED_PROXIES are believed: what stands before was written by whoever asked.
    """
    passed = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    trusted = settings.TRUSTED_PROXIES
    forwarded = _address(passed[-min(trusted, len(passed))]) if trusted else ""
    return forwarded or _address(request.META.get("REMOTE_ADDR", ""))


def counted_as(address: str) -> str:
    """What attempts from ADDRESS are counted by: of IPv6 the network, or nobody would ever wait."""
    if ":" not in address:
        return address
    return str(ipaddress.ip_network(f"{address}/{NETWORK}", strict=False).network_address)


def _address(text: str) -> str:
    """TEXT as an address has one spelling, without its port; empty where it is none."""
    match = WITH_PORT.fullmatch(text.strip())
    bare = (match["v6"] or match["v4"]) if match else text.strip()
    try:
        address = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    if isinstance(address, ipaddress.IPv6Address):
        address = ipaddress.IPv6Address(int(address))  # without its zone
        return str(address.ipv4_mapped or address)
    return str(address)
