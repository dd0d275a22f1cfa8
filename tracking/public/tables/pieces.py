"""Read long answers a piece at a time, without a cursor that stays open between them."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import QuerySet

PIECE: Final = 500


def in_pieces(rows: QuerySet[Any]) -> Iterator[Any]:
    """ROWS in their order; in memory are the ids of all, and 500 of them whole.

    Each piece is a query of its own: none of them lasts as long as its reader's line is slow, and
    a pooler in transaction mode may give each to another connection.
    """
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), PIECE):
        piece = ids[start : start + PIECE]
        found = rows.order_by().in_bulk(piece)
        yield from (found[pk] for pk in piece if pk in found)
