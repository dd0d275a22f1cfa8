"""Which reader a file is for: its content says so, whatever it is called."""

import io
import re
import zipfile
from typing import Final

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from plans.importers.faults import refusal_of


class Format(models.TextChoices):
    JNE = "jne", gettext_lazy("resumen del Jurado Nacional de Elecciones")
    SHEET = "sheet", gettext_lazy("hoja de cálculo")
    DOCUMENT = "document", gettext_lazy("documento")
    PLAN_FILE = "plan-file", gettext_lazy("archivo de plan")


ZIP: Final = b"PK\x03\x04"
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PDF: Final = b"%PDF-"
MARKS: Final = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
LOOKED_AT: Final = 4_096  # bytes, of a text
MOST_MEMBERS: Final = 20_000
MOST_EXPANDED: Final = 200_000_000
"""Bytes of an archive's members together: ten thousand plans are a fifth of it."""
JSON: Final = re.compile(rb"\{\s*[\"}]|\[\s*[\[{\]]")
"""How JSON begins, and no text that happens to begin with a bracket."""
WEB: Final = re.compile(rb"<!doctype html|<html", re.IGNORECASE)
WRITER: Final = b"mimetypeapplication/vnd.oasis.opendocument.text"
"""What stands first, and not packed, in a document of LibreOffice."""

SENT: Final = frozenset(
    {
        *(".pdf", ".docx", ".txt", ".md"),
        *(".xlsx", ".xls", ".ods", ".csv", ".tsv"),
        *(".json", ".jsonl", ".zip"),
    }
)
"""How the files that a person sends may end. A plan file is not sent: its document is beside it."""
PLAN_FILES: Final = frozenset({".yaml", ".yml"})

_TEXTS: Final = {
    ".csv": Format.SHEET,
    ".tsv": Format.SHEET,
    ".xlsx": Format.SHEET,
    ".xls": Format.SHEET,
    ".ods": Format.SHEET,
    ".yaml": Format.PLAN_FILE,
    ".yml": Format.PLAN_FILE,
    ".json": Format.JNE,
    ".jsonl": Format.JNE,
}


def format_of(content: bytes, name: str) -> Format:
    """The reader for CONTENT, all of it, of a file that is called NAME.

    Raises FileRefused, with a sentence, for what no reader reads.
    """
    if not content.strip():
        raise refusal_of(name, _("está vacío."))
    if content[:1024].lstrip().startswith(PDF):
        return Format.DOCUMENT
    if content.startswith(ZIP):
        return _of_zip(content, name)
    suffix = _suffix(name)
    if content.startswith(OLE):
        if suffix == ".doc":
            raise refusal_of(name, _("es un documento de Word antiguo: guárdelo como DOCX o PDF."))
        return Format.SHEET
    beginning = content[:LOOKED_AT]
    if beginning.startswith(b"{\\rtf"):
        raise refusal_of(name, _("es un documento RTF: guárdelo como DOCX o PDF."))
    if not beginning.startswith(MARKS) and b"\x00" in beginning:
        raise refusal_of(name, _("no es un documento, una hoja de cálculo ni un texto."))
    words = beginning.removeprefix(MARKS[0]).lstrip()
    if WEB.match(words):
        raise refusal_of(name, _("es una página web: guárdela como PDF, o copie y pegue su texto."))
    if suffix not in _TEXTS and JSON.match(words):
        return Format.JNE
    return _TEXTS.get(suffix, Format.DOCUMENT)


def _of_zip(content: bytes, name: str) -> Format:
    """Office documents are archives too; any other is one of the authority's files."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.namelist()
            if len(members) > MOST_MEMBERS:
                raise refusal_of(name, _("tiene demasiados archivos dentro."))
            expanded = sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise refusal_of(name, _("está cortado o dañado: no se puede abrir.")) from None
    if any(member.startswith("word/") for member in members):
        return Format.DOCUMENT
    if WRITER in content[:LOOKED_AT]:
        raise refusal_of(name, _("es un documento de LibreOffice: guárdelo como DOCX o PDF."))
    if any(member.startswith("ppt/") for member in members):
        raise refusal_of(name, _("es una presentación: guárdela como PDF."))
    if any(member.startswith("xl/") for member in members) or "content.xml" in members:
        return Format.SHEET
    if any(_suffix(member) in {".json", ".jsonl"} for member in members):
        if expanded > MOST_EXPANDED:
            most = MOST_EXPANDED // 1_000_000
            raise refusal_of(name, _("se desempaqueta en más de %s MB: divídalo.") % most)
        return Format.JNE
    raise refusal_of(name, _("es un archivo comprimido sin nada que se pueda leer dentro."))


def _suffix(name: str) -> str:
    _stem, dot, suffix = name.lower().rpartition(".")
    return dot + suffix
