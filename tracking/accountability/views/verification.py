"""Whether a report that somebody holds is the one that was issued: by its code, or by its file."""

import re
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.limited.process import BusyError
from tracking.accountability.chapters import Chapters
from tracking.accountability.edition import Edition
from tracking.choices import FileKind
from tracking.files.attached import attached_digests
from tracking.files.hashing import DigestedFile, DigestingHandler
from tracking.files.opened import LockedError
from tracking.ledger.kinds import EDITIONS
from tracking.models import AccountabilityReport, RenderedFile, SignedFile
from tracking.models.edition_codes import grouped, typed_code
from tracking.public.decorators import Scope, public_page
from tracking.reading.editions import JSON, Issued, issued
from tracking.reading.signatures import signed_files_of, signers_of

ATTACHED: Final = "adjuntos"
"""What is known of a PDF whose pages are others, and whose attached content was issued."""

WHOLE_CODE: Final = re.compile("[0-9a-f]{64}")
"""The digest of which a code is the beginning: paper prints it below."""


@never_cache
@csrf_exempt  # nothing is written, and a token would only keep a form from working
@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest) -> HttpResponseBase:
    """A code (``?codigo=``), short or whole, leads to its edition's page; a file that is sent is
    answered here.
    """
    if request.method == "POST":
        return _file(request)
    typed = request.GET.get("codigo", "").strip()
    if not typed:
        asked = "codigo" in request.GET
        return _form(request, trouble=_("Escriba el código de la edición.") if asked else "")
    if WHOLE_CODE.fullmatch(whole := "".join(typed.split()).lower()):
        match = _issued(sha256=whole)
        if match is None:
            return _unknown(request, typed)
        return redirect("tracking:verified", match.report.printed_code)
    try:
        return redirect("tracking:verified", grouped(typed_code(typed)))
    except ValueError as refusal:
        return _form(request, typed=typed, trouble=str(refusal))


@public_page(scope=Scope.PORTAL)
def verified(request: HttpRequest, code: str) -> HttpResponseBase:
    """The edition of that code; where no edition has it, 404 says what that may mean."""
    try:
        known = typed_code(code)
    except ValueError as refusal:
        return _form(request, typed=code, trouble=str(refusal), status=HTTPStatus.NOT_FOUND)
    if code != grouped(known):
        return redirect("tracking:verified", grouped(known), permanent=True)
    match = _issued(code=known)
    if match is None:
        return _unknown(request, code)
    return render(request, "tracking/verified.html", _context(match))


def _file(request: HttpRequest) -> HttpResponse:
    request.upload_handlers = [DigestingHandler(request)]
    sent = request.FILES.get("archivo")
    if not isinstance(sent, DigestedFile) or not sent.size:
        return _form(request, trouble=_("Elija el archivo que quiere comprobar: no llegó ninguno."))
    kind, match = _issued_with(sent.sha256)
    signed = _signed_with(sent.sha256) if match is None else None
    if signed:
        match = _issued(pk=signed.report_id)
    if match is None and sent.is_pdf:
        try:
            kind, match = ATTACHED, _issued(sha256__in=attached_digests(sent))
        except LockedError:
            return _unlike(request, sent, is_locked=True)
        except BusyError:
            return _busy(request)
    if match is None:
        return _unlike(request, sent)
    how = {"sent": sent, "kind": kind, "is_attached": kind == ATTACHED}
    if kind == ATTACHED:
        how["is_appended"] = _begins_as_its_pdf(sent, match.report)
    if signed:
        how |= {"signers": signers_of(signed), "withheld": signed.withheld}
    return render(request, "tracking/verified.html", {**_context(match), **how})


def _unlike(request: HttpRequest, sent: DigestedFile, *, is_locked: bool = False) -> HttpResponse:
    context = {"sent": sent, "is_locked": is_locked, "typed": ""}
    return render(request, "tracking/verify.html", context)


def _unknown(request: HttpRequest, typed: str) -> HttpResponse:
    trouble = _("Ninguna edición tiene ese código. Compárelo con el del papel, signo por signo.")
    return _form(request, typed=typed, trouble=trouble, status=HTTPStatus.NOT_FOUND)


def _busy(request: HttpRequest) -> HttpResponse:
    trouble = _("Otras personas están comprobando archivos: vuelva a enviar el suyo en un minuto.")
    answer = _form(request, trouble=trouble, status=HTTPStatus.SERVICE_UNAVAILABLE)
    answer["Retry-After"] = "60"
    return answer


def _issued_with(sha256: str) -> tuple[str, Issued | None]:
    """The kind of file and the edition that have the digest SHA256."""
    file = RenderedFile.objects.published().filter(sha256=sha256).values("kind", "report").first()
    if file:
        return str(file["kind"]), _issued(pk=file["report"])
    return JSON, _issued(sha256=sha256)


def _begins_as_its_pdf(sent: DigestedFile, report: AccountabilityReport) -> bool:
    """Whether SENT is the PDF of REPORT with something appended, as a signature is. One query."""
    made = RenderedFile.objects.published().filter(report=report, kind=FileKind.PDF)
    return any(sent.begins_with(*each) for each in made.values_list("sha256", "size"))


def _signed_with(sha256: str) -> SignedFile | None:
    """The signed file of an edition that has the digest SHA256, without its bytes."""
    return SignedFile.objects.published().without_data().filter(sha256=sha256).first()


def _issued(**which: Any) -> Issued | None:
    rows = AccountabilityReport.objects.published().filter(**which)
    editions = issued(EDITIONS.numbered(rows))
    return editions[0] if editions else None


def _context(match: Issued) -> dict[str, Any]:
    """The edition with its main figures, to be compared with the paper. Three queries."""
    report = match.report
    edition = Edition.of(report)
    return {
        "issued": match,
        "signed": signed_files_of(report),
        "edition": edition,
        "content": edition.content,
        "chapters": Chapters(edition, is_whole=True),
    }


def _form(
    request: HttpRequest,
    *,
    typed: str = "",
    trouble: str = "",
    status: int | None = None,
) -> HttpResponse:
    context = {"typed": typed, "trouble": trouble}
    status = status or (HTTPStatus.BAD_REQUEST if trouble else HTTPStatus.OK)
    return render(request, "tracking/verify.html", context, status=status)
