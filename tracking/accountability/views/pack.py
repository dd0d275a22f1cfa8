"""What is carried into a hearing: its page, and its four printed ones."""

from functools import partial
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header

from accounts.limited.process import BusyError
from plans.term import Term
from tracking.accountability.pack.gathering import pack_of
from tracking.accountability.pack.words import PackWords
from tracking.accountability.printing.pack import kept, made
from tracking.public.asked import Asked
from tracking.public.decorators import Scope, public_page, read_only, unchanged
from tracking.public.opendata.turns import WAIT
from tracking.reading.addresses import absolute
from tracking.reading.lookup import plan_in_force

PDF: Final = "application/pdf"


@public_page(scope=Scope.MUNICIPALITY)
def pack(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    found = pack_of(plan_in_force(slug, term), at=timezone.localdate())
    context = {
        "plan": found.plan,
        "pack": found,
        "words": PackWords(found),
        "file": reverse("tracking:hearing_pack_file", args=[slug, term]),
        "permanent_link": absolute(request.path),
    }
    return render(request, "tracking/hearing_pack.html", context)


@read_only
def pack_file(request: HttpRequest, slug: str, term: Term) -> HttpResponseBase:
    """The PDF; 503 while others are made. It has one address: what is added to it is left off, so
    that nobody has it made again and again. Two queries once it is made, one for whoever has it.
    """
    if request.META.get("QUERY_STRING"):
        return redirect(request.path)
    asked = Asked.of(request, Scope.MUNICIPALITY.asking(slug))
    etag = f'"{asked.key}"'
    answer = unchanged(request, etag)
    if answer is None:
        plan = plan_in_force(slug, term)
        try:
            data = kept(asked.key)
            if data is None:
                gather = partial(pack_of, plan, at=timezone.localdate())
                data = made(asked.read(gather), asked.key)
        except BusyError:
            return _busy(request)
        answer = HttpResponse(data, content_type=PDF)
        name = f"audiencia-{slug}-{term}-{timezone.localdate()}.pdf"
        answer["Content-Disposition"] = (
            content_disposition_header(as_attachment=False, filename=name) or ""
        )
        answer["Content-Encoding"] = "identity"  # it is compressed already
        if plan.simulated:
            answer["X-Robots-Tag"] = "noindex"
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    return answer


def _busy(request: HttpRequest) -> HttpResponse:
    answer = render(request, "tracking/errors/busy.html", status=503)
    answer["Retry-After"] = WAIT
    return answer
