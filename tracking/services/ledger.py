"""Enter what is published in the *registro de publicaciones* of its municipality.

Whoever publishes calls `enter` in the same transaction, after `let_pages_know` or `held`: that
holds the municipality's row until the commit, so that two publications at once make one chain.
"""

from collections.abc import Collection, Iterable
from operator import attrgetter
from typing import Final

from django.db.models import Model
from django.utils import timezone

from accounts.models import Municipality
from plans.models import Plan
from tracking.ledger import GENESIS, chain_value
from tracking.models import LedgerEntry
from tracking.recorded import KINDS, TERMS, Kind, Recorded

BATCH: Final = 1000


def enter(kind: Kind, rows: Collection[Model]) -> None:
    """Enter ROWS, of one municipality, published just now. They are read as they were stored."""
    published = kind.published().filter(pk__in=[row.pk for row in rows])
    _append(kind.recorded(published))


def enter_terms(plan: Plan) -> None:
    """Enter how promises of PLAN are measured, as far as no entry says it yet."""
    _append(TERMS.recorded(TERMS.unentered().filter(element__plan=plan)))


def enter_missing(municipality: Municipality) -> int:
    """Enter all that MUNICIPALITY published and no entry names, in order of its publication.

    Returns how many that were. The municipality's row must be held.
    """
    missing = [
        recorded
        for kind in KINDS
        for recorded in kind.recorded(
            kind.unentered().filter(**{kind.municipality: municipality.pk})
        )
    ]
    return _append(sorted(missing, key=attrgetter("happened_at")))


def _append(rows: Iterable[Recorded]) -> int:
    """Continue the chain with ROWS, in their order: how many. Two queries, none for no rows."""
    found = list(rows)
    if not found:
        return 0
    municipality_id = found[0].municipality_id
    head = LedgerEntry.objects.filter(municipality=municipality_id).order_by("-number").first()
    number, previous = (head.number, head.chain) if head else (0, GENESIS)
    now = timezone.now()
    entries = []
    for row in found:
        number += 1
        entry = LedgerEntry(
            municipality_id=municipality_id,
            inei=row.inei,
            number=number,
            act=row.act,
            subject_id=row.subject_id,
            term=row.term,
            ref=row.ref,
            semester=row.semester,
            revision=row.revision,
            unit=row.unit,
            simulated=row.simulated,
            happened_at=row.happened_at,
            at=now,
            digest=row.digest,
            previous=previous,
        )
        entry.chain = previous = chain_value(entry)
        entries.append(entry)
    LedgerEntry.objects.bulk_create(entries, BATCH)
    return len(entries)
