"""The accountability reports that were issued, as the public finds them."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Func, IntegerField, QuerySet
from django.urls import reverse

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import FileKind
from tracking.models import AccountabilityReport, RenderedFile

JSON: Final = "json"
CONTENT_SIZE: Final = Func("content", function="octet_length", output_field=IntegerField())
"""In bytes; told by the database without reading the content."""

CHAPTERS: Final = (
    *("dificultades", "sin-informe", "cambios"),
    *("oficinas", "sustentos", "recuentos", "metodo"),
)
"""The chapters that every edition has, by their addresses; see `tracking.accountability.chapters`.
"""

EXTENSIONS: Final = (FileKind.PDF.value, FileKind.CSV.value, JSON)


@dataclass(frozen=True)
class Download:
    """A file of an edition: where it is, its ``size`` in bytes, None while it is being made."""

    extension: str
    address: str
    size: int | None

    @property
    def label(self) -> str:
        return self.extension.upper()


@dataclass(frozen=True)
class Issued:
    """An edition with its files; ``is_current`` unless a later one supersedes it."""

    report: AccountabilityReport
    downloads: list[Download]
    is_current: bool


def issued(rows: QuerySet[AccountabilityReport]) -> list[Issued]:
    """ROWS, their content left in the database, each with its files. Two queries."""
    reports = list(
        rows.without_content().with_currency().annotate(content_size=CONTENT_SIZE)  # type: ignore[attr-defined]
    )
    downloads = downloads_of(reports)
    return [Issued(report, downloads[report.pk], report.current) for report in reports]


def downloads_of(reports: Collection[Any]) -> dict[int, list[Download]]:
    """The files of REPORTS, which carry ``content_size``, by their ids. One query."""
    files = RenderedFile.objects.published().filter(report__in=reports)
    sizes: dict[tuple[int, str], int] = {
        (report_id, kind): size
        for report_id, kind, size in files.values_list("report", "kind", "size")
    }
    for report in reports:
        sizes[report.pk, JSON] = report.content_size
    return {
        report.pk: [
            Download(extension, file_address(report, extension), sizes.get((report.pk, extension)))
            for extension in EXTENSIONS
        ]
        for report in reports
    }


def file_address(report: AccountabilityReport, extension: str) -> str:
    """Where that file of an edition stays, whatever is issued later."""
    parts = [*report.plan.url_args, report.semester, report.edition, extension]
    return reverse("tracking:edition_file", args=parts)


def editions_of(plan: Plan, semester: Semester) -> QuerySet[AccountabilityReport]:
    """Every edition of the report on that SEMESTER, newest first."""
    rows = AccountabilityReport.objects.published().filter(plan=plan, semester=semester)
    return rows.order_by("-edition")


def semesters_issued(plan: Plan) -> set[Semester]:
    """The semesters of PLAN whose accountability report was issued. One query."""
    rows = AccountabilityReport.objects.published().filter(plan=plan)
    return set(rows.values_list("semester", flat=True))
