"""Make the small pictures of photographs, for pages to show."""

import datetime as dt
import hashlib
import logging
from collections.abc import Callable, Iterable
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from accounts.models import Municipality
from accounts.outage import FilesAway
from tracking.files.kept import DamagedError, hold_bytes, whole_file
from tracking.files.shrunk import Small, shrunk
from tracking.models import NoteSupport, Preview, Support
from tracking.models.kept_file import KeptFile
from tracking.models.preview import TRIES

logger = logging.getLogger(__name__)

PHOTOGRAPHS: Final = ("image/jpeg", "image/png")


def await_previews(supports: Iterable[KeptFile]) -> None:
    """Have a small picture made of each photograph among SUPPORTS that has none. One statement."""
    wanted = {each.sha256 for each in supports if each.media_type in PHOTOGRAPHS}
    rows = [Preview(original=sha256) for sha256 in sorted(wanted)]
    Preview.objects.bulk_create(rows, ignore_conflicts=True)


def make_previews(*, at: dt.datetime, is_over: Callable[[], bool] = lambda: False) -> int:
    """Make all that wait at AT, oldest first; how many were made. IS_OVER ends it between two.

    FilesAway where nothing can be read or stored: that is no failure of a photograph.
    """
    made = 0
    waiting = Preview.objects.waiting(at=at)
    for original in list(waiting.values_list("original", flat=True)):
        if is_over():
            break
        made += make_preview(original, at=at)
    return made


@transaction.atomic
def make_preview(original: str, *, at: dt.datetime) -> bool:
    """Make the preview of the photograph ORIGINAL; False where it failed or none waits.

    Nobody removes the photograph meanwhile: its bytes are held.
    """
    hold_bytes(original)
    waiting = Preview.objects.waiting(at=at)
    row = waiting.select_for_update().filter(original=original).first()
    if row is None:
        return False
    small = _stored(row)
    if small:
        row.sha256 = hashlib.sha256(small.content).hexdigest()
        row.width, row.height = small.width, small.height
        row.made_at = at
        _let_pages_know(original)
    else:
        _count_failure(row, at=at)
    row.save()
    return small is not None


def drop_preview(original: str) -> None:
    """Delete the preview of ORIGINAL and its bytes; the caller holds them."""
    for row in Preview.objects.filter(original=original):
        default_storage.delete(row.storage_name)
        row.delete()


def _stored(row: Preview) -> Small | None:
    """Make and store the small picture of ROW; None where something failed."""
    support: KeptFile | None = (
        Support.objects.filter(sha256=row.original, url="").first()
        or NoteSupport.objects.filter(sha256=row.original).first()
    )
    if support is None:
        return None
    try:
        with whole_file(support.storage_name, support.sha256) as photograph:
            small = shrunk(photograph)
        if small:
            default_storage.save(row.storage_name, ContentFile(small.content))
    except FilesAway:
        raise
    except (DamagedError, OSError) as error:  # a full disk, no room for a further process
        logger.warning("A preview could not be made: %s", error)
        return None
    return small


def _count_failure(row: Preview, *, at: dt.datetime) -> None:
    row.tries += 1
    row.tried_at = at
    if row.tries >= TRIES:
        row.made_at = at
        logger.error("No preview of photograph %s after %s tries", row.original, row.tries)


def _let_pages_know(original: str) -> None:
    shown = Support.objects.published().filter(sha256=original)
    places = Municipality.objects.filter(pk__in=shown.values("report__municipality"))
    list(places.held())
    places.let_pages_know()
