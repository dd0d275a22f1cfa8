"""A report and what sustains it."""

import datetime as dt
from typing import Any

from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Municipality, User
from tests.files import PDF
from tracking.files.uploads import receive
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, Support
from tracking.services.drafts import submit
from tracking.services.review import publish_reports
from tracking.services.supports import About, add_file

PAGE = "/gestion/semestre/puno/2019-I/S.1.1.1/"
SUPPORTS = f"{PAGE}sustentos/"
TYPED = {"title": "Acta de recepción", "taken_on": "2019-05-14", "place": "Coata"}
ABOUT = About("Acta de recepción", dt.date(2019, 5, 14), "Coata")


def a_file(content: bytes = PDF, name: str = "acta.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/octet-stream")


def added(report: ProgressReport, by: User, content: bytes = PDF) -> Support:
    return add_file(report, receive(a_file(content)), ABOUT, by=by)


def published(report: ProgressReport, municipality: Municipality, by: User) -> ProgressReport:
    sent = submit(report, Entry.STEP, by=report.author)
    publish_reports({sent.pk: sent.edit}, municipality, by=by)
    return ProgressReport.objects.get(pk=report.pk)


def bytes_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def stored_under(support: Support) -> bytes:
    with default_storage.open(support.storage_name) as file:
        content: bytes = file.read()
    return content
