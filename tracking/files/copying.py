"""Copy what the portal keeps from one store to another, held to its digest at both ends."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Final

from django.core.files.storage import Storage
from django.db import transaction
from django.db.models import QuerySet

from tracking.files.kept import KEEPING, hold_bytes, is_whole, whole_file
from tracking.models import Preview, Support

CHUNK: Final = 2000


class Outcome(Enum):
    """What became of a file."""

    COPIED = auto()
    THERE = auto()  # it was whole in the other store already
    DROPPED = auto()  # nobody keeps it any more


@dataclass(frozen=True)
class Stored:
    """A file of the storage: its NAME, its digest, and the digest by which it is held."""

    name: str
    sha256: str
    held_by: str
    is_kept: Callable[[], bool]


def stored_files() -> Iterator[Stored]:
    """Whatever a row names, each once: what was sent, and then the small pictures made of it."""
    for sha256 in _digests().iterator(CHUNK):
        name = Support(sha256=sha256).storage_name
        yield Stored(name, sha256, sha256, lambda one=sha256: _is_sent(one))  # type: ignore[misc]
    for small in Preview.objects.exclude(sha256="").order_by("pk").iterator(CHUNK):
        rows = Preview.objects.filter(pk=small.pk, sha256=small.sha256)
        yield Stored(small.storage_name, small.sha256, small.original, rows.exists)


@transaction.atomic
def copy(stored: Stored, source: Storage, target: Storage, *, removes: bool = False) -> Outcome:
    """Have STORED in TARGET, read through there; REMOVES takes it from SOURCE after that.

    Nobody takes the file away meanwhile. DamagedError where either store gives other bytes than its
    digest's, FilesAway where one does not answer: the source is then as it was.
    """
    hold_bytes(stored.held_by)
    if not stored.is_kept():
        return Outcome.DROPPED
    outcome = Outcome.THERE
    if not is_whole(stored.name, stored.sha256, target):
        with whole_file(stored.name, stored.sha256, source) as file:
            target.save(stored.name, file)
        whole_file(stored.name, stored.sha256, target).close()
        outcome = Outcome.COPIED
    if removes:
        source.delete(stored.name)
    return outcome


def _digests() -> QuerySet[Any, Any]:
    first, second = (
        model.objects.filter(url="").order_by().values_list("sha256", flat=True)
        for model in KEEPING
    )
    return first.union(second).order_by("sha256")


def _is_sent(sha256: str) -> bool:
    return any(model.objects.filter(sha256=sha256).exists() for model in KEEPING)
