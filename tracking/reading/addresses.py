"""Addresses as they leave the portal."""

from django.conf import settings


def absolute(path: str) -> str:
    """PATH with the portal's own address before it, whatever host was asked."""
    return f"{settings.SITE_URL}{path}"
