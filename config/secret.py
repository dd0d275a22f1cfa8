"""The key that signs sessions: the one that is configured, or one of the installation's own."""

import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from django.core.exceptions import ImproperlyConfigured

from config import cluster

SHORTEST: Final = 50
FEWEST_DIFFERENT: Final = 10
INSECURE: Final = "django-insecure-"  # how Django begins a key that it wrote into a file
A_STRONG_ONE: Final = (
    f"ponga al menos {SHORTEST} signos al azar, como los que da "
    "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
)


def secret_key(project: Path, value: str, *, is_real: bool) -> str:
    """VALUE, or this installation's own key. ImproperlyConfigured where it is real and not strong.

    Where it is real it has to be said: the installation's own is found by where the code lies, and
    the next release may lie elsewhere.
    """
    if not is_real:
        return value or installation_key(project)
    if not value:
        raise ImproperlyConfigured(
            f"Falta SECRET_KEY: {A_STRONG_ONE} Si el portal ya servía sin decirla, la suya está en "
            f"{key_file(project)}: póngala, o nadie podrá entrar con su segundo factor."
        )
    if len(value) < SHORTEST or len(set(value)) < FEWEST_DIFFERENT or value.startswith(INSECURE):
        raise ImproperlyConfigured(
            f"SECRET_KEY es débil: {A_STRONG_ONE} La anterior, en SECRET_KEY_FALLBACKS, sigue "
            "abriendo lo que cerró."
        )
    return value


def key_file(project: Path) -> Path:
    """Where the installation's own key is kept; it may not be there yet."""
    return cluster.state_directory(project) / "secret_key"


def installation_key(project: Path) -> str:
    """Return this installation's own secret key, making it at the first call."""
    return kept_secret(key_file(project), lambda: secrets.token_urlsafe(50))


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Return what is kept at PATH, made by MAKE at the first call.

    It lies beside the private cluster, readable by its owner only. Two processes that start
    together agree: whoever links the file first wins, and the other reads it.
    """
    try:
        return path.read_text()
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(make())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
        return path.read_text()
