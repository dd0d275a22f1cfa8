"""Keep a file, and check it against its digest before it is given to anybody."""

import hashlib
from typing import Final

from django.core.files.base import File
from django.core.files.storage import Storage, default_storage
from django.db import connection

from accounts.outage import FilesAway, outage_of
from tracking.models import NoteSupport, Support

KEEPING: Final = (Support, NoteSupport)
"""What holds bytes in the storage."""


class DamagedError(Exception):
    """What is kept under a digest gives another one, or ``is_gone``."""

    def __init__(self, sha256: str, *, is_gone: bool = False) -> None:
        super().__init__(f"{'gone' if is_gone else 'altered'}: {sha256}")
        self.sha256, self.is_gone = sha256, is_gone


def keep(name: str, content: "File[bytes]") -> None:
    """Store CONTENT under NAME, all of it or nothing: an error then that is an `Outage`."""
    try:
        default_storage.save(name, content)
    except OSError as error:
        if outage_of(error):
            raise
        raise FilesAway(str(error)) from error  # a disk that may only be read, or is broken


def whole_file(name: str, sha256: str, store: Storage = default_storage) -> "File[bytes]":
    """The file NAME of STORE, opened, read through and at its beginning again.

    DamagedError unless all of it gives SHA256, FilesAway where nobody can say. 20 MB on the disk
    take about 15 ms.
    """
    try:
        file: File[bytes] = store.open(name)
    except FilesAway:
        raise
    except OSError as error:
        raise DamagedError(sha256, is_gone=True) from error
    try:
        digest = hashlib.sha256()
        for chunk in file.chunks():
            digest.update(chunk)
        file.seek(0)
    except OSError as error:
        file.close()
        raise DamagedError(sha256, is_gone=True) from error
    if digest.hexdigest() != sha256:
        file.close()
        raise DamagedError(sha256)
    return file


def is_whole(name: str, sha256: str, store: Storage = default_storage) -> bool:
    """Whether STORE has it as it was taken."""
    try:
        whole_file(name, sha256, store).close()
    except DamagedError:
        return False
    return True


def whole(data: bytes, sha256: str) -> bytes:
    """DATA, which gives SHA256; DamagedError if it does not."""
    if hashlib.sha256(data).hexdigest() != sha256:
        raise DamagedError(sha256)
    return data


def hold_bytes(sha256: str) -> None:
    """Hold the bytes of that digest until the transaction ends: nobody adds or removes them."""
    key = int.from_bytes(bytes.fromhex(sha256[:16]), signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
