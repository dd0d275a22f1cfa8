"""The time-stamps of the log's heads, as an authority gave them: for programs, byte for byte."""

from typing import Final

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from tracking.models import HeadStamp
from tracking.public.decorators import read_only
from tracking.public.views.log import kept_for_ever

STAMP: Final = "application/timestamp-reply"


def stamps() -> QuerySet[HeadStamp]:
    """All that is said of each without its bytes, newest first, with the size of its head."""
    said = ("week", "stamped_at", "authority", "head__size")
    return HeadStamp.objects.select_related("head").only(*said).order_by("-pk")


@read_only
def stamp(request: HttpRequest, week: str) -> HttpResponse:
    """The stamp of a week, as RFC 3161 has it."""
    kept = get_object_or_404(HeadStamp, week=week)
    return kept_for_ever(HttpResponse(bytes(kept.response), content_type=STAMP))


@read_only
def stamped_head(request: HttpRequest, week: str) -> HttpResponse:
    """The head that it is of: a checkpoint, whose text without signatures was stamped."""
    kept = get_object_or_404(HeadStamp.objects.select_related("head"), week=week)
    return kept_for_ever(HttpResponse(kept.head.note, content_type="text/plain; charset=utf-8"))
