"""Which authority (RFC 3161) is asked to stamp the heads of the log, and who vouches for it.

The address may be http, as most authorities have it: what is sent is public, and what comes back is
signed. Whoever stands between can keep a stamp from coming, not make one.
"""

import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.core.exceptions import ImproperlyConfigured

VISIBLE: Final = re.compile("[!-~]+")


class TimeStamps(NamedTuple):
    """The ``url`` that is asked, "" for none, and the ``roots`` that a stamp must lead to.

    Roots may be there alone: stamps of an authority that is asked no more are still verified.
    """

    url: str
    roots: list[Certificate]


def time_stamps(url: str, roots: str) -> TimeStamps:
    """What TSA_URL and TSA_ROOTS, the path of a PEM file, say. ImproperlyConfigured if wrong."""
    if url and not _is_address(url):
        raise ImproperlyConfigured(
            "TSA_URL debe ser la dirección de una autoridad de sellos de tiempo, como "
            "https://tsa.example.pe/tsr o con http://, sin usuario ni clave."
        )
    if url and not roots:
        raise ImproperlyConfigured(
            "TSA_URL pide también TSA_ROOTS: el archivo PEM con el certificado raíz de esa "
            "autoridad. Sin él no se sabe si un sello es suyo."
        )
    return TimeStamps(url, _certificates(roots) if roots else [])


def _is_address(url: str) -> bool:
    try:
        named = urlsplit(url)
        is_whole = bool(named.hostname and named.port != 0)
    except ValueError:
        return False
    is_known = named.scheme in {"http", "https"} and "@" not in named.netloc
    return is_whole and is_known and not named.fragment and VISIBLE.fullmatch(url) is not None


def _certificates(path: str) -> list[Certificate]:
    try:
        return load_pem_x509_certificates(Path(path).read_bytes())
    except OSError as error:
        raise ImproperlyConfigured(
            f"TSA_ROOTS es {path}, que no se puede leer ({error.strerror})."
        ) from None
    except ValueError:
        raise ImproperlyConfigured(
            f"TSA_ROOTS es {path}, y ahí no hay certificados en PEM (-----BEGIN CERTIFICATE-----)."
        ) from None
