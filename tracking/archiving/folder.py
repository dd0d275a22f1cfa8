"""Where an archive is written: beside its place until it is whole."""

import fcntl
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.utils.translation import gettext as _

from tracking.archiving.refused import CannotArchive
from tracking.reading.archives import SUMS

PARTIAL, FORMER = ".parcial", ".anterior"


class Folder:
    """The files of an archive, each with the digest of what was written into it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.digests: dict[str, str] = {}
        self.size = 0

    def __contains__(self, name: str) -> bool:
        return name in self.digests

    def write(self, name: str, pieces: Iterable[bytes]) -> None:
        """NAME, a path below the folder, with PIECES in it. FileExistsError where it is there."""
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        digest = hashlib.sha256()
        with path.open("xb") as file:
            for piece in pieces:
                file.write(piece)
                digest.update(piece)
                self.size += len(piece)
        self.digests[name] = digest.hexdigest()

    def write_sums(self) -> str:
        """What `sha256sum -c` reads; its own digest stands for all that is in the archive."""
        lines = (f"{digest}  {name}\n".encode() for name, digest in sorted(self.digests.items()))
        self.write(SUMS, lines)
        return self.digests[SUMS]


@contextmanager
def whole_or_nothing(place: Path, *, replace: bool) -> Iterator[Folder]:
    """A folder that takes PLACE once it is whole; until then what was there stays.

    CannotArchive where something is there that is not to REPLACE, or somebody else writes it.
    """
    partial, former = (place.with_name(f".{place.name}{each}") for each in (PARTIAL, FORMER))
    with _read_by_all(), _held(partial):
        try:
            if former.exists() and not place.exists():  # killed between the two names
                former.rename(place)
            if place.exists() and not replace:
                raise CannotArchive(
                    _("Ya hay un archivo en %s. Con --replace se hace de nuevo en su lugar.")
                    % place
                )
            _empty(partial)
            shutil.rmtree(former, ignore_errors=True)
            yield Folder(partial)
            if place.exists():
                place.rename(former)
            partial.rename(place)
        except BaseException:
            if former.exists() and not place.exists():
                former.rename(place)
            shutil.rmtree(partial, ignore_errors=True)
            raise
        shutil.rmtree(former, ignore_errors=True)


@contextmanager
def _read_by_all() -> Iterator[None]:
    """What is written meanwhile everybody on the machine may read: nginx serves it."""
    before = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Nobody else writes into FOLDER meanwhile; it is free again once who holds it is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise CannotArchive(
            _("Otra orden está haciendo ese archivo: espere a que termine.")
        ) from None
    else:
        yield
    finally:
        os.close(descriptor)


def _empty(folder: Path) -> None:
    """What a command that was killed left in FOLDER."""
    for each in folder.iterdir():
        shutil.rmtree(each) if each.is_dir() else each.unlink()
