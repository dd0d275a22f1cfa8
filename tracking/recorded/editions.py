"""Accountability reports, each edition as it was frozen, and the files that were made of them."""

import hashlib
import json
from typing import Any, Final

from django.db.models import F

from tracking.choices import LedgerAct
from tracking.edition_codes import code_of
from tracking.ledger import instant
from tracking.models import AccountabilityReport, RenderedFile
from tracking.recorded.kind import Kind, Rows, term_of


def _issued() -> Rows:
    rows: Rows = AccountabilityReport.objects.published().annotate(
        first_year=F("plan__first_year"), last_year=F("plan__last_year")
    )
    return rows.order_by("pk")


def _edition(row: Any) -> dict[str, Any]:
    """The frozen content is what it has the digest of, as it is: the code on paper begins so.

    What its columns repeat is laid over it: a row that says another edition, semester or day than
    its content, or has a code of its own, is not what was entered.
    """
    content = json.loads(row.content)
    content |= {
        "edition": row.edition,
        "semester": str(row.semester),
        "issued_at": instant(row.issued_at),
        "simulated": row.simulated,
    }
    if row.code != code_of(row.sha256):
        content["code"] = row.code
    return {
        "act": LedgerAct.EDITION,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": row.issued_at,
        "content": content,
    }


def _made() -> Rows:
    rows: Rows = RenderedFile.objects.published().annotate(
        first_year=F("report__plan__first_year"),
        last_year=F("report__plan__last_year"),
        semester=F("report__semester"),
        edition=F("report__edition"),
        edition_sha256=F("report__sha256"),
        simulated=F("report__simulated"),
    )
    return rows.order_by("pk")


def _file(row: Any) -> dict[str, Any]:
    """The digest is computed from the bytes that are stored, not read beside them."""
    return {
        "act": LedgerAct.FILE,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": row.rendered_at,
        "content": {
            "rendicion": row.edition_sha256,
            "archivo": row.kind,
            "bytes": len(row.data),
            "codigo": hashlib.sha256(row.data).hexdigest(),
            "generado": row.rendered_at,
        },
    }


# A content, and a file, can have a megabyte: few are in memory at once.
EDITIONS: Final = Kind((LedgerAct.EDITION,), _issued, "municipality", _edition, chunk=10)
FILES: Final = Kind((LedgerAct.FILE,), _made, "report__municipality", _file, chunk=10)
