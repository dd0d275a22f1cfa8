"""That each entry of a municipality is in the log, as one file."""

import json
from collections.abc import Generator
from typing import Final

from django.db.models import QuerySet

from accounts import replica
from tracking.models import LedgerEntry
from tracking.transparency.proofs import inclusion_proofs

AT_ONCE: Final = 200  # proofs, of some twenty hashes each


def proofs(entries: QuerySet[LedgerEntry], size: int) -> Generator[bytes]:
    """A line ``{"index", "size", "proof"}`` for each of ENTRIES, all of the log's first SIZE.

    In the order of the log. Two queries for each AT_ONCE; in memory are no more.
    """
    last = -1
    positions = entries.order_by("leaf__position").values_list("leaf__position", flat=True)
    while found := list(positions.filter(leaf__position__gt=last)[:AT_ONCE]):
        with replica.reading(entries.db):
            lines = [json.dumps(each) + "\n" for each in inclusion_proofs(found, size)]
        yield "".join(lines).encode()
        last = found[-1]
