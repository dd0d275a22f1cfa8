"""What it takes to verify the portal on one's own computer: entries, contents, proofs, the program.

``bin/vigia-verify`` reads these files by the names that they have here.
"""

from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.sent_numbers import number_in
from tracking.models import LedgerEntry
from tracking.public.asked import Asked
from tracking.public.decorators import Scope, read_only
from tracking.public.opendata.catalog import TYPES
from tracking.public.opendata.contents import contents
from tracking.public.opendata.copying import copied
from tracking.public.opendata.proofs import proofs
from tracking.public.views.streamed import Streamed, streamed
from tracking.reading.published.ledger import TABLE
from tracking.transparency.heads import log_size

LINES: Final = "jsonl"
PROGRAM: Final = Path(settings.BASE_DIR) / "bin" / "vigia-verify"


@read_only
def all_contents(request: HttpRequest) -> HttpResponseBase:
    """What each entry of the portal has the digest of, in the order of the ledger's file."""
    asked = Asked.of(request, Scope.PORTAL.asking())
    return streamed(request, asked, lambda: _contents(LedgerEntry.objects.all(), asked, "vigia"))


@read_only
def contents_of(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The same of one municipality."""
    entries, asked = _entries(request, slug)
    return streamed(request, asked, lambda: _contents(entries, asked, slug))


@read_only
def entries_of(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The whole chain of a municipality, in the columns of the portal's ledger."""
    entries, asked = _entries(request, slug)

    def file() -> Streamed:
        rows = TABLE.rows().filter(pk__in=entries).using(asked.database())
        return Streamed(
            name=f"{slug}-{TABLE.name}-{timezone.localdate()}.{LINES}",
            media_type=TYPES[LINES],
            pieces=lambda: copied(rows, TABLE.columns, LINES),
            is_simulated=_has_simulated(entries),
        )

    return streamed(request, asked, file, also=f"-{log_size()}")


@read_only
def proofs_of(request: HttpRequest, slug: str) -> HttpResponseBase:
    """That each entry of a municipality is in the log of ``?size=``; 404 where it has no such."""
    entries, asked = _entries(request, slug)
    size = _size(request.GET.get("size", ""))
    rows = entries.filter(leaf__position__lt=size).using(asked.database())

    def file() -> Streamed:
        return Streamed(
            name=f"{slug}-proofs-{size}.{LINES}",
            media_type=TYPES[LINES],
            pieces=lambda: proofs(rows, size),
            is_simulated=_has_simulated(rows),
        )

    return streamed(request, asked, file)


@read_only
def program(request: HttpRequest) -> HttpResponseBase:
    """The program, as it is in the repository."""
    return FileResponse(
        PROGRAM.open("rb"),
        as_attachment=True,
        filename="vigia-verify.py",
        content_type="text/x-python; charset=utf-8",
    )


def _size(text: str) -> int:
    size = number_in(text)
    if size is None or size > log_size():
        raise Http404(_("El registro del portal no llega hasta ahí."))
    return size


def _entries(request: HttpRequest, slug: str) -> tuple[QuerySet[LedgerEntry], Asked]:
    place = get_object_or_404(Municipality, slug=slug)
    asked = Asked.of(request, Scope.MUNICIPALITY.asking(slug))
    return LedgerEntry.objects.filter(municipality=place), asked


def _contents(entries: QuerySet[LedgerEntry], asked: Asked, whose: str) -> Streamed:
    rows = entries.using(asked.database())
    return Streamed(
        name=f"{whose}-contents-{timezone.localdate()}.{LINES}",
        media_type=TYPES[LINES],
        pieces=lambda: contents(rows),
        is_simulated=_has_simulated(rows),
    )


def _has_simulated(entries: QuerySet[LedgerEntry]) -> bool:
    return entries.filter(simulated=True).exists()
