"""What a superuser does who knows how the portal works: whatever they changed, all is made to fit.

They have every right on the database, and the key that signs heads.
"""

from collections.abc import Callable
from itertools import groupby

from django.utils import timezone

from tests.tracking.tampering import unguarded
from tracking.ledger.chain import chain_value
from tracking.ledger.kinds import KINDS
from tracking.models import LedgerEntry, LogHead, LogLeaf, LogTile, PendingLeaf
from tracking.models.ledger import GENESIS
from tracking.transparency.growing import grow


def rewritten(change: Callable[[], None] = lambda: None) -> None:
    """Digests, chains, leaves, tiles and the head, made anew after CHANGE, and signed.

    Entries follow one another by their numbers, which close up, and so do their ids: it is their
    order in the log.
    """
    with unguarded(LedgerEntry, LogLeaf, LogTile, LogHead, PendingLeaf):
        for model in (LogLeaf, LogTile, LogHead, PendingLeaf):
            model._default_manager.all().delete()
        change()
        _digest_anew()
        entries = LedgerEntry.objects.select_related("municipality")
        entries = entries.order_by("municipality", "number")
        for _place, chain in groupby(list(entries), lambda entry: entry.municipality_id):
            _link(list(chain))
        ids = LedgerEntry.objects.order_by("pk").values_list("pk", flat=True)
        PendingLeaf.objects.bulk_create(PendingLeaf(entry_id=pk) for pk in ids)
    grow(at=timezone.now())


def _digest_anew() -> None:
    """Have each entry say what its row says."""
    for kind in KINDS:
        for recorded in kind.recorded():
            for entry in recorded.entries:
                rows = LedgerEntry.objects.filter(act=entry.act, subject_id=recorded.subject_id)
                said = {name: getattr(recorded, name) for name in kind.fixed}
                rows.update(**said, digest=recorded.digest)


def _link(chain: list[LedgerEntry]) -> None:
    ids = sorted(entry.pk for entry in chain)
    LedgerEntry.objects.filter(pk__in=ids).delete()
    previous = GENESIS
    for number, (pk, entry) in enumerate(zip(ids, chain, strict=True), 1):
        entry.pk, entry.number, entry.inei = pk, number, entry.municipality.inei
        entry.previous = previous
        entry.chain = previous = chain_value(entry)
    LedgerEntry.objects.bulk_create(chain)
