"""The picture of a promise, a plan or an edition, at an address that changes with what it shows."""

from collections.abc import Callable
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from tracking.public.asked import Asked, key_of
from tracking.public.card import Card
from tracking.public.decorators import Scope, read_only, unchanged
from tracking.sharing.drawing import picture_of
from tracking.sharing.gathering import card_of_plan, card_of_promise, card_of_that_edition

PNG: Final = "image/png"
A_YEAR: Final = 365 * 24 * 3600  # seconds
A_MINUTE: Final = 60
GENERAL: Final = "img/vigia-compartir.png"


@read_only
def promise(request: HttpRequest, slug: str, digest: str, **address: Any) -> HttpResponseBase:
    today = timezone.localdate()
    return _picture(request, slug, digest, lambda: card_of_promise(slug, **address, at=today))


@read_only
def plan(request: HttpRequest, slug: str, digest: str, **address: Any) -> HttpResponseBase:
    today = timezone.localdate()
    return _picture(request, slug, digest, lambda: card_of_plan(slug, **address, at=today))


@read_only
def edition(request: HttpRequest, slug: str, digest: str, **address: Any) -> HttpResponseBase:
    return _picture(request, slug, digest, lambda: card_of_that_edition(slug, **address))


def _picture(
    request: HttpRequest, slug: str, digest: str, gather: Callable[[], Card]
) -> HttpResponseBase:
    """The picture of the card that GATHER reads, where DIGEST is that card's.

    Any other, one of before or one that somebody made up, leads to the one of today: nothing is
    drawn for it. Where what is published did not change since, that costs the one query.
    """
    asked = Asked.of(request, Scope.MUNICIPALITY.asking(slug))
    subject = request.path.rpartition("compartir-")[0]
    key = key_of(subject, asked.revision)
    known: tuple[str, str, bool] | None = caches["shared"].get(key)
    card = None
    if known is None:
        card = asked.read(gather)
        known = (card.digest, card.picture, card.is_simulated)
        caches["shared"].set(key, known)
    current, address, is_simulated = known
    if digest != current:
        return redirect(address)
    answer = unchanged(request, f'"{digest}"')
    if answer is None:
        data = caches["shared"].get(digest) or picture_of(card or asked.read(gather))
        if data is None:
            return _general()
        answer = HttpResponse(data, content_type=PNG)
    answer["ETag"] = f'"{digest}"'
    answer["Content-Encoding"] = "identity"  # it is compressed already
    patch_cache_control(answer, public=True, max_age=A_YEAR, immutable=True)
    if is_simulated:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def _general() -> HttpResponse:
    """The picture of the portal, instead of one that could not be drawn; asked for again soon."""
    path = finders.find(GENERAL)
    with open(str(path), "rb") as file:
        answer = HttpResponse(file.read(), content_type=PNG)
    answer["Content-Encoding"] = "identity"
    patch_cache_control(answer, public=True, max_age=A_MINUTE)
    return answer
