"""Make the files of the accountability reports that were issued.

The row of a file is its place in the queue: whoever makes it holds it until the bytes are stored,
in one transaction, and others pass over it. Whoever dies meanwhile lets go of it, with nothing
written, and the next one takes it up.
"""

import hashlib
import logging
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import Municipality
from accounts.outage import Outage, outage_of
from tracking.accountability.edition import Edition
from tracking.accountability.printing.pdf import pdf_of
from tracking.accountability.printing.table import csv_of
from tracking.choices import FileKind
from tracking.ledger.kinds import FILES
from tracking.ledger.writing import enter
from tracking.models import RenderedFile

logger = logging.getLogger(__name__)


@dataclass
class Making:
    """What one round made, in files."""

    made: int = 0
    failed: int = 0


def make_files(*, is_over: Callable[[], bool] = lambda: False) -> Making:
    """Make every file that waits, oldest first. IS_OVER ends it between two.

    What fails, a full disk or a content that nobody foresaw, keeps its place, and does not keep
    the others from being made. A database that is away ends the round.
    """
    done = Making()
    for pk in list(RenderedFile.objects.waiting().values_list("pk", flat=True)):
        if is_over():
            break
        try:
            done.made += make_file(pk)
        except Exception as error:
            if outage_of(error) is Outage.AWAY:
                raise  # of all of them, and told once
            done.failed += 1
            logger.exception("File %s of an accountability report could not be made", pk)
    return done


@transaction.atomic
def make_file(pk: int) -> bool:
    """Make that file and enter it in the ledger; False where it is made, or another makes it."""
    rows = RenderedFile.objects.waiting().select_related("report__plan__municipality")
    file = rows.select_for_update(skip_locked=True, of=("self",)).filter(pk=pk).first()
    if file is None:
        return False
    data = _bytes_of(file)
    file.data, file.size = data, len(data)
    file.sha256 = hashlib.sha256(data).hexdigest()
    file.rendered_at = timezone.now()
    file.save(update_fields=["data", "size", "sha256", "rendered_at"])
    place = Municipality.objects.filter(pk=file.report.municipality_id)
    place.held().get()
    place.let_pages_know()
    enter(FILES, [file])
    return True


def _bytes_of(file: RenderedFile) -> bytes:
    report = file.report
    edition = Edition.of(report)
    if file.kind == FileKind.CSV:
        return csv_of(edition.content, edition.code)
    return pdf_of(edition, report.content, name=report.file_name)
