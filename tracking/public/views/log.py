"""The log as C2SP's tlog-tiles has it, and its proofs: for programs, byte for byte.

What a tile, a bundle or a proof between two sizes says never changes, so whoever has it keeps it.
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from tracking.models import LedgerEntry, LogHead, LogLeaf
from tracking.models.log import TILE_HASHES
from tracking.public.decorators import read_only
from tracking.transparency.heads import newest_head
from tracking.transparency.proofs import consistency_proof, inclusion_proof, proof_of_entry
from tracking.transparency.tile_path import TilePath
from tracking.transparency.tiles import bundle, read_tiles
from tracking.transparency.witnesses import cosigned

FOR_EVER: Final = "public, max-age=31536000, immutable"
BYTES: Final = "application/octet-stream"


@read_only
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest head, as a note that we and witnesses signed; 404 before there is one."""
    return fresh(HttpResponse(cosigned(_head()), content_type="text/plain; charset=utf-8"))


@read_only
def tile(request: HttpRequest, level: int, part: TilePath) -> HttpResponse:
    """The hashes of a tile, or the first of them; 404 where it has fewer."""
    hashes = read_tiles({(level, part.number)}).get((level, part.number), [])
    if len(hashes) < part.width:
        raise Http404(_("El registro del portal no llega hasta ahí."))
    return kept_for_ever(HttpResponse(b"".join(hashes[: part.width]), content_type=BYTES))


@read_only
def entries(request: HttpRequest, part: TilePath) -> HttpResponse:
    """The data of the leaves of a tile of level 0, or of the first of them; 404 for fewer."""
    first = part.number * TILE_HASHES
    leaves = LogLeaf.objects.filter(position__gte=first, position__lt=first + part.width)
    found = list(leaves.select_related("entry").order_by("position"))
    if len(found) < part.width:
        raise Http404(_("El registro del portal no llega hasta ahí."))
    return kept_for_ever(HttpResponse(bundle(leaf.entry for leaf in found), content_type=BYTES))


@read_only
def inclusion(request: HttpRequest, index: int, size: int) -> HttpResponse:
    """That a leaf is in the log of a size."""
    return _proved(inclusion_proof, index, size)


@read_only
def consistency(request: HttpRequest, first: int, second: int) -> HttpResponse:
    """That the log of a size goes on from that of another."""
    return _proved(consistency_proof, first, second)


@read_only
def entry_proof(request: HttpRequest, slug: str, number: int) -> HttpResponseBase:
    """All that holds an entry to the newest head: 404 with the reason while it waits for one."""
    entries = LedgerEntry.objects.select_related("leaf")
    entry = get_object_or_404(entries, municipality__slug=slug, number=number)
    if not hasattr(entry, "leaf"):
        reason = _("Ese asiento aún espera entrar al registro del portal.")
        return _refused(HTTPStatus.NOT_FOUND, reason)
    return fresh(said_in_json(proof_of_entry(entry.leaf, _head())))


def _head() -> LogHead:
    head = newest_head()
    if head is None:
        raise Http404(_("El registro del portal está vacío."))
    return head


def _proved(prove: Callable[[int, int], dict[str, Any]], first: int, second: int) -> HttpResponse:
    """What PROVE says; 404 beyond the log's size, 400 for what no proof can be of."""
    if second > _head().size:
        return _refused(HTTPStatus.NOT_FOUND, _("El registro del portal no llega hasta ahí."))
    try:
        return kept_for_ever(said_in_json(prove(first, second)))
    except ValueError:
        return _refused(
            HTTPStatus.BAD_REQUEST, _("El primer número ha de ser menor, y el registro no vacío.")
        )


def _refused(status: int, reason: str) -> HttpResponse:
    return said_in_json({"detail": reason}, status)


def said_in_json(said: dict[str, Any], status: int = HTTPStatus.OK) -> JsonResponse:
    """SAID, its letters as they are."""
    return JsonResponse(said, status=status, json_dumps_params={"ensure_ascii": False})


def kept_for_ever(answer: HttpResponse) -> HttpResponse:
    """ANSWER, which will never be another: whoever has it need not ask again."""
    answer["Cache-Control"] = FOR_EVER
    return answer


def fresh(answer: HttpResponse) -> HttpResponse:
    """ANSWER, which is asked for anew each time: the log may have grown."""
    answer["Cache-Control"] = "no-cache"
    return answer
