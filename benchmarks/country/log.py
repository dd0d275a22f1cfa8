"""Bring the entries of a made-up country into the portal's log, as the worker does with what waits.

A leaf is hashed where there is a processor for it; the tree is one, and grows in one process.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from django.db import connection
from django.utils import timezone

from benchmarks.country.places import Order
from tracking.ledger.chain import sealed_text
from tracking.models import LedgerEntry
from tracking.transparency.growing import give_out, keep, newest_frontier
from tracking.transparency.merkle import leaf_hash

LEAVES: Final = """
INSERT INTO tracking_logleaf (position, entry_id)
SELECT row_number() OVER (ORDER BY id) - 1, id FROM tracking_ledgerentry
"""


def leaves_of(some: Sequence[Order]) -> list[bytes]:
    """The hash of each leaf of SOME, in the order of their entries' ids."""
    places = [order.place for order in some]
    entries = LedgerEntry.objects.filter(municipality__in=places).order_by("pk")
    return [leaf_hash(sealed_text(entry).encode()) for entry in entries]


def write_log(leaves: Iterable[Sequence[bytes]]) -> None:
    """Make the log of every entry there is: LEAVES are their hashes, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(LEAVES)
    frontier = newest_frontier()
    for some in leaves:
        for leaf in some:
            frontier.add(leaf)
        keep(frontier)
        frontier = newest_frontier()
    give_out(frontier, timezone.now())
