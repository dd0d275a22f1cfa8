"""A PDF as a reader's program takes it."""

import io
import re
from dataclasses import replace
from typing import Any

import pikepdf
from pypdf import PdfReader

from tests.tracking.issued import content_of
from tracking.accountability.content import Content
from tracking.accountability.edition import Edition
from tracking.accountability.printing.pdf import pdf_of
from tracking.models import AccountabilityReport


def printed(report: AccountabilityReport, **changed: Any) -> bytes:
    """The PDF of REPORT, with what its content says CHANGED."""
    content = replace(content_of(report), **changed)
    return print_out(content, report)


def print_out(content: Content, report: AccountabilityReport) -> bytes:
    edition = Edition(content, report.code, report.sha256)
    return pdf_of(edition, report.content, name="informe")


def opened(pdf: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(pdf))


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All that is printed on its pages, without the spaces, which lines break up."""
    return squeezed(" ".join(pages_of(pdf)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)
