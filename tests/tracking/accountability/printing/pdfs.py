"""A PDF as a reader's program takes it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from math import hypot
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


def sizes_of(pdf: bytes) -> set[float]:
    """In which sizes letters are printed, in points, as large as they come out on paper."""
    with opened(pdf) as document:
        return {round(size, 2) for page in document.pages for size in _sizes(page, 1)}


def _sizes(painted: Any, scale: float) -> Iterator[float]:
    """What a page or a form has of them, and the forms in it."""
    kept, size, line = [], 0.0, 1.0
    for step in pikepdf.parse_content_stream(painted):
        operands: Any = step.operands
        match str(step.operator):
            case "q":
                kept.append(scale)
            case "Q":
                scale = kept.pop()
            case "cm":
                scale *= hypot(float(operands[0]), float(operands[1]))
            case "Tf":
                size = float(operands[1])
            case "Tm":
                line = hypot(float(operands[2]), float(operands[3]))
            case "Tj" | "TJ":
                yield scale * size * line
            case "Do":
                drawn = painted.Resources.XObject[str(operands[0])]
                if drawn.Subtype == "/Form" and "/Resources" in drawn:
                    yield from _sizes(drawn, scale)
