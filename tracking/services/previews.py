"""Make the small pictures of photographs, for pages to show."""

import hashlib
import logging
from collections.abc import Callable, Iterable
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality
from tracking.files.kept import DamagedError, hold_bytes, whole_file
from tracking.files.shrunk import Small, shrunk
from tracking.models import Preview, Support

logger = logging.getLogger(__name__)

PHOTOGRAPHS: Final = ("image/jpeg", "image/png")


def await_previews(supports: Iterable[Support]) -> None:
    """Have a small picture made of each photograph among SUPPORTS that has none. One statement."""
    wanted = {each.sha256 for each in supports if each.media_type in PHOTOGRAPHS}
    rows = [Preview(original=sha256) for sha256 in sorted(wanted)]
    Preview.objects.bulk_create(rows, ignore_conflicts=True)


def make_previews(*, is_over: Callable[[], bool] = lambda: False) -> int:
    """Make all that wait, oldest first; how many were made. IS_OVER ends it between two."""
    made = 0
    waiting = Preview.objects.filter(made_at=None).order_by("pk")
    for original in list(waiting.values_list("original", flat=True)):
        if is_over():
            break
        made += make_preview(original)
    return made


@transaction.atomic
def make_preview(original: str) -> bool:
    """Make that of the photograph ORIGINAL; False where it is made, or there is nothing to make.

    Nobody removes the photograph meanwhile: its bytes are held.
    """
    hold_bytes(original)
    row = Preview.objects.select_for_update().filter(original=original, made_at=None).first()
    if row is None:
        return False
    support = Support.objects.filter(sha256=original, url="").first()
    small = _small(support) if support else None
    row.made_at = timezone.now()
    if small:
        row.sha256 = hashlib.sha256(small.content).hexdigest()
        row.width, row.height = small.width, small.height
        default_storage.save(row.storage_name, ContentFile(small.content))
        _let_pages_know(original)
    row.save()
    return small is not None


def drop_preview(original: str) -> None:
    """Take away that of ORIGINAL, whose bytes go too, and are held."""
    for row in Preview.objects.filter(original=original):
        default_storage.delete(row.storage_name)
        row.delete()


def _small(support: Support) -> Small | None:
    try:
        with whole_file(support.storage_name, support.sha256) as photograph:
            return shrunk(photograph)
    except DamagedError as damage:  # which whoever asks for the photograph is told
        logger.warning("No preview of a damaged support: %s", damage)
        return None


def _let_pages_know(original: str) -> None:
    shown = Support.objects.published().filter(sha256=original)
    places = Municipality.objects.filter(pk__in=shown.values("report__municipality"))
    list(places.held())
    places.let_pages_know()
