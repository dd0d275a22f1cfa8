"""What the pages of the public site have in common: they are read, and the same for everybody.

A public page is a function of the release, its address, the local date and a public revision: its
municipality's or the portal's, as each view says. The digest of these is the page's ETag, and the
key under which it is stored.
"""

import gzip
import inspect
from collections.abc import Callable, Collection
from contextlib import AbstractContextManager, nullcontext
from enum import Enum
from functools import partial, wraps
from http import HTTPStatus
from typing import Any, Final, TypeGuard

from django.conf import settings
from django.core.cache import caches
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponsePermanentRedirect,
)
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.utils.text import compress_string
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from accounts.revision import OF_ALL, OF_ONE, OF_PROVINCE, OF_REGION, public_revision
from tracking.public.asked import Asked
from tracking.public.at_once import after_the_first
from tracking.public.in_line import LATER, LineTooLong, in_line
from tracking.reading.lookup import PlanMoved

View = Callable[..., HttpResponseBase]

IN_LOWER_CASE: Final = frozenset({"slug", "region", "chapter"})
"""What is called so in addresses has no capitals: a municipality, a region, a chapter."""

GETS_A_COOKIE: Final = "CSRF_COOKIE_NEEDS_UPDATE"
"""Where Django notes that the answer has to bring a new token for forms."""

LOGGED: Final = """
SELECT number FROM tracking_ledgerentry entry
WHERE municipality_id = (SELECT id FROM accounts_municipality WHERE slug = %s)
    AND NOT EXISTS (SELECT FROM tracking_pendingleaf waiting WHERE waiting.entry_id = entry.id)
ORDER BY number DESC LIMIT 1
"""
"""The last number of a municipality's ledger that is in the log of the portal."""

PERCENT: Final = b" %"
KEPT_PERCENT: Final = "\u00a0%".encode()
"""A figure and its "%" stay on one line, also where somebody typed them, as on paper."""


class Scope(Enum):
    """Whose revision a page changes with.

    The portal's changes with whatever is published anywhere. A municipality's changes only with
    what is published of it: for pages below its address on which nothing of another's stands; a
    province's, for one on which something of its neighbours does; a region's, for one of its own.
    A ledger's changes with what is published of its municipality, and again when that has its place
    in the log of the portal.
    """

    PORTAL = OF_ALL
    REGION = OF_REGION
    PROVINCE = OF_PROVINCE
    MUNICIPALITY = OF_ONE
    LEDGER = f"SELECT ({OF_ONE}) + COALESCE(({LOGGED}), 0)"

    @property
    def parameter(self) -> str:
        """What its views take, which says of where they are; "" for the portal's."""
        return {Scope.PORTAL: "", Scope.REGION: "region"}.get(self, "slug")

    def asking(self, named: str = "") -> Callable[[], int]:
        """What asks for the revision of a page where that parameter is NAMED."""
        return partial(public_revision, self.value, named)


def read_only(view: View) -> View:
    """Let only GET and HEAD through; all else is a 405.

    Reading needs no token, and a form's token would make two readers' pages differ. What is below
    the address that a plan had before it came in force leads to the same below its own; so does an
    address that somebody typed in capitals to the same without them.
    """

    @wraps(view)
    def followed(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
        small = {name: kwargs[name].lower() for name in IN_LOWER_CASE & kwargs.keys()}
        if kwargs != kwargs | small:
            return HttpResponsePermanentRedirect(_instead(request, **small))
        try:
            return view(request, **kwargs)
        except PlanMoved as moved:
            return HttpResponsePermanentRedirect(_instead(request, path=moved.plan.path))

    page: View = csrf_exempt(require_safe(followed))
    return page


def _instead(request: HttpRequest, **parts: Any) -> str:
    """The address of REQUEST with other PARTS."""
    asked = resolve(request.path_info)
    address = reverse(asked.view_name, kwargs={**asked.kwargs, **parts})
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address


def public_page(*stored: str, scope: Scope) -> Callable[[View], View]:
    """A page that is rendered once for everybody, and asked about at each reading.

    SCOPE says whose revision it changes with; a view that is of one municipality takes its
    ``slug``, one that is of a region its ``region``, and one that does not is a TypeError when it
    is defined.
    STORED names the parameters whose values the view itself holds to a few, and with which the page
    is kept; with any other, which people make up, it is rendered each time, and with several in a
    line, which is a 503 where it is too long. Whoever has it already is answered 304, and others
    get the stored bytes: either costs one query, the revision's. Who asks while it is rendered
    waits for that.
    """

    def decorated(view: View) -> View:
        taken = scope.parameter
        if taken and taken not in inspect.signature(view).parameters:
            raise TypeError(f"{view.__name__} takes no {taken}: of where is it?")

        @read_only
        @wraps(view)
        def page(request: HttpRequest, **kwargs: Any) -> HttpResponseBase:
            if settings.DEBUG:  # templates change while it serves
                return view(request, **kwargs)
            request.META.pop(GETS_A_COOKIE, None)  # whose is damaged: none is needed here
            asked = Asked.of(request, scope.asking(kwargs.get(taken, "")))
            etag = f'W/"{asked.key}"'  # weak: compressed or not, it is the same page
            if answer := unchanged(request, etag):
                return _for_everybody(request, answer, etag, taken_from="reader")
            if answer := caches["pages"].get(asked.key):
                return _for_everybody(request, answer, etag, taken_from="store")
            made_up = _made_up(request, stored)
            try:
                with _turn(asked.key, made_up):
                    rendered = partial(view, request, **kwargs)
                    return _in_turn(request, asked, rendered, etag, is_kept=not made_up)
            except LineTooLong:
                return _later(request)

        return page

    return decorated


def unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """The answer for whoever has the page already; None for whoever has not.

    Whoever asks for "whatever there is" cannot be told before it is known that there is something.
    """
    if request.headers.get("If-None-Match", "").strip() == "*":
        return None
    answer: HttpResponse | None = get_conditional_response(request, etag=etag)
    return answer


def _in_turn(
    request: HttpRequest,
    asked: Asked,
    rendered: Callable[[], HttpResponseBase],
    etag: str,
    *,
    is_kept: bool,
) -> HttpResponseBase:
    """What is ASKED for, RENDERED unless another did so while REQUEST waited for its turn."""
    if answer := caches["pages"].get(asked.key):
        return _for_everybody(request, answer, etag, taken_from="store")
    fresh = asked.read(rendered)
    if not _is_everybodys(fresh, request):
        return fresh
    if fresh["Content-Type"].startswith("text/html"):
        fresh.content = fresh.content.replace(PERCENT, KEPT_PERCENT)
    if is_kept:
        _compress(fresh)
        caches["pages"].set(asked.key, fresh)
    return _for_everybody(request, fresh, etag, taken_from="view")


def _for_everybody(
    request: HttpRequest, answer: HttpResponse, etag: str, *, taken_from: str
) -> HttpResponse:
    """ANSWER with what lets whoever reads it keep it, and ask whether it is still so."""
    request.taken_from = taken_from  # type: ignore[attr-defined]  # for who counts
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    patch_vary_headers(answer, ["Accept-Encoding"])
    return _as_accepted(request, answer)


def _made_up(request: HttpRequest, stored: Collection[str]) -> list[str]:
    """What REQUEST was given beside what is STORED, also where it says nothing."""
    given = request.GET.lists()
    others = (values for name, values in given if name not in stored or len(values) > 1)
    return [value for values in others for value in values]


def _turn(key: str, made_up: Collection[str]) -> AbstractContextManager[None]:
    """What is kept is made once. Whoever typed a word or chose one thing is let through; what
    combines several, as a program does that follows every link, stands in line."""
    if not made_up:
        return after_the_first(key)
    return in_line() if sum(map(bool, made_up)) > 1 else nullcontext()


def _later(request: HttpRequest) -> HttpResponse:
    status = HTTPStatus.SERVICE_UNAVAILABLE
    answer = render(request, "tracking/errors/line.html", status=status)
    answer["Retry-After"] = str(LATER)
    return answer


def _is_everybodys(answer: HttpResponseBase, request: HttpRequest) -> TypeGuard[HttpResponse]:
    """Whether ANSWER is a whole page into which nothing went that is its reader's own."""
    return (
        isinstance(answer, HttpResponse)
        and answer.status_code == 200
        and not answer.cookies
        and not request.session.accessed
        and GETS_A_COOKIE not in request.META
    )


def _compress(answer: HttpResponse) -> None:
    """Compress ANSWER before it is stored; it holds no secret that its length could give away."""
    answer.content = compress_string(answer.content)
    answer["Content-Encoding"] = "gzip"


def _as_accepted(request: HttpRequest, answer: HttpResponse) -> HttpResponse:
    accepted = request.headers.get("Accept-Encoding", "")
    if "Content-Encoding" in answer and "gzip" not in accepted:
        answer.content = gzip.decompress(answer.content)
        del answer["Content-Encoding"]
    return answer
