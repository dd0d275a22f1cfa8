"""Accountability reports, each edition as it was frozen, and the files that were made of them."""

import hashlib
import json
from typing import Any, Final

from django.db.models import F

from tracking.choices import LedgerAct
from tracking.ledger.chain import digest, instant, text_digest
from tracking.ledger.kinds.kind import FIXED, Kind, Rows, term_of
from tracking.models import AccountabilityReport, RenderedFile, SignedFile, SignedWithholding
from tracking.models.edition_codes import code_of


def _issued() -> Rows:
    rows: Rows = AccountabilityReport.objects.published().annotate(
        first_year=F("plan__first_year"), last_year=F("plan__last_year")
    )
    return rows.order_by("pk")


def _edition(row: Any) -> dict[str, Any]:
    """The frozen content is what it has the digest of, as it is: the code on paper begins so.

    What its columns repeat is laid over it: a row that says another edition, semester or day than
    its content, or has codes of its own, is not what was entered.
    """
    content = _said(row.content) | {
        "edition": row.edition,
        "semester": str(row.semester),
        "issued_at": instant(row.issued_at),
        "simulated": row.simulated,
    }
    sha256 = text_digest(row.content)
    if (digest(content), row.sha256, row.code) != (sha256, sha256, code_of(sha256)):
        content |= {"sha256": row.sha256, "code": row.code}
    return {
        "act": LedgerAct.EDITION,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": row.issued_at,
        "content": content,
    }


def _said(content: str) -> dict[str, Any]:
    """CONTENT as it was frozen, or whatever else somebody put in its place."""
    try:
        said = json.loads(content, parse_float=str, parse_constant=str)
    except ValueError:
        said = content
    return said if isinstance(said, dict) else {"content": said}


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
    """The entry of a file: its digest is computed from the stored bytes, not read from the row."""
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


def _signed() -> Rows:
    rows: Rows = SignedFile.objects.published().annotate(
        first_year=F("report__plan__first_year"),
        last_year=F("report__plan__last_year"),
        semester=F("report__semester"),
        edition=F("report__edition"),
        edition_sha256=F("report__sha256"),
        simulated=F("report__simulated"),
    )
    return rows.order_by("pk")


def _signature(row: Any) -> dict[str, Any]:
    """Of the bytes as they are stored, and the digest of what was found in them: no person."""
    return {
        "act": LedgerAct.SIGNED,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": row.added_at,
        "content": {
            "rendicion": row.edition_sha256,
            "numero": row.number,
            "bytes": len(row.data),
            "codigo": hashlib.sha256(row.data).hexdigest(),
            "firmas": digest(row.signatures),
            "agregado": row.added_at,
        },
    }


def _signed_withheld() -> Rows:
    of = "signed_file__report__"
    rows: Rows = SignedWithholding.objects.annotate(
        first_year=F(f"{of}plan__first_year"),
        last_year=F(f"{of}plan__last_year"),
        semester=F(f"{of}semester"),
        edition=F(f"{of}edition"),
        simulated=F(f"{of}simulated"),
        sha256=F("signed_file__sha256"),
    )
    return rows.order_by("pk")


def _signed_withholding(row: Any) -> dict[str, Any]:
    return {
        "act": LedgerAct.SIGNED_WITHHOLDING,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": row.at,
        "content": {"codigo": row.sha256, "motivo": row.reason, "retirado": row.at},
    }


# A content, and a file, can have a megabyte: few are in memory at once.
FEW: Final = 10
ISSUED: Final = (*FIXED, "simulated")
EDITIONS: Final = Kind(
    (LedgerAct.EDITION,), _issued, "municipality", _edition, chunk=FEW, fixed=ISSUED
)
FILES: Final = Kind(
    (LedgerAct.FILE,), _made, "report__municipality", _file, chunk=FEW, fixed=ISSUED
)
SIGNED: Final = Kind(
    (LedgerAct.SIGNED,), _signed, "report__municipality", _signature, chunk=FEW, fixed=ISSUED
)
SIGNED_WITHHOLDINGS: Final = Kind(
    (LedgerAct.SIGNED_WITHHOLDING,),
    _signed_withheld,
    "signed_file__report__municipality",
    _signed_withholding,
    fixed=ISSUED,
)
