"""Give each entry of the ledgers its place in the log, and the log a new head.

Whoever publishes holds nothing of the log: what was entered waits in `PendingLeaf` until the worker
comes by. So a publication is in the tree some seconds after it is in its ledger, and two
municipalities that publish at once do not wait for each other.
"""

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction

from tracking.ledger.chain import sealed_text
from tracking.models import LedgerEntry, LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.transparency.checkpoints import checkpoint_of, is_signed_by_all
from tracking.transparency.heads import newest_head
from tracking.transparency.merkle import leaf_hash
from tracking.transparency.tiles import Frontier

BATCH: Final = 1000
"""Leaves that are added at once: memory does not grow with what waits."""
LOCK: Final = "SELECT pg_try_advisory_xact_lock(hashtext('tracking_loghead'))"


def grow(*, at: dt.datetime, is_over: Callable[[], bool] = lambda: False) -> int:
    """Add all that waits, until IS_OVER: how many. Nothing while somebody else does it.

    Where nothing waits, the newest head is signed anew if its keys are others than today's.
    """
    added = 0
    while not is_over():
        count = _add_some(at)
        added += count
        if count < BATCH:
            break
    return added


@transaction.atomic
def _add_some(at: dt.datetime) -> int:
    """Add what waits longest, up to BATCH, with a head of it. Seven queries, however many."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
        (is_ours,) = cursor.fetchone()
    if not is_ours:
        return 0
    entries = list(LedgerEntry.objects.exclude(pending_leaf=None).order_by("pk")[:BATCH])
    if not entries:
        _sign_anew(at)
        return 0
    frontier = newest_frontier()
    leaves = []
    for entry in entries:
        leaves.append(LogLeaf(position=frontier.size, entry=entry))
        frontier.add(leaf_hash(sealed_text(entry).encode()))
    LogLeaf.objects.bulk_create(leaves)
    keep(frontier)
    PendingLeaf.objects.filter(pk__in=[entry.pk for entry in entries]).delete()
    give_out(frontier, at)
    return len(entries)


def newest_frontier() -> Frontier:
    """The end of the tree as it is kept. One query."""
    last = LogTile.objects.order_by("level", "-number").distinct("level")
    return Frontier(last.values_list("level", "number", "hashes"))


def keep(frontier: Frontier) -> None:
    """Write the tiles of FRONTIER that were begun or went on. One query."""
    LogTile.objects.bulk_create(
        [
            LogTile(level=level, number=number, hashes=b"".join(row))
            for (level, number), row in frontier.changed.items()
        ],
        update_conflicts=True,
        unique_fields=["level", "number"],
        update_fields=["hashes"],
    )


def give_out(frontier: Frontier, at: dt.datetime) -> None:
    """Sign the head of the tree that ends with FRONTIER. One query."""
    _sign(frontier.size, frontier.root(), at)


def _sign_anew(at: dt.datetime) -> None:
    """Give the newest head out again where a key of today has not signed it: how keys change."""
    head = newest_head()
    if head and not is_signed_by_all(head.note):
        _sign(head.size, bytes.fromhex(head.root), at)


def _sign(size: int, root: bytes, at: dt.datetime) -> None:
    note = checkpoint_of(size, root)
    LogHead.objects.create(size=size, root=root.hex(), at=at, note=note)
