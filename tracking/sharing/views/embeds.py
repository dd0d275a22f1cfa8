"""A plan or a promise inside another site's page: whoever wants may frame it, and it does nothing.

Nothing on it acts, so that nothing is won by having somebody click through it: a link opens the
public page in a window of its own.
"""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import Any

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.clickjacking import xframe_options_exempt

from tracking.public.card import Card
from tracking.public.decorators import Scope, View, public_page
from tracking.reading.strips import Cell
from tracking.sharing.gathering import card_of_plan, card_of_promise


def framable(view: View) -> View:
    """Any page may frame the answers of VIEW, whatever they say; no other view's."""
    framed: View = xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))
    return framed


@framable
@public_page(scope=Scope.MUNICIPALITY)
def promise(request: HttpRequest, slug: str, **address: Any) -> HttpResponse:
    today = timezone.localdate()
    return _embed(request, partial(card_of_promise, slug, **address, at=today))


@framable
@public_page(scope=Scope.MUNICIPALITY)
def plan(request: HttpRequest, slug: str, **address: Any) -> HttpResponse:
    today = timezone.localdate()
    return _embed(request, partial(card_of_plan, slug, **address, at=today))


def _embed(request: HttpRequest, gather: Callable[[], Card]) -> HttpResponse:
    try:
        card = gather()
    except Http404:
        return render(request, "sharing/embed_missing.html", status=HTTPStatus.NOT_FOUND)
    context = {
        "card": card,
        "strip": [Cell(*each) for each in card.strip],
        "counts": dict(card.counts),
    }
    return render(request, "sharing/embed.html", context)
