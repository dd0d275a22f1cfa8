"""What reads the signatures of a PDF that anybody may have sent, in a process of its own.

It reads the standard input and writes a JSON object: "is_edition", whether its first EDITION bytes
say all that is read in what was signed first, and "signatures", of each what `_told` gives, oldest
first. ROOTS is a folder of PEM certificates, "" for none. It ends with LOCKED where a password is
asked for, and with DAMAGED where it is no PDF that can be read. Nothing is fetched: what the PDF
does not carry is not known.
"""

import asyncio
import datetime as dt
import io
import json
import re
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from accounts.limited.program import DONE
from tracking.files.opening import DAMAGED, LOCKED

MOST: Final = 20  # signatures that are looked at
LONGEST_NAME: Final = 150

# Certificates of Peru write the number of the DNI or RUC into the name: "… FIR 12345678 hard".
NUMBERED: Final = re.compile(r"\b(?:FIR|FAU)?\s*\d(?:[ .-]?\d){7,}(?:\s+(?:hard|soft)\b)?", re.I)


def main(edition: str, roots: str) -> int:
    data = sys.stdin.buffer.read()
    try:
        told = told_of(data, int(edition), roots)
    except MemoryError:
        raise
    except Exception:  # whatever it finds wrong with it
        return DAMAGED
    if told is None:
        return LOCKED
    sys.stdout.write(json.dumps(told))
    return DONE


def told_of(data: bytes, edition: int, roots: str) -> dict[str, Any] | None:
    """What is written of the PDF in DATA; None where a password is asked for."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415  # only here is it needed

    reader = PdfFileReader(io.BytesIO(data))
    if reader.encrypted:
        return None
    return {
        "is_edition": _is_edition(reader, data[:edition]),
        "signatures": list(_signatures(reader, _certificates(roots))),
    }


def _is_edition(reader: Any, edition: bytes) -> bool:
    """Whether EDITION says all that is read before the first signature."""
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    from tracking.files.signed_changes import only_signing  # noqa: PLC0415

    signed = reader.embedded_regular_signatures
    if not edition or not signed:
        return False
    before = PdfFileReader(io.BytesIO(edition)).xrefs.total_revisions - 1
    return only_signing(reader, before, signed[0].signed_revision)


def _signatures(reader: Any, roots: list[Any]) -> Iterator[dict[str, Any]]:
    for signature in reader.embedded_regular_signatures[:MOST]:
        yield _told(reader, signature, roots)


def _told(reader: Any, signature: Any, roots: list[Any]) -> dict[str, Any]:
    """Who signed, when, and what was found. Instants in ISO 8601, None where nothing says it."""
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    from tracking.files.signed_changes import only_signing  # noqa: PLC0415

    certificate = signature.signer_cert
    status = _checked(signature, _context(reader, roots, _claimed(signature)))
    at = _stamped(status) or _claimed(signature)
    coverage = status.coverage if status else None
    return {
        **_named(certificate),
        "claimed_at": _written(_claimed(signature)),
        "stamped_at": _written(_stamped(status)),
        "is_intact": bool(status and status.intact and status.valid),
        "is_covering": coverage is not None and coverage >= SignatureCoverageLevel.ENTIRE_REVISION,
        "is_untouched": only_signing(
            reader, signature.signed_revision, reader.xrefs.total_revisions - 1
        ),
        "is_self_signed": certificate.self_signed in {"yes", "maybe"},
        "is_expired": at is not None and not _is_valid(certificate, at),
        "revocation": _revocation(reader, signature, roots, at),
        "roots": len(roots),
        "root": _root(status),
    }


def _checked(signature: Any, context: Any) -> Any:
    """pyHanko's answer; None where it finds the signature itself wrong."""
    from pyhanko.sign.validation import async_validate_pdf_signature  # noqa: PLC0415

    try:
        return asyncio.run(
            async_validate_pdf_signature(
                signature,
                signer_validation_context=context,
                ts_validation_context=context,
                skip_diff=True,  # it looks for every path through a tagged document: minutes
            )
        )
    except MemoryError:
        raise
    except Exception:  # an algorithm that is too weak, a structure that is none
        return None


def _context(reader: Any, roots: list[Any], at: dt.datetime | None, mode: str = "soft-fail") -> Any:
    """What a chain is checked with: ROOTS, as of AT, and what the PDF itself carries."""
    from pyhanko.sign.validation.dss import DocumentSecurityStore  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    now = dt.datetime.now(dt.UTC)
    options: dict[str, Any] = {
        "trust_roots": roots,
        "allow_fetching": False,
        "revocation_mode": mode,
        "moment": min(at, now) if at else now,
        "retroactive_revinfo": True,
    }
    try:
        store = DocumentSecurityStore.read_dss(reader)
    except Exception:  # it has none, or one that cannot be read
        return ValidationContext(**options, crls=[], ocsps=[])
    return store.as_validation_context(options)


def _revocation(reader: Any, signature: Any, roots: list[Any], at: dt.datetime | None) -> str:
    """ "revoked" or "good" by what the PDF carries; else "unknown".

    The certificates that it carries are taken for roots as well: a list of revoked ones is
    believed against a signature whoever vouches for it; for one, only from ROOTS.
    """
    own = [each for each in _carried(signature) if each.self_issued]
    status = _checked(signature, _context(reader, [*roots, *own], at, "require"))
    if status is None:
        return "unknown"
    if status.revocation_details is not None:
        return "revoked"
    vouched = {each.dump() for each in roots}
    is_good = status.trusted and status.validation_path.first.dump() in vouched
    return "good" if is_good else "unknown"


def _carried(signature: Any) -> list[Any]:
    return [signature.signer_cert, *signature.other_embedded_certs]


def _root(status: Any) -> str:
    """The root to which the chain of a trusted signature leads; "" for none."""
    if not (status and status.trusted and status.validation_path):
        return ""
    return _clean(status.validation_path.first.subject.native.get("common_name"))


def _claimed(signature: Any) -> dt.datetime | None:
    at: dt.datetime | None = signature.self_reported_timestamp
    return at if at is None or at.tzinfo else at.replace(tzinfo=dt.UTC)


def _stamped(status: Any) -> dt.datetime | None:
    """When a time-stamp says that it was there, whole; not who vouches for that clock."""
    stamp = status.timestamp_validity if status else None
    return stamp.timestamp if stamp and stamp.intact and stamp.valid else None


def _written(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None


def _is_valid(certificate: Any, at: dt.datetime) -> bool:
    return bool(certificate.not_valid_before <= at <= certificate.not_valid_after)


def _named(certificate: Any) -> dict[str, str]:
    """Name and organization as the certificate has them, without the number of any document."""
    subject = certificate.subject.native
    parts = (subject.get("given_name"), subject.get("surname"))
    name = _clean(subject.get("common_name")) or _clean(" ".join(filter(None, parts)))
    return {"name": name, "organization": _clean(subject.get("organization_name"))}


def _clean(text: Any) -> str:
    first = text[0] if isinstance(text, list) and text else text
    seen = "".join(
        " " if unicodedata.category(each)[0] in "CZ" else each for each in str(first or "")
    )
    return " ".join(NUMBERED.sub(" ", seen).split())[:LONGEST_NAME]


def _certificates(roots: str) -> list[Any]:
    """Every certificate of the folder ROOTS, in the order of its files' names."""
    from pyhanko.keys import load_certs_from_pemder  # noqa: PLC0415

    if not roots:
        return []
    files = sorted(map(str, Path(roots).glob("*.pem")))
    return list(load_certs_from_pemder(files))  # type: ignore[no-untyped-call]
