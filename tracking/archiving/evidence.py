"""What an archive is verified with: entries, contents, proofs, the log's head, its tree, a program.

Each lies where the portal has it, and where ``vigia-verify`` looks for it.
"""

import json
from collections.abc import Iterator
from typing import Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from plans.models import Plan
from tracking.archiving.folder import Folder
from tracking.archiving.refused import CannotArchive
from tracking.choices import LedgerAct
from tracking.models import HeadStamp, LedgerEntry, LogHead, LogTile
from tracking.models.log import HASH_BYTES, TILE_HASHES
from tracking.public.opendata.contents import contents
from tracking.public.opendata.copying import copied
from tracking.public.opendata.proofs import proofs
from tracking.public.views.evidence import LINES, PROGRAM
from tracking.public.views.log_page import log_keys_said
from tracking.reading.archives import SAID
from tracking.reading.published.ledger import TABLE
from tracking.transparency.heads import newest_head
from tracking.transparency.tile_path import TilePath
from tracking.transparency.witnesses import cosigned

STAMPS: Final = "registro/sellos"
WITHHELD: Final = (LedgerAct.WITHHOLDING, LedgerAct.SIGNED_WITHHOLDING)
TILES: Final = 1_000
"""Read at once: 8 MB."""


def head_for(plan: Plan) -> LogHead:
    """The head that covers all that the municipality of PLAN entered. CannotArchive without it."""
    head = newest_head()
    waiting = LedgerEntry.objects.filter(municipality=plan.municipality_id)
    if head is None or waiting.exclude(leaf__position__lt=head.size).exists():
        raise CannotArchive(
            _(
                "Lo último que se publicó todavía no está en el registro del portal, que es con lo "
                "que se comprueba un archivo: lo agrega «manage.py work». Repita la orden después."
            )
        )
    return head


def write_evidence(folder: Folder, plan: Plan, head: LogHead) -> dict[str, str]:
    """Write all of it into FOLDER; where each file lies, by its address."""
    slug = plan.municipality.slug
    entries = LedgerEntry.objects.filter(municipality=plan.municipality_id)
    rows = TABLE.rows().filter(pk__in=entries)
    files = {
        reverse("tracking:entries_of", args=[slug]): copied(rows, TABLE.columns, LINES),
        reverse("tracking:contents_of", args=[slug]): contents(entries),
        reverse("tracking:proofs_of", args=[slug]): proofs(entries, head.size),
        reverse("tracking:checkpoint"): iter([cosigned(head).encode()]),
        reverse("tracking:log_keys"): iter([_written(log_keys_said())]),
        reverse("tracking:verifier"): iter([PROGRAM.read_bytes()]),
    }
    for address, pieces in files.items():
        folder.write(address.lstrip("/"), pieces)
    for address, hashes in _tiles(head.size):
        folder.write(address.lstrip("/"), [hashes])
    for stamp in HeadStamp.objects.filter(head__size__lte=head.size).select_related("head"):
        folder.write(f"{STAMPS}/{stamp.week}.tsr", [bytes(stamp.response)])
        folder.write(f"{STAMPS}/{stamp.week}.checkpoint", [stamp.head.note.encode()])
    return {address: address.lstrip("/") for address in files}


def write_said(folder: Folder, plan: Plan, day: str, head: LogHead) -> None:
    """Of what and of when it is, for programs."""
    said = {
        "portal": settings.SITE_URL,
        "municipalidad": plan.municipality.slug,
        "plan": str(plan.path),
        "ediciones": plan.in_force,
        "dia": day,
        "asiento": last_told(plan),
        "cabeza": f"{head.size}:{head.root}",
    }
    folder.write(SAID, [_written(said)])


def last_told(plan: Plan) -> int:
    """The last number of the ledger whose entry is of the term of PLAN, or withholds something.

    Whatever comes later changes nothing in its archive but the chain that goes on. One query.
    """
    entries = LedgerEntry.objects.filter(municipality=plan.municipality_id)
    told = entries.filter(Q(term=str(plan.term)) | Q(act__in=WITHHELD))
    return told.order_by("-number").values_list("number", flat=True).first() or 0


def _written(said: object) -> bytes:
    return f"{json.dumps(said, ensure_ascii=False, indent=1)}\n".encode()


def _tiles(size: int) -> Iterator[tuple[str, bytes]]:
    """The tiles of a log of SIZE, all of them: 32 bytes for each entry of the portal.

    With them whoever holds an earlier head needs no portal to know that this one goes on from it.
    """
    level, hashes = 0, size
    while hashes:
        yield from _tiles_of(level, hashes)
        level, hashes = level + 1, hashes // TILE_HASHES


def _tiles_of(level: int, hashes: int) -> Iterator[tuple[str, bytes]]:
    rows = LogTile.objects.filter(level=level, number__lt=-(-hashes // TILE_HASHES))
    for tile in rows.order_by("number").iterator(TILES):
        width = min(TILE_HASHES, hashes - tile.number * TILE_HASHES)
        part = TilePath(tile.number, width)
        yield (
            reverse("tracking:tile", kwargs={"level": level, "part": part}),
            bytes(tile.hashes)[: width * HASH_BYTES],
        )
