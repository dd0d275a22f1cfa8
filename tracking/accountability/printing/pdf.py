"""The PDF of an edition: PDF/A-3a, tagged, with its CSV and its frozen JSON inside.

The same edition gives the same bytes, on any machine: it has no date but the edition's own.
"""

import re
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from weasyprint import Attachment

from accounts.hidden_characters import HIDDEN
from tracking.accountability.brief import Brief
from tracking.accountability.edition import Edition
from tracking.accountability.printing.paper import SIMULATED, on_paper
from tracking.accountability.printing.picture import picture
from tracking.accountability.printing.qr import qr_of
from tracking.accountability.printing.table import csv_of

SHEETS: Final = ("report.css", "front.css", "budget.css")
BREAKS: Final = "\u00ad\u200b\u2060"


def pdf_of(edition: Edition, frozen: str, *, name: str) -> bytes:
    """EDITION printed. FROZEN is its content as it was published; NAME that of its attachments."""
    sheets = [*SHEETS, SIMULATED] if edition.content.simulated else SHEETS
    return on_paper(html_of(edition), sheets, _attachments(edition, frozen, name))


def html_of(edition: Edition) -> str:
    page = render_to_string(
        "accountability/print.html",
        {
            "edition": edition,
            "content": edition.content,
            "brief": Brief(edition),
            "picture": picture(edition),
            "inked": True,
            "qr": qr_of(edition.address),
        },
    )
    return HIDDEN.sub(_seen, page)


def _seen(hidden: re.Match[str]) -> str:
    """A mark for a sign that nobody sees, which an old content may have: it turns figures around.

    What says where a word may break is no deceit."""
    return hidden[0] if hidden[0] in BREAKS else "\ufffd"


def _attachments(edition: Edition, frozen: str, name: str) -> list[Attachment]:
    issued_at = edition.content.issued_at
    files = (
        ("csv", csv_of(edition.content, edition.code), _("Una fila por promesa")),
        ("json", frozen.encode(), _("El contenido que se congeló al emitir el informe")),
    )
    return [
        Attachment(
            string=data,
            name=f"{name}.{extension}",
            description=description,
            created=issued_at,
            modified=issued_at,
            relationship="Source" if extension == "json" else "Data",
        )
        for extension, data, description in files
    ]
