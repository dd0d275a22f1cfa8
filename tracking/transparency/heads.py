"""What the log gives out of itself: its newest head, and the root that it had at any size."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from tracking.models import LedgerEntry, LogHead
from tracking.transparency.merkle import EMPTY
from tracking.transparency.tiles import hashes_of


def newest_head() -> LogHead | None:
    """None before the first entry is in the log. One query."""
    return LogHead.objects.order_by("-pk").first()


def log_size() -> int:
    """How many leaves the newest head covers. One query."""
    return LogHead.objects.order_by("-pk").values_list("size", flat=True).first() or 0


def root_at(size: int) -> bytes:
    """The root of the log's first SIZE leaves, which it has. One query, none for no leaf."""
    return hashes_of([(0, size)])[0] if size else EMPTY


def with_first_head(entries: QuerySet[LedgerEntry]) -> QuerySet[Any]:
    """ENTRIES, each with the ``head_size`` and ``head_root`` of the first head that covers it.

    None of either while it waits for the log. It stays, however the log grows.
    """
    covering = LogHead.objects.filter(size__gt=OuterRef("leaf__position")).order_by("size", "pk")
    return entries.annotate(
        head_size=Subquery(covering.values("size")[:1]),
        head_root=Subquery(covering.values("root")[:1]),
    )
