"""What is published, as the ledger enters it: the same for whoever publishes and whoever verifies.

Content is read from the stored row, from columns that never change once it is published; names
that may be mended later, such as a unit's, stand in the entry itself. No person is in it. Of a
support it has the digest of the file and that of its description: what is withheld later for the
personal data it holds was never copied here, and can be proved all the same.
"""

from typing import Final

from tracking.ledger.kinds.closings import CLOSINGS
from tracking.ledger.kinds.editions import EDITIONS, FILES, SIGNED, SIGNED_WITHHOLDINGS
from tracking.ledger.kinds.kind import Kind, Recorded
from tracking.ledger.kinds.plans import PLANS, STANDINGS, as_it_stands, texts_of
from tracking.ledger.kinds.reports import REPORTS
from tracking.ledger.kinds.spending import EXPENDITURES
from tracking.ledger.kinds.terms import TERMS
from tracking.ledger.kinds.withholdings import WITHHOLDINGS

__all__ = [
    "CLOSINGS",
    "EDITIONS",
    "EXPENDITURES",
    "FILES",
    "KINDS",
    "KIND_OF",
    "PLANS",
    "REPORTS",
    "SIGNED",
    "SIGNED_WITHHOLDINGS",
    "STANDINGS",
    "TERMS",
    "WITHHOLDINGS",
    "Kind",
    "Recorded",
    "as_it_stands",
    "texts_of",
]

KINDS: Final = (
    *(PLANS, STANDINGS, TERMS, REPORTS, CLOSINGS),
    *(WITHHOLDINGS, EXPENDITURES, EDITIONS, FILES, SIGNED, SIGNED_WITHHOLDINGS),
)
KIND_OF: Final = {act: kind for kind in KINDS for act in kind.acts}
