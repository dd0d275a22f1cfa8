"""The accountability reports that were issued, as the public finds them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.db.models import Func, IntegerField, QuerySet
from django.urls import reverse

from plans.models import Plan
from plans.semester import Semester
from tracking.choices import FileKind
from tracking.models import AccountabilityReport, RenderedFile

JSON: Final = "json"
CONTENT_SIZE: Final = Func("content", function="octet_length", output_field=IntegerField())
"""In bytes; told by the database without reading the content."""

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
        rows.in_short().with_currency().annotate(content_size=CONTENT_SIZE)  # type: ignore[attr-defined]
    )
    sizes = _sizes(reports)
    return [
        Issued(
            report,
            [
                Download(
                    extension,
                    file_address(report, extension),
                    sizes[report.pk].get(extension, None),
                )
                for extension in EXTENSIONS
            ],
            report.edition == report.newest_edition,
        )
        for report in reports
    ]


def _sizes(reports: Iterable[AccountabilityReport]) -> dict[int, dict[str, int]]:
    by_id = {report.pk: report for report in reports}
    files = RenderedFile.objects.published().filter(report__in=by_id)
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for report_id, kind, size in files.values_list("report", "kind", "size"):
        found[report_id][kind] = size
    for pk, report in by_id.items():
        found[pk][JSON] = report.content_size  # type: ignore[attr-defined]
    return found


def file_address(report: AccountabilityReport, extension: str) -> str:
    """Where that file of an edition stays, whatever is issued later."""
    parts = [*report.plan.url_args, report.semester, report.edition, extension]
    return reverse("tracking:edition_file", args=parts)


def editions_of(plan: Plan, semester: Semester) -> QuerySet[AccountabilityReport]:
    """Every edition of the report on that SEMESTER, newest first."""
    rows = AccountabilityReport.objects.published().filter(plan=plan, semester=semester)
    return rows.order_by("-edition")
