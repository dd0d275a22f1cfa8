"""Whether SITE_URL answers a browser, and how long its certificate is still valid."""

import math
import socket
import ssl
import time
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong

PATIENCE: Final = 5  # seconds
SOON: Final = 21  # days; certbot renews at thirty
AT_ONCE: Final = 7
DAY: Final = 86_400  # seconds
LIGHT: Final = "/robots.txt"
"""A page that asks nothing of the database."""


def check() -> Iterator[Finding]:
    """Ask for it as a browser does; nothing where SITE_URL is http."""
    site = urlsplit(settings.SITE_URL)
    if site.scheme != "https":
        return
    try:
        ends = _end_of(str(site.hostname), site.port or 443)
    except ssl.SSLCertVerificationError as error:
        yield wrong(
            _("Ningún navegador confía en el certificado de %(site)s (%(reason)s): renuévelo.")
            % {"site": settings.SITE_URL, "reason": error.verify_message}
        )
    except OSError as error:
        yield wrong(
            _("No se llega a %(site)s desde esta máquina (%(reason)s): revise nginx y el DNS.")
            % {"site": settings.SITE_URL, "reason": error.strerror or error}
        )
    else:
        yield left(math.floor((ends - time.time()) / DAY))
        yield answered(_status_of(str(site.hostname), site.port or 443))


def left(days: int) -> Finding:
    """What is said of a certificate that is valid for so many DAYS more."""
    said = _("El certificado vale %s días más.") % days
    if days > SOON:
        return fine(said)
    grade = wrong if days < AT_ONCE else watch
    return grade(_("%s Renuévelo: «certbot renew», o pida el suyo.") % said)


def answered(status: int | None) -> Finding:
    """What is said of a site whose answer has that STATUS; None where it hung up or took long."""
    if status == HTTPStatus.OK:
        return fine(_("El portal responde en %s.") % settings.SITE_URL)
    return wrong(
        _("nginx está, pero el portal no responde (%s): encienda vigia-web y vea su bitácora.")
        % (status or _("sin respuesta"))
    )


def _status_of(host: str, port: int) -> int | None:
    line = HTTPSConnection(host, port, timeout=PATIENCE)
    try:
        line.request("GET", LIGHT)
        return line.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        line.close()


def _end_of(host: str, port: int) -> float:
    """Until when it is valid, in seconds since 1970. OSError where there is none to trust."""
    context = ssl.create_default_context()
    with (
        socket.create_connection((host, port), PATIENCE) as line,
        context.wrap_socket(line, server_hostname=host) as secured,
    ):
        certificate = secured.getpeercert()
    return ssl.cert_time_to_seconds(str(certificate["notAfter"])) if certificate else 0.0
