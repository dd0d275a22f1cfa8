"""What is read of the whole portal whenever somebody asks: queues, ages, copies."""

import datetime as dt
import time
from collections.abc import Iterator

from django.conf import settings
from django.db import Error, connection
from django.db.models import Count, Max, Min
from django.utils import timezone
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from accounts.models import Letter
from config.copies import copies_folder, stamped
from config.doctor.backups import archiving
from tracking.models import (
    HeadStamp,
    Heartbeat,
    LedgerEntry,
    LogHead,
    PendingLeaf,
    RenderedFile,
)
from tracking.transparency.heads import newest_head
from tracking.transparency.witnesses import contradictions

Figures = Iterator[tuple[str, str, float | None]]


class Portal(Collector):
    """A figure that is not known is not there: no alert takes it for zero."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        is_up = True
        figures = []
        try:
            figures = [*_of_the_work(), *_of_the_ledger(), *_of_the_tree(), *_of_the_log()]
        except Error:
            is_up = False
        finally:
            connection.close()
        yield GaugeMetricFamily("vigia_database_up", "Whether it answers.", is_up)
        for name, words, value in (*figures, *_of_the_copies()):
            if value is not None:
                yield GaugeMetricFamily(f"vigia_{name}", words, value)


def _of_the_work() -> Figures:
    beat = Heartbeat.objects.first()
    yield "background_age_seconds", "Since somebody last worked.", _age(beat.at if beat else None)
    letters = Letter.objects.aggregate(oldest=Min("queued_at"))
    yield "letters_waiting", "That pages asked for.", Letter.objects.count()
    yield "letters_oldest_seconds", "Since the oldest waits.", _age(letters["oldest"]) or 0
    files = RenderedFile.objects.waiting()
    files_made = RenderedFile.objects.filter(rendered_at__isnull=False).count()
    oldest = files.order_by().aggregate(oldest=Min("report__issued_at"))["oldest"]
    yield "files_waiting", "Of accountability reports.", files.count()
    yield "files_oldest_seconds", "Since the oldest waits.", _age(oldest) or 0
    yield "files_made", "Of accountability reports.", files_made


def _of_the_ledger() -> Figures:
    newest = LedgerEntry.objects.aggregate(at=Max("at"))["at"]
    yield "ledger_head_age_seconds", "Since the newest entry of any ledger.", _age(newest)


def _of_the_tree() -> Figures:
    """The log of the portal, which grows with every ledger; see `tracking.transparency`."""
    waiting = PendingLeaf.objects.aggregate(oldest=Min("entry__at"), count=Count("pk"))
    yield "tree_waiting", "Entries that are not in the portal's log yet.", waiting["count"]
    yield "tree_oldest_seconds", "Since the oldest waits.", _age(waiting["oldest"]) or 0
    head = newest_head()
    yield "tree_size", "Entries in the portal's log.", head.size if head else 0
    yield "tree_head_age_seconds", "Since its newest head.", _age(head.at if head else None)
    yield "tree_contradictions", "Heads that we signed and it lacks.", contradictions().count()
    if settings.TSA_URL:
        stamped_at = HeadStamp.objects.aggregate(at=Max("stamped_at"))["at"]
        since = stamped_at or LogHead.objects.order_by("pk").values_list("at", flat=True).first()
        words = "Since an authority stamped a head, or since the first where none did."
        yield "tree_stamp_age_seconds", words, _age(since)


def _of_the_log() -> Figures:
    """Whether the database's own log leaves for the copies, as the server tells it."""
    last, failing_since = archiving()
    yield "log_archived_age_seconds", "Since a piece of the log was copied.", _age(last)
    yield "log_archiving_fails", "Whether the last try failed.", failing_since is not None


def _of_the_copies() -> Figures:
    try:
        told = stamped(copies_folder())
    except (OSError, ValueError):
        return
    for what in ("database", "files", "drill"):
        if text := told.get(f"{what}_at"):
            age = time.time() - dt.datetime.fromisoformat(text).timestamp()
            yield f"copy_{what}_age_seconds", "Since it last ended well.", age


def _age(at: dt.datetime | None) -> float | None:
    return (timezone.now() - at).total_seconds() if at else None
