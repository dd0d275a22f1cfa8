"""A tree as RFC 6962 defines it, word for word, and ledgers that grow without a report."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, datetime

from accounts.models import Municipality
from tests.verifier.program import vigia_verify
from tracking.choices import LedgerAct
from tracking.ledger.chain import digest
from tracking.ledger.kinds import Recorded
from tracking.ledger.writing import linked
from tracking.models import LedgerEntry
from tracking.models.ledger import GENESIS
from tracking.transparency.merkle import leaf_hash, node_hash

is_included = vigia_verify.is_included
"""What people verify with decides whether a proof holds: ``(leaf, index, size, proof, root)``."""

NOON = datetime(2021, 7, 20, 17, tzinfo=UTC)


def root_of(leaves: list[bytes]) -> bytes:
    """The root over the hashes of LEAVES."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return node_hash(root_of(leaves[:half]), root_of(leaves[half:]))


def hashes(count: int) -> list[bytes]:
    return [leaf_hash(str(each).encode()) for each in range(count)]


def is_consistent(first: int, second: int, proof: Sequence[bytes], old: bytes, new: bytes) -> bool:
    """Whether PROOF shows that the tree with root NEW begins with that of OLD."""
    held: bool = vigia_verify.is_extension(first, old, second, new, proof)
    return held


def enter(place: Municipality, count: int) -> list[LedgerEntry]:
    """Continue the chain of PLACE with COUNT entries, as of terms that nobody stated."""
    head = place.ledger.order_by("-number").first()
    first = LedgerEntry.objects.count() + 1
    rows = [
        Recorded(
            municipality_id=place.pk,
            inei=place.inei,
            act=LedgerAct.TERMS,
            subject_id=1_000_000 + first + each,
            ref="S.1",
            simulated=False,
            happened_at=NOON,
            digest=digest(first + each),
        )
        for each in range(count)
    ]
    number, previous = (head.number, head.chain) if head else (0, GENESIS)
    links = linked(rows, number=number, previous=previous, at=NOON)
    return LedgerEntry.objects.bulk_create(links)
