"""What is wrong between the ledgers and what is published, a sentence each.

All that the portal holds is used: each chain by itself, and against the heads that editions print;
each published row against its entry; each plan against the record of its newest version; each
file against its digest. What somebody with every right on the database rewrote consistently is not
found by any of it: only a head that others hold shows that (`held_heads`).
"""

from collections.abc import Iterator

from django.db.models import QuerySet

from accounts.models import Municipality
from tracking.ledger.verifying.chains import broken_links, exchanged
from tracking.ledger.verifying.files import changed_files
from tracking.ledger.verifying.heads import former_editions, printed_heads
from tracking.ledger.verifying.plans import changed_plans
from tracking.ledger.verifying.rows import changed_rows


def faults_of(places: QuerySet[Municipality], *, with_files: bool = True) -> Iterator[str]:
    """Every fault of PLACES; WITH_FILES reads each support too.

    Rows and files are read piece by piece: memory does not grow with them.
    """
    yield from broken_links(places)
    yield from exchanged(places)
    yield from printed_heads(places)
    yield from former_editions(places)
    yield from changed_rows(places)
    yield from changed_plans(places)
    if with_files:
        yield from changed_files(places)
