"""The arithmetic of the *registro de publicaciones*: how anybody comes to the same codes.

Canonical JSON is one line of UTF-8: keys in the order of their characters, no spaces, letters as
they are; decimals as strings without idle zeros ("62.5"), days as "2021-06-30", instants in UTC to
the microsecond ("2021-07-20T17:00:00.000000Z"), what is not known as null. A digest is the SHA-256
of those bytes, without a line end, in lower-case hexadecimal: ``printf %s '…' | sha256sum``.

The chain value of an entry is the digest of the object that `sealed` gives: its columns, the digest
of what was published, and the chain value of the entry before it.
"""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any, Protocol


def canonical(value: Any) -> str:
    """VALUE as canonical JSON. TypeError for what has no one form, such as a float."""
    return json.dumps(_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(value: Any) -> str:
    return text_digest(canonical(value))


def text_digest(text: str) -> str:
    """The SHA-256 of TEXT, which is canonical already."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        return decimal(value)
    if isinstance(value, dt.datetime):
        return instant(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} has no canonical form")


def decimal(value: Decimal) -> str:
    """Plain digits, however many: "0", "-1.5", "1200"."""
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def instant(value: dt.datetime) -> str:
    utc = value.astimezone(dt.UTC).replace(tzinfo=None)
    return f"{utc.isoformat(timespec='microseconds')}Z"


class Sealed(Protocol):
    """The columns of an entry that its chain value covers: all but its place in the database."""

    inei: str
    number: int
    act: str
    subject_id: int
    term: str
    ref: str
    semester: str
    revision: int | None
    unit: str
    simulated: bool
    happened_at: dt.datetime
    at: dt.datetime
    digest: str
    previous: str


def sealed(entry: Sealed) -> dict[str, Any]:
    """What the chain value of ENTRY is the digest of."""
    return {
        "municipalidad": entry.inei,
        "numero": entry.number,
        "acto": entry.act,
        "fila": entry.subject_id,
        "periodo": entry.term,
        "promesa": entry.ref,
        "semestre": entry.semester,
        "revision": entry.revision,
        "oficina": entry.unit,
        "simulado": entry.simulated,
        "fecha": entry.happened_at,
        "registrado": entry.at,
        "contenido": entry.digest,
        "anterior": entry.previous,
    }


def sealed_text(entry: Sealed) -> str:
    """The canonical JSON of which the chain value of ENTRY is the digest."""
    return canonical(sealed(entry))


def chain_value(entry: Sealed) -> str:
    return text_digest(sealed_text(entry))
