"""Serve the bytes of a support to whoever may have them, as a file and never as a page."""

from http import HTTPStatus
from typing import Any, Final

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from tracking.models import Support, Withholding

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
    """The file of SUPPORT; its tombstone (410) once it is withheld. Http404 for a link."""
    withheld = Withholding.objects.filter(
        municipality=support.report.municipality_id, sha256=support.sha256
    ).first()
    if withheld:
        return _tombstone(request, support, withheld)
    if support.is_link:
        raise Http404(_("Ese sustento es un enlace a otro sitio."))
    response = FileResponse(
        default_storage.open(support.storage_name),
        as_attachment=True,
        filename=support.file_name,
        content_type=support.media_type,
    )
    response["ETag"] = f'"{support.sha256}"'
    for name, value in HEADERS.items():
        response[name] = value
    if support.report.simulated:
        response["X-Robots-Tag"] = "noindex"
    return response


def _tombstone(request: HttpRequest, support: Support, withheld: Withholding) -> HttpResponse:
    context: dict[str, Any] = {
        "plan": support.report.plan,
        "element": support.report.element,
        "semester": support.report.semester,
        "withheld": withheld,
    }
    return render(request, "tracking/withheld.html", context, status=HTTPStatus.GONE)
