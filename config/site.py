"""What must be said before the portal serves at an address: nothing is guessed where it is real."""

import ipaddress
from urllib.parse import SplitResult, urlsplit

from django.core.exceptions import ImproperlyConfigured


def site_of(address: str) -> SplitResult:
    """ADDRESS taken apart. ImproperlyConfigured where it is none, or is public without https."""
    site = urlsplit(address)
    if site.scheme not in {"http", "https"} or not site.hostname:
        raise ImproperlyConfigured(
            f"SITE_URL debe ser como https://vigia.example.pe, no «{address}»."
        )
    if "*" in site.hostname:
        raise ImproperlyConfigured(
            f"SITE_URL es «{address}»: diga un solo nombre, sin asterisco. Con cualquiera, un "
            "enlace para elegir contraseña podría llevar a otro sitio."
        )
    if site.scheme == "http" and not is_local(site.hostname):
        raise ImproperlyConfigured(
            f"SITE_URL es «{address}»: fuera de esta máquina el portal se sirve con https. Con "
            "http cualquiera leería las sesiones, y entraría la gente de la demostración, cuya "
            "contraseña está publicada. Ponga https://, o http://localhost para probar."
        )
    return site


def archives_of(address: str) -> str:
    """ADDRESS with a slash at its end; "" where none are served. ImproperlyConfigured if none."""
    if not address:
        return ""
    place = urlsplit(address)
    if place.scheme not in {"http", "https"} or not place.hostname:
        raise ImproperlyConfigured(
            f"ARCHIVES_URL debe ser como https://vigia.example.pe/archivo/, no «{address}»."
        )
    return address.rstrip("/") + "/"


def is_local(host: str) -> bool:
    """Whether nobody reaches HOST but from the same machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


def debug_of(site: SplitResult, *, value: bool) -> bool:
    """Whether pages show tracebacks. ImproperlyConfigured where SITE is real and they would."""
    if site.scheme == "https" and value:
        raise ImproperlyConfigured(
            "DEBUG está encendido y SITE_URL es https: cada error mostraría a cualquiera la "
            "configuración del portal. Quite DEBUG."
        )
    return value


def proxies_of(site: SplitResult, value: str) -> int:
    """How many proxies are believed. ImproperlyConfigured where SITE is real and it is not SAID."""
    if site.scheme == "https" and not value:
        raise ImproperlyConfigured(
            "Falta TRUSTED_PROXIES: diga cuántos servidores propios pasan cada pedido al portal "
            "(1 con un nginx delante; 2 si además hay un balanceador; 0 si no hay ninguno). De eso "
            "depende a quién se cuenta cada intento de ingresar."
        )
    if not (value or "0").isdecimal():
        raise ImproperlyConfigured(f"TRUSTED_PROXIES es un número entero, no «{value}».")
    return int(value or 0)
