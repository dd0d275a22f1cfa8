"""What the log gives out of itself: its newest head, and the root that it had at any size."""

from tracking.models import LogHead
from tracking.transparency.merkle import EMPTY
from tracking.transparency.tiles import hashes_of


def newest_head() -> LogHead | None:
    """None before the first entry is in the log. One query."""
    return LogHead.objects.order_by("-pk").first()


def root_at(size: int) -> bytes:
    """The root of the log's first SIZE leaves, which it has. One query, none for no leaf."""
    return hashes_of([(0, size)])[0] if size else EMPTY
