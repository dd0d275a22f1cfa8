"""Supports that were withheld for the personal data they hold."""

from typing import Any, Final

from django.db.models import OuterRef, Subquery

from tracking.choices import LedgerAct
from tracking.ledger.kinds.kind import Kind, Rows, term_of
from tracking.models import Support, Withholding


def _withholdings() -> Rows:
    """Each with what it is about: the first published report that carried it, if any still does."""
    supports = Support.objects.published().filter(
        report__municipality=OuterRef("municipality"), sha256=OuterRef("sha256")
    )
    first = supports.order_by("pk")
    return Withholding.objects.annotate(
        first_year=Subquery(first.values("report__plan__first_year")[:1]),
        last_year=Subquery(first.values("report__plan__last_year")[:1]),
        ref=Subquery(first.values("report__element__ref")[:1]),
        semester=Subquery(first.values("report__semester")[:1]),
        simulated=Subquery(first.values("report__simulated")[:1]),
    ).order_by("pk")


def _withholding(row: Any) -> dict[str, Any]:
    return {
        "act": LedgerAct.WITHHOLDING,
        "term": term_of(row.first_year, row.last_year),
        "ref": row.ref or "",
        "semester": str(row.semester or ""),
        "simulated": bool(row.simulated),
        "happened_at": row.at,
        "content": {"codigo": row.sha256, "motivo": row.reason, "retirado": row.at},
    }


WITHHOLDINGS: Final = Kind(
    (LedgerAct.WITHHOLDING,),
    _withholdings,
    "municipality",
    _withholding,
    # A report that is published later may carry the same file, and have been begun before.
    fixed=("act", "happened_at"),
)
