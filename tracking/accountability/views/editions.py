"""The accountability reports: all of the country, a plan's, a semester's, and their files."""

from http import HTTPStatus
from typing import Any, Final

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.semester import Semester
from plans.term import Term
from tracking.accountability.card import card_of_edition
from tracking.accountability.chapters import SLUGS, WHOLE, Chapters
from tracking.accountability.edition import Edition
from tracking.accountability.filters import ReportFilter
from tracking.choices import FileKind
from tracking.ledger.kinds import EDITIONS
from tracking.models import AccountabilityReport, RenderedFile, SignedFile
from tracking.public.decorators import Scope, public_page, read_only
from tracking.reading.addresses import absolute
from tracking.reading.editions import EXTENSIONS, JSON, editions_of, issued
from tracking.reading.lookup import plan_in_force
from tracking.reading.signatures import signed_files_of

PAGE_SIZE: Final = 30
NOT_ISSUED: Final = gettext_lazy("De ese semestre no se emitió esa rendición de cuentas.")
RETRY_AFTER: Final = 60  # seconds
TYPES: Final = {
    FileKind.PDF.value: "application/pdf",
    FileKind.CSV.value: "text/csv; charset=utf-8",
    JSON: "application/json",
}


@public_page(scope=Scope.PORTAL)
def reports(request: HttpRequest) -> HttpResponse:
    """The newest edition of each report of the country, as far as the filter leaves it."""
    current = AccountabilityReport.objects.published().current()
    filters = ReportFilter(request.GET, queryset=current)
    page = Paginator(filters.rows.values_list("pk"), PAGE_SIZE).get_page(request.GET.get("pagina"))
    context = {
        "filter": filters,
        "page": page,
        "reports": issued(filters.rows.filter(pk__in=[pk for (pk,) in page])),
        "permanent_link": absolute(request.path),
    }
    return render(request, "tracking/accountability_reports.html", context)


@public_page(scope=Scope.MUNICIPALITY)
def of_plan(request: HttpRequest, slug: str, term: Term) -> HttpResponse:
    """Every semester of a plan of which a report was issued, newest first."""
    plan = plan_in_force(slug, term)
    rows = AccountabilityReport.objects.published().current().filter(plan=plan)
    context = {
        "plan": plan,
        "reports": issued(rows.order_by("-semester")),
        "permanent_link": absolute(request.path),
    }
    return render(request, "tracking/accountability_of_plan.html", context)


@public_page(scope=Scope.MUNICIPALITY)
def accountability(
    request: HttpRequest,
    slug: str,
    term: Term,
    semester: Semester,
    *,
    edition: int | None = None,
    chapter: str = "",
) -> HttpResponse:
    """An edition, the newest one without its number: in short, or a CHAPTER of it, or the whole."""
    plan = plan_in_force(slug, term)
    editions = issued(EDITIONS.numbered(editions_of(plan, semester)))
    chosen = next((each for each in editions if edition in {None, each.report.edition}), None)
    if chosen is None:
        back = reverse("tracking:accountability_of_plan", args=plan.url_args)
        return _not_there(request, str(NOT_ISSUED), back, _("Ver las que se emitieron"))
    report = chosen.report
    shown = Edition.of(report)
    own = report.get_absolute_url()
    base = report.get_newest_url() if edition is None else own
    chapters = Chapters(shown, base, is_whole=chapter == WHOLE)
    current = chapters.at(chapter)
    if chapter not in {"", WHOLE} and current is None:
        return _not_there(request, _unknown(chapter), base, _("Ver los capítulos que tiene"))
    context: dict[str, Any] = {
        "card": None if current else card_of_edition(shown, report),
        "plan": plan,
        "edition": shown,
        "content": shown.content,
        "issued": chosen,
        "editions": editions,
        "signed": [] if current else signed_files_of(report),
        "chapters": chapters,
        "chapter": current,
        "permanent_link": f"{settings.SITE_URL}{own}{f'{chapter}/' if chapter else ''}",
    }
    if current:
        context["before"], context["after"] = chapters.beside(current)
        return render(request, "tracking/accountability_chapter.html", context)
    page = "accountability_whole" if chapters.is_whole else "accountability"
    return render(request, f"tracking/{page}.html", context)


def _unknown(chapter: str) -> str:
    if chapter in SLUGS:
        return _("Esta edición no tiene ese capítulo: nada de lo que se emitió es de eso.")
    return _("Ninguna rendición de cuentas tiene un capítulo con ese nombre.")


def _not_there(request: HttpRequest, reason: str, back: str, back_to: str) -> HttpResponse:
    """A 404 that says the REASON and links BACK, called BACK_TO."""
    context = {"reason": reason, "back": back, "back_to": back_to}
    return render(request, "tracking/errors/404.html", context, status=HTTPStatus.NOT_FOUND)


@read_only
def file(request: HttpRequest, extension: str, **address: Any) -> HttpResponseBase:
    """A file of an edition, the newest one without its number; 503 while it is being made.

    It is asked about before it is used again: its newest edition can be another by then. Three
    queries, two for whoever has it.
    """
    if extension not in EXTENSIONS:
        raise Http404
    report = _report_of(**address)
    rows = RenderedFile.objects.published().filter(report=report, kind=extension)
    sha256 = report.sha256 if extension == JSON else rows.values_list("sha256", flat=True).first()
    if sha256 is None:
        return _in_preparation(request, report)
    etag = f'"{sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        data = (
            report.content
            if extension == JSON
            else rows.values_list("data", flat=True).get() or b""
        )
        answer = _download(data, f"{report.file_name}.{extension}", TYPES[extension])
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    if report.simulated:
        answer["X-Robots-Tag"] = "noindex"
    return answer


@read_only
def signed_file(request: HttpRequest, number: int, **address: Any) -> HttpResponseBase:
    """A PDF of an edition that people signed, as it came; 410 once it is withheld. Two queries."""
    report = _report_of(**address)
    rows = SignedFile.objects.published().filter(report=report, number=number)
    found: SignedFile | None = rows.select_related("withholding").first()
    if found is None:
        raise Http404
    if found.withheld:
        context = {"report": report, "file": found, "withheld": found.withheld}
        page = "tracking/signed_withheld.html"
        return render(request, page, context, status=HTTPStatus.GONE)
    etag = f'"{found.sha256}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        name = f"{report.file_name}.firmado-{number}.pdf"
        answer = _download(found.data, name, TYPES[FileKind.PDF.value])
    answer["ETag"] = etag
    patch_cache_control(answer, public=True, no_cache=True)
    if report.simulated:
        answer["X-Robots-Tag"] = "noindex"
    return answer


def _in_preparation(request: HttpRequest, report: AccountabilityReport) -> HttpResponse:
    context = {"report": report}
    answer = render(
        request, "tracking/errors/503.html", context, status=HTTPStatus.SERVICE_UNAVAILABLE
    )
    answer["Retry-After"] = str(RETRY_AFTER)
    return answer


def _report_of(
    slug: str, term: Term, semester: Semester, edition: int | None = None
) -> AccountabilityReport:
    rows = AccountabilityReport.objects.published().filter(
        municipality__slug=slug,
        plan__first_year=term.first_year,
        plan__last_year=term.last_year,
        semester=semester,
    )
    if edition is not None:
        rows = rows.filter(edition=edition)
    report: AccountabilityReport | None = rows.without_content().order_by("-edition").first()
    if report is None:
        raise Http404(NOT_ISSUED)
    return report


def _download(data: str | bytes | memoryview, name: str, media_type: str) -> HttpResponse:
    body = data if isinstance(data, str) else bytes(data)
    answer = HttpResponse(body, content_type=media_type)
    answer["Content-Disposition"] = (
        content_disposition_header(as_attachment=False, filename=name) or ""
    )
    if media_type == TYPES[FileKind.PDF.value]:
        answer["Content-Encoding"] = "identity"  # it is compressed already
    return answer
