"""What witnesses send: heads of the log that they cosigned. Programs post it; nobody signs in."""

from http import HTTPStatus
from typing import Final

from allauth.core.internal import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.client import address_of, counted_as
from tracking.transparency.witnesses import LONGEST_NOTE, Refused, take

RATES: Final[dict[str, str]] = {"from_address": "60/h/key"}
"""A witness cosigns each head at the most: one a minute, for an hour."""
WAIT: Final = 3600  # seconds


@never_cache
@csrf_exempt  # a machine posts it: the signatures in it are what allows it
@require_http_methods(["GET", "HEAD", "POST"])
def witnesses(request: HttpRequest) -> HttpResponse:
    """Take a checkpoint with cosignatures; answers are plain text. Who reads is led to the page."""
    if request.method != "POST":
        return redirect("tracking:log")
    if not _may_send(request):
        answer = _said(
            HTTPStatus.TOO_MANY_REQUESTS,
            _("Son demasiados envíos: vuelva a intentarlo en una hora."),
        )
        answer["Retry-After"] = str(WAIT)
        return answer
    try:
        taken = take(_sent(request), at=timezone.now())
    except Refused as refusal:
        return _said(refusal.status, refusal.sentence)
    if not taken.new:
        return _said(HTTPStatus.OK, _("Ese refrendo ya estaba: no cambió nada."))
    names = ", ".join(map(str, taken.new))
    sentence = ngettext("Refrendo guardado: %s.", "Refrendos guardados: %s.", len(taken.new))
    return _said(HTTPStatus.OK, sentence % names)


def _sent(request: HttpRequest) -> str:
    """What was sent, as text. Raises Refused."""
    content = request.read(LONGEST_NOTE + 1)
    if len(content) > LONGEST_NOTE:
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _("Es demasiado largo: una cabeza con sus refrendos ocupa menos de 16 kB."),
        )
    try:
        return content.decode()
    except UnicodeDecodeError:
        raise Refused(
            HTTPStatus.BAD_REQUEST, _("No es texto UTF-8, como lo es una nota firmada.")
        ) from None


def _may_send(request: HttpRequest) -> bool:
    """Whether from where REQUEST comes more may be sent."""
    key = counted_as(address_of(request))
    used = ratelimit.consume(
        request, app="tracking.witnesses", action="from_address", config=RATES, key=key
    )
    return used is not None


def _said(status: HTTPStatus, sentence: str) -> HttpResponse:
    return HttpResponse(f"{sentence}\n", status=status, content_type="text/plain; charset=utf-8")
