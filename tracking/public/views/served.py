"""Serve the bytes of a support to whoever may have them, as a file and never as a page.

Whatever the portal keeps is read through before its first byte leaves: see `tracking.files.kept`.
"""

from http import HTTPStatus
from typing import Any, Final, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _

from tracking.files.kept import DamagedError, whole_file
from tracking.models import Preview, Support, Withholding
from tracking.models.kept_file import KeptFile
from tracking.services.damage import tell_operators

Response = TypeVar("Response", bound=HttpResponseBase)
HEADERS: Final = {
    # Nothing of what somebody uploaded runs here, whatever the browser takes it for.
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    # It is compressed already; packing 20 MB again for each reader only costs time.
    "Content-Encoding": "identity",
    # A withheld file must stop at once: a copy is asked about before it is used again.
    "Cache-Control": "no-cache",
}


def serve(request: HttpRequest, support: Support) -> HttpResponseBase:
    """The file of SUPPORT; its tombstone (410) once it is withheld, 503 where it is damaged.

    Http404 for a link.
    """
    if withheld := _withheld(support):
        return _tombstone(request, support, withheld)
    if support.is_link:
        raise Http404(_("Ese sustento es un enlace a otro sitio."))
    report = support.report
    of = _("el informe %(semester)s de %(ref)s") % {
        "semester": report.semester,
        "ref": report.element.ref,
    }
    page = f"{report.element.get_absolute_url()}#{report.semester}"
    return _unindexed(give_file(request, support, of=of, page=page), support)


def give_file(request: HttpRequest, kept: KeptFile, *, of: str, page: str) -> HttpResponseBase:
    """The file of KEPT, which is OF what is told on PAGE; 503 where it is damaged.

    Who has it already is told so without its bytes being fetched.
    """
    if unchanged := get_conditional_response(request, etag=_etag(kept.sha256)):
        return _guarded(unchanged, kept.sha256)
    try:
        file = whole_file(kept.storage_name, kept.sha256)
    except DamagedError as damage:
        return refuse_damaged(request, damage, of=of, page=page)
    response = FileResponse(
        file,
        as_attachment=True,
        filename=kept.file_name,
        content_type=kept.media_type,
    )
    return _guarded(response, kept.sha256)


def serve_preview(request: HttpRequest, support: Support) -> HttpResponse:
    """The small picture of SUPPORT, under the rules of `serve`; Http404 where it has none."""
    if withheld := _withheld(support):
        return _tombstone(request, support, withheld)
    return _unindexed(give_preview(request, support), support)


def give_preview(request: HttpRequest, kept: KeptFile) -> HttpResponse:
    """The small picture of KEPT; Http404 where it has none."""
    preview = Preview.objects.filter(original=kept.sha256).exclude(sha256="").first()
    if preview is None:
        raise Http404(_("Esa fotografía no tiene una vista reducida."))
    if unchanged := get_conditional_response(request, etag=_etag(preview.sha256)):
        return _guarded(unchanged, preview.sha256)
    try:
        with whole_file(preview.storage_name, preview.sha256) as file:
            content = file.read()
    except DamagedError as damage:  # it can be made again, and nothing was proved by it
        raise Http404(_("Esa fotografía no tiene una vista reducida.")) from damage
    response = HttpResponse(content, content_type="image/jpeg")
    return _guarded(response, preview.sha256)


def _withheld(support: Support) -> Withholding | None:
    rows = Withholding.objects.filter(municipality=support.report.municipality_id)
    return rows.filter(sha256=support.sha256).first()


def _guarded(response: Response, sha256: str) -> Response:
    """RESPONSE, of bytes that give SHA256, with what all of them carry."""
    response["ETag"] = _etag(sha256)
    for name, value in HEADERS.items():
        response[name] = value
    return response


def _etag(sha256: str) -> str:
    return f'"{sha256}"'


def _unindexed(response: Response, support: Support) -> Response:
    """RESPONSE, which no search engine takes where SUPPORT is simulated."""
    if support.report.simulated:
        response["X-Robots-Tag"] = "noindex"
    return response


def refuse_damaged(
    request: HttpRequest, damage: DamagedError, *, of: str, page: str
) -> HttpResponse:
    """Instead of what is damaged: what happened, and OF what it is, which is told on PAGE."""
    tell_operators(damage, request.build_absolute_uri())
    context = {"damage": damage, "of": of, "page": page}
    answer = render(
        request,
        "tracking/errors/damaged.html",
        context,
        status=HTTPStatus.SERVICE_UNAVAILABLE,
    )
    answer["Cache-Control"] = "no-store"
    return answer


def _tombstone(request: HttpRequest, support: Support, withheld: Withholding) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": support.report.plan,
        "element": support.report.element,
        "semester": support.report.semester,
        "withheld": withheld,
    }
    return render(request, "tracking/withheld.html", context, status=HTTPStatus.GONE)
