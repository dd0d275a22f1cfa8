"""Accountability reports, each edition as it was frozen, and the files that were made of them."""

import datetime as dt
import hashlib
import json
from typing import Any, Final

from django.db.models import F, QuerySet

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
    return _entry(row, LedgerAct.EDITION, row.issued_at, content)


def _entry(row: Any, act: LedgerAct, at: dt.datetime, content: dict[str, Any]) -> dict[str, Any]:
    """That ACT on the edition that ROW is of, which happened AT that instant, with CONTENT."""
    return {
        "act": act,
        "term": term_of(row.first_year, row.last_year),
        "semester": str(row.semester),
        "revision": row.edition,
        "simulated": row.simulated,
        "happened_at": at,
        "content": content,
    }


def _of_editions(rows: QuerySet[Any], report: str) -> Rows:
    """ROWS, which lead to their edition by the path REPORT, with what an entry says of it."""
    told: Rows = rows.annotate(
        first_year=F(f"{report}__plan__first_year"),
        last_year=F(f"{report}__plan__last_year"),
        semester=F(f"{report}__semester"),
        edition=F(f"{report}__edition"),
        edition_sha256=F(f"{report}__sha256"),
        simulated=F(f"{report}__simulated"),
    )
    return told.order_by("pk")


def _said(content: str) -> dict[str, Any]:
    """CONTENT as it was frozen, or whatever else somebody put in its place."""
    try:
        said = json.loads(content, parse_float=str, parse_constant=str)
    except ValueError:
        said = content
    return said if isinstance(said, dict) else {"content": said}


def _made() -> Rows:
    return _of_editions(RenderedFile.objects.published(), "report")


def _file(row: Any) -> dict[str, Any]:
    """The entry of a file: its digest is computed from the stored bytes, not read from the row."""
    content = {
        "rendicion": row.edition_sha256,
        "archivo": row.kind,
        "bytes": len(row.data),
        "codigo": hashlib.sha256(row.data).hexdigest(),
        "generado": row.rendered_at,
    }
    return _entry(row, LedgerAct.FILE, row.rendered_at, content)


def _signed() -> Rows:
    return _of_editions(SignedFile.objects.published(), "report")


def _signature(row: Any) -> dict[str, Any]:
    """Of the bytes as they are stored, and the digest of what was found in them: no person."""
    content = {
        "rendicion": row.edition_sha256,
        "numero": row.number,
        "bytes": len(row.data),
        "codigo": hashlib.sha256(row.data).hexdigest(),
        "firmas": digest(row.signatures),
        "agregado": row.added_at,
    }
    return _entry(row, LedgerAct.SIGNED, row.added_at, content)


def _signed_withheld() -> Rows:
    rows = SignedWithholding.objects.annotate(sha256=F("signed_file__sha256"))
    return _of_editions(rows, "signed_file__report")


def _signed_withholding(row: Any) -> dict[str, Any]:
    content = {"codigo": row.sha256, "motivo": row.reason, "retirado": row.at}
    return _entry(row, LedgerAct.SIGNED_WITHHOLDING, row.at, content)


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
