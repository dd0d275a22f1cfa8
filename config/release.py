"""Which code serves: a short name that changes whenever a page could."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

SOURCES: Final = (
    "accounts",
    "plans",
    "tracking",
    "config",
    "templates",
    "static",
    "locale",
    "requirements",
)
"""Our own code, what it draws with, and which libraries it draws with."""
LENGTH: Final = 12


def release_of(project: Path) -> str:
    """Name the release of PROJECT: the digest of its sources, the same on every machine.

    Read from the files themselves: where the portal serves there need be no git.
    """
    digest = hashlib.sha256()
    for path in sorted(_sources(project), key=Path.as_posix):
        content = path.read_bytes()
        digest.update(f"{path.relative_to(project).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()[:LENGTH]


def _sources(project: Path) -> Iterator[Path]:
    for name in SOURCES:
        for path in (project / name).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path
