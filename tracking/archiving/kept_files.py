"""The files of an archive that are no pages: what sustains reports, editions, open data."""

from collections.abc import Iterator
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from plans.models import Plan
from tracking.archiving.folder import Folder
from tracking.archiving.refused import CannotArchive
from tracking.choices import FileKind
from tracking.files.kept import DamagedError, whole_file
from tracking.files.kinds import FileType
from tracking.models import AccountabilityReport, Preview, RenderedFile, SignedFile, Support
from tracking.public.opendata.catalog import TYPES
from tracking.public.opendata.copying import copied
from tracking.reading.editions import JSON, file_address
from tracking.reading.published.tables import TABLES

ENDINGS: Final = {each.media_type: each.extensions[0] for each in FileType}
Files = dict[str, str]
"""Where each lies in the archive, by its address in the portal."""


def write_supports(folder: Folder, plan: Plan) -> tuple[Files, list[Support]]:
    """What sustains the reports of PLAN, as far as it is published; and what of it is not whole.

    Their address says nothing of what they are, so their names end as files of their kind do.
    """
    files: Files = {}
    damaged: list[Support] = []
    rows = Support.objects.published().not_withheld().filter(report__plan=plan, url="")
    rows = rows.select_related("report__element", "report__plan__municipality").order_by("pk")
    made = Preview.objects.filter(original__in=rows.values("sha256")).exclude(sha256="")
    previews = {preview.original: preview for preview in made}
    for support in rows.iterator(500):
        args = [*plan.url_args, support.report.element.ref, support.pk]
        address = reverse("tracking:support", args=args)
        inside = address.strip("/")
        name = f"{inside}{ENDINGS.get(support.media_type, '')}"
        if not _is_copied(folder, name, support):
            damaged.append(support)
            continue
        files[address] = name
        preview = previews.get(support.sha256)
        if preview and _is_copied(folder, f"{inside}-vista.jpg", preview):
            files[reverse("tracking:preview", args=args)] = f"{inside}-vista.jpg"
    return files, damaged


def _is_copied(folder: Folder, name: str, kept: Support | Preview) -> bool:
    """Whether KEPT was whole, and is in FOLDER as NAME now."""
    try:
        with whole_file(kept.storage_name, kept.sha256) as file:
            folder.write(name, file.chunks())
    except DamagedError:
        return False
    return True


def write_editions(folder: Folder, plan: Plan) -> Files:
    """The files of every edition, also of those that were replaced, and the signed ones.

    CannotArchive while one is being made.
    """
    reports = AccountabilityReport.objects.published().filter(plan=plan).without_content()
    if waiting := RenderedFile.objects.filter(report__in=reports, data=None).count():
        raise CannotArchive(
            _("Faltan %s archivos de sus rendiciones de cuentas: los hace «manage.py work».")
            % waiting
        )
    files: Files = {}
    for report in reports.with_currency().order_by("semester", "edition"):
        for extension, data in _made(report):
            address = file_address(report, extension)
            files[address] = _written(folder, address, data)
            if report.current:  # type: ignore[attr-defined]
                args = [*plan.url_args, report.semester, extension]
                files[reverse("tracking:accountability_file", args=args)] = files[address]
        for signed in SignedFile.objects.published().filter(report=report, withholding=None):
            address = signed.get_absolute_url()
            files[address] = _written(folder, address, bytes(signed.data))
    return files


def _made(report: AccountabilityReport) -> Iterator[tuple[str, bytes]]:
    yield JSON, report.content.encode()
    for kind in FileKind.values:
        rows = RenderedFile.objects.published().filter(report=report, kind=kind)
        for data in rows.values_list("data", flat=True):
            yield kind, bytes(data or b"")


def write_data(folder: Folder, plan: Plan) -> Files:
    """The tables of PLAN, as they are handed out."""
    files: Files = {}
    for table in TABLES.values():
        for extension in TYPES:
            args = [*plan.url_args, table.name, extension]
            address = reverse("tracking:plan_data_file", args=args)
            name = address.lstrip("/")
            folder.write(name, copied(table.of(plan), table.columns, extension))
            files[address] = name
    return files


def _written(folder: Folder, address: str, data: bytes) -> str:
    name = address.lstrip("/")
    folder.write(name, [data])
    return name
