"""Addresses as they leave the portal."""

from django.conf import settings
from django.urls import reverse


def absolute(path: str) -> str:
    """PATH with the portal's own address before it, whatever host was asked."""
    return f"{settings.SITE_URL}{path}"


def of_proofs() -> str:
    """Where it is said what the codes that a letter carries prove, and what not."""
    return f"{absolute(reverse('tracking:methodology'))}#pruebas"
