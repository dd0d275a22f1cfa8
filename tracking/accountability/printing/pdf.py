"""The PDF of an edition: PDF/A-3a, tagged, with its CSV and its frozen JSON inside.

The same edition gives the same bytes, on any machine: it has no fonts but those beside this file,
no date but the edition's own, and fetches nothing.
"""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Final

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from tracking.accountability.edition import Edition
from tracking.accountability.printing.qr import qr_of
from tracking.accountability.printing.table import csv_of

FOLDER: Final = Path(__file__).parent
VARIANT: Final = "pdf/a-3a"

# Read by the font library whenever it is set up: which fonts the machine has must not matter.
os.environ["FONTCONFIG_FILE"] = str(FOLDER / "fonts" / "fonts.conf")


def pdf_of(edition: Edition, frozen: str, *, name: str) -> bytes:
    """EDITION printed. FROZEN is its content as it was published; NAME that of its attachments."""
    page = render_to_string(
        "accountability/print.html",
        {
            "edition": edition,
            "content": edition.content,
            "inked": True,
            "qr": qr_of(edition.address),
        },
    )
    sheets = [FOLDER / "report.css"]
    if edition.content.simulated:
        sheets.append(FOLDER / "simulated.css")
    fonts = _fonts()
    document = HTML(string=page, url_fetcher=NothingOutside())
    with _nothing_collected():
        written: bytes | None = document.write_pdf(
            stylesheets=[CSS(filename=sheet, font_config=fonts) for sheet in sheets],
            font_config=fonts,
            pdf_variant=VARIANT,
            attachments=_attachments(edition, frozen, name),
        )
    if written is None:
        raise RuntimeError("WeasyPrint wrote no PDF")
    return written


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """A layout is one graph that lives until the end: looking through it for garbage, again and
    again, finds none and costs a fifth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
        gc.collect()


class NothingOutside(URLFetcher):  # type: ignore[misc]
    """What a page names is fetched only where it is in the page itself: no file, no address."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=["data"])


@cache
def _fonts() -> FontConfiguration:
    """The font configuration, made once for each process: a new one leaks memory."""
    return FontConfiguration()


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
