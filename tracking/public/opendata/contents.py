"""What every entry has the digest of, as one file: whoever verifies needs no request for each."""

import json
from collections import Counter, defaultdict
from collections.abc import Generator, Iterator
from typing import Any, Final

from django.db.models import QuerySet

from accounts import replica
from tracking.choices import LedgerAct
from tracking.ledger.kinds import KIND_OF, Kind
from tracking.models import LedgerEntry

AT_ONCE: Final = 500  # entries of which a query asks
COLUMNS: Final = ("pk", "inei", "number", "act", "subject_id", "digest")
Row = dict[str, Any]


def contents(entries: QuerySet[LedgerEntry]) -> Generator[bytes]:
    """A line of JSON for each of ENTRIES, in the order of their ids: those of the ledger's file.

    ``{"id", "inei", "number", "digest", "content"}``: the content is the text whose SHA-256 the
    digest is, null where it is no longer published. Nothing stays open between two pieces, and in
    memory is one of them: of each kind no more rows than its ``chunk``.
    """
    for piece in _pieces(_rows(entries)):
        with replica.reading(entries.db):
            found = _found(piece)
        yield "".join(_line(row, found) for row in piece).encode()


def _rows(entries: QuerySet[LedgerEntry]) -> Iterator[Row]:
    last = 0
    while rows := entries.filter(pk__gt=last).order_by("pk").values(*COLUMNS)[:AT_ONCE]:
        yield from rows
        last = rows[len(rows) - 1]["pk"]


def _pieces(rows: Iterator[Row]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    sizes: Counter[Kind] = Counter()
    for row in rows:
        kind = _kind(row)
        if sizes[kind] == kind.chunk:
            yield piece
            piece, sizes = [], Counter()
        piece.append(row)
        sizes[kind] += 1
    if piece:
        yield piece


def _found(rows: list[Row]) -> dict[tuple[Kind, int], str]:
    """What is published of ROWS, by their kind and the id of what they name."""
    named: defaultdict[Kind, list[int]] = defaultdict(list)
    for row in rows:
        named[_kind(row)].append(row["subject_id"])
    return {
        (kind, pk): text for kind, pks in named.items() for pk, text in kind.contents(pks).items()
    }


def _kind(row: Row) -> Kind:
    return KIND_OF[LedgerAct(row["act"])]


def _line(row: Row, found: dict[tuple[Kind, int], str]) -> str:
    said = {
        "id": row["pk"],
        "inei": row["inei"],
        "number": row["number"],
        "digest": row["digest"],
        "content": found.get((_kind(row), row["subject_id"])),
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"
