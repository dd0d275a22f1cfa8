"""The keys with which the portal's log signs its heads, and under which name.

Only the worker signs. Whoever serves pages is given LOG_PUBLIC_KEYS and no private key; where
LOG_KEYS is given the public ones follow from it.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult

from django.core.exceptions import ImproperlyConfigured

from config import cluster
from config.secret import kept_secret
from tracking.transparency.notes import Algorithm, Signer, Verifier, is_name


@dataclass(frozen=True)
class LogKeys:
    """Keys as they are written; all of ``signers`` sign, so that a rotation overlaps."""

    origin: str
    signers: list[str]
    verifiers: list[str]
    former: list[str]


def log_keys(site: SplitResult, said: Mapping[str, str], project: Path) -> LogKeys:
    """The keys that SAID, the environment, names. ImproperlyConfigured where one is none.

    On one's own machine the installation makes a key of its own. Where SITE is real there may be
    none: heads are then unsigned, and pages say so.
    """
    origin = said.get("LOG_ORIGIN", "") or f"{site.hostname}/registro"
    if not is_name(origin) or "://" in origin:
        raise ImproperlyConfigured(
            f"LOG_ORIGIN es «{origin}»: debe ser como vigia.example.pe/registro, sin https:// ni "
            "espacios ni el signo +."
        )
    signers = [_signer(each, origin) for each in _listed(said, "LOG_KEYS")]
    public = [
        _verifier(each, origin, "LOG_PUBLIC_KEYS") for each in _listed(said, "LOG_PUBLIC_KEYS")
    ]
    if not signers and not public and site.scheme != "https":
        signers = [_own(origin, project)]
    verifiers = [signer.verifier for signer in signers] or public
    if public and set(public) != set(verifiers):
        raise ImproperlyConfigured(
            "LOG_PUBLIC_KEYS no son las claves públicas de LOG_KEYS: ponga las mismas, o quite "
            "LOG_PUBLIC_KEYS donde está LOG_KEYS."
        )
    former = [_former(each, origin) for each in _listed(said, "LOG_FORMER_KEYS")]
    return LogKeys(
        origin=origin,
        signers=[str(each) for each in signers],
        verifiers=[str(each) for each in verifiers],
        former=[str(each) for each in former if each not in verifiers],
    )


def _listed(said: Mapping[str, str], name: str) -> list[str]:
    return list(filter(None, (each.strip() for each in said.get(name, "").split(","))))


def _own(origin: str, project: Path) -> Signer:
    path = cluster.state_directory(project) / "log_seed"
    seed = kept_secret(path, lambda: base64.b64encode(Signer.new(origin).seed).decode())
    return Signer(origin, base64.b64decode(seed))


def _signer(text: str, origin: str) -> Signer:
    """The key that TEXT writes; it is not repeated where it is none: it may be nearly one."""
    try:
        signer = Signer.parse(text)
    except ValueError:
        raise ImproperlyConfigured(
            "LOG_KEYS no es una clave privada del registro: póngala entera, como la da «manage.py "
            "new_log_key» (empieza con PRIVATE+KEY+); varias, con comas."
        ) from None
    _check(signer.verifier, origin, "LOG_KEYS")
    return signer


def _verifier(text: str, origin: str, setting: str) -> Verifier:
    verifier = _parsed(text, origin, setting)
    _check(verifier, origin, setting)
    return verifier


def _former(text: str, origin: str) -> Verifier:
    """It may be of another origin: of the log's before it had to begin anew (docs/backups.md)."""
    verifier = _parsed(text, origin, "LOG_FORMER_KEYS")
    _check(verifier, verifier.name, "LOG_FORMER_KEYS")
    return verifier


def _parsed(text: str, origin: str, setting: str) -> Verifier:
    try:
        return Verifier.parse(text)
    except ValueError:
        raise ImproperlyConfigured(
            f"{setting} debe tener claves públicas del registro, como {origin}+1a2b3c4d+AZ…, "
            "separadas con comas."
        ) from None


def _check(verifier: Verifier, origin: str, setting: str) -> None:
    if verifier.name != origin:
        raise ImproperlyConfigured(
            f"{setting} tiene una clave de «{verifier.name}», y el registro es «{origin}». Si "
            "el portal cambió de dirección, LOG_ORIGIN conserva el nombre que tenía."
        )
    if verifier.algorithm != Algorithm.ED25519:
        raise ImproperlyConfigured(
            f"{setting} tiene una clave de testigo: la del registro firma cabezas, no refrendos."
        )
