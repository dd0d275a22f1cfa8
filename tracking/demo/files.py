"""The small files that sustain a simulated report: a real PDF, a real PNG and a real JPEG."""

import hashlib
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont

from plans.semester import Semester
from tracking.models import Support

WORDS: Final = "Avances simulados para demostración"
PAPER: Final = (420, 595)  # points, an A5 page
PICTURE: Final = (480, 320)  # pixels
INK, GROUND = (26, 58, 74), (226, 232, 234)
FONT: Final = files("tracking.accountability.printing") / "fonts" / "NotoSans-Regular.ttf"
"""That of printed reports: Pillow's own has no «ó»."""


@dataclass(frozen=True)
class SampleFile:
    """A file, in the words of the columns of a support."""

    title: str
    file_name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_picture(self) -> bool:
        return self.media_type.startswith("image/")


@cache
def samples_of(semester: Semester) -> tuple[SampleFile, ...]:
    """One file of each kind; the same bytes at each call."""
    lines = (WORDS, str(semester))
    return (
        SampleFile(
            "Acta de avance (simulada)",
            f"acta-simulada-{semester}.pdf",
            "application/pdf",
            pdf(lines),
        ),
        SampleFile(
            "Fotografía del avance (simulada)",
            f"fotografia-simulada-{semester}.jpg",
            "image/jpeg",
            picture(lines, "JPEG"),
        ),
        SampleFile(
            "Plano de ubicación (simulado)",
            f"plano-simulado-{semester}.png",
            "image/png",
            picture(lines, "PNG"),
        ),
    )


def store(sample: SampleFile, support: Support) -> None:
    """Put the bytes where SUPPORT looks for them, once."""
    if not default_storage.exists(support.storage_name):
        default_storage.save(support.storage_name, ContentFile(sample.content))


def pdf(lines: tuple[str, ...]) -> bytes:
    """A page with LINES, which hold Latin letters only."""
    written = [line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines]
    shown = " T* ".join(f"({line}) Tj" for line in written)
    stream = f"BT /F1 16 Tf 24 TL 48 {PAPER[1] - 72} Td {shown} ET".encode("cp1252")
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R /Lang (es-PE) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents 4 0 R" % PAPER
        + b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    )
    written_so_far = b"%PDF-1.4\n"
    offsets = []
    for number, body in enumerate(bodies, start=1):
        offsets.append(len(written_so_far))
        written_so_far += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(bodies) + 1
    return (
        written_so_far
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n" % size
        + b"%d\n%%%%EOF\n" % len(written_so_far)
    )


def picture(lines: tuple[str, ...], form: str) -> bytes:
    """A plain picture with LINES on it, as FORM ("PNG", "JPEG")."""
    image = Image.new("RGB", PICTURE, GROUND)
    pen = ImageDraw.Draw(image)
    pen.rectangle((12, 12, PICTURE[0] - 13, PICTURE[1] - 13), outline=INK, width=3)
    font = ImageFont.truetype(io.BytesIO(FONT.read_bytes()), 20)
    pen.multiline_text((36, 120), "\n".join(lines), fill=INK, font=font, spacing=12)
    written = io.BytesIO()
    image.save(written, form)
    return written.getvalue()
