"""What a workbook or a document that sustains a report may be: what is read, and nothing that acts.

Both are a zip, whose parts are told by its first one. As with a PDF, what is refused is not cut
out: it would no longer be the file whose digest its owner has.
"""

import io
import re
import struct
import zipfile
import zlib
from html import unescape
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _

from tracking.files.kinds import FileType

MEBIBYTE: Final = 1024 * 1024
LARGEST_UNPACKED: Final = 100 * MEBIBYTE
LARGEST_EMBEDDED: Final = 20 * MEBIBYTE
LARGEST_DIRECTORY: Final = MEBIBYTE  # of a zip: room for thousands of parts
CHUNK: Final = 64 * 1024

# What makes a zip a workbook or a document: the first of its parts declares what the others are.
CONTENT_TYPES: Final = "[content_types].xml"
OFFICE_PARTS: Final = (
    (FileType.XLSX, b"spreadsheetml.sheet.main+xml"),
    (FileType.DOCX, b"wordprocessingml.document.main+xml"),
)
MACROS: Final = re.compile(rb"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
MACRO_PARTS: Final = re.compile(r"vbaproject|macrosheets/")

# What stands within. A chart brings the workbook of its figures; a package of anything else is
# "oleObject1.bin", and a control of a form stands in "activeX/" (ECMA-376-1, 11.3 and 15.2).
EMBEDDED: Final = re.compile(r"(?:^|/)(?:embeddings|activex)/")
OF_FIGURES: Final = re.compile(r"(?:^|/)embeddings/[^/]+\.xlsx")

# What is fetched as the file is opened, before anybody clicks: a template, an object, a part.
RELATIONSHIP: Final = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
FETCHED: Final = re.compile(r"/(?:attachedTemplate|oleObject|frame|subDocument|aFChunk)['\"]")
ELSEWHERE: Final = re.compile(r"Target\s*=\s*['\"]\s*(?:https?:|ftp:|[\\/]{2}|file:[\\/]{2}[^\\/])")

# What an entity stands for is as long as somebody likes, or lies elsewhere. No office program
# writes a part with one. In UTF-16 each sign has a null.
DECLARED: Final = re.compile(rb"<!DOCTYPE|<\0!\0D\0O\0C\0T\0Y\0P\0E")
LONGEST_DECLARED: Final = 17  # bytes

# What reading a zip that is not as it says raises; RuntimeError where it has a password.
BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


def office_type_of(upload: "File[bytes]") -> FileType | None:
    """Which of the two a zip is; None for another kind. It unpacks to what it says, and no more.

    ValidationError, with a sentence, where it is damaged or would do more than be read.
    """
    try:
        if _directory_size(upload) > LARGEST_DIRECTORY:
            raise _too_much_unpacked()
        with zipfile.ZipFile(upload) as packed:
            return _type_of_parts(packed)
    except BROKEN_ZIP as error:
        raise ValidationError(
            _("El archivo está dañado o incompleto: ábralo, guárdelo de nuevo y elíjalo.")
        ) from error


def _directory_size(upload: "File[bytes]") -> int:
    """How many bytes the list of parts takes: read before anybody builds that list in memory."""
    upload.seek(max(0, int(upload.size) - CHUNK))
    tail = upload.read(CHUNK)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or tail[max(0, at - 20) : at].startswith(b"PK\x06\x07"):  # none, or a 64-bit one
        raise zipfile.BadZipFile
    size: int = struct.unpack("<I", tail[at + 12 : at + 16])[0]
    return size


def _type_of_parts(packed: zipfile.ZipFile, *, within: bool = False) -> FileType | None:
    """WITHIN another, which has been measured."""
    parts = packed.infolist()
    if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
        raise _too_much_unpacked()
    names = {part.filename.lower(): part for part in parts}
    if CONTENT_TYPES not in names:
        raise ValidationError(
            _("Un ZIP no se puede leer desde aquí: suba cada documento por separado.")
        )
    if len(names) < len(parts) or names[CONTENT_TYPES].file_size > LARGEST_DIRECTORY:
        raise zipfile.BadZipFile
    declared = packed.read(names[CONTENT_TYPES])
    if MACROS.search(declared) or any(MACRO_PARTS.search(name) for name in names):
        raise ValidationError(
            _("El archivo lleva macros, que son programas: guárdelo sin macros (XLSX o DOCX).")
        )
    declared_types = [kind for kind, part in OFFICE_PARTS if part in declared]
    if len(declared_types) != 1 or b"&" in declared:  # an entity could hide what the others declare
        return None
    for name, part in names.items():
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise zipfile.BadZipFile
        if name.endswith(".rels"):
            _refuse_fetching(packed.read(part))
        elif EMBEDDED.search(name):
            _refuse_embedded(packed, name, part, within=within)
        else:
            _read_through(packed, part)
    return declared_types[0]


def _read_through(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """To its end: its length and its checksum are as it says. What is XML declares no entity."""
    is_xml = part.filename.lower().endswith(".xml")
    end = b""
    with packed.open(part) as content:
        while piece := content.read(CHUNK):
            if is_xml and DECLARED.search(end + piece):
                raise zipfile.BadZipFile
            end = piece[-LONGEST_DECLARED:]


def _refuse_embedded(
    packed: zipfile.ZipFile, name: str, part: zipfile.ZipInfo, *, within: bool
) -> None:
    """Anything but the figures of a chart, which are a workbook with nothing in it that acts."""
    if part.is_dir():
        return
    if OF_FIGURES.search(name) and not within:
        if part.file_size > LARGEST_EMBEDDED:
            raise _too_much_unpacked()
        with zipfile.ZipFile(io.BytesIO(packed.read(part))) as figures:
            if _type_of_parts(figures, within=True) == FileType.XLSX:
                return
    raise ValidationError(
        _(
            "El archivo lleva otros dentro (un objeto o un control): súbalos por separado. De "
            "este, elija «Guardar como PDF», y suba ese."
        )
    )


def _refuse_fetching(relationships: bytes) -> None:
    """What is linked is fetched by whoever clicks; what is a part of it, by opening it."""
    if b"\0" in relationships or b"<!" in relationships:  # written so that nobody can read it here
        raise zipfile.BadZipFile
    for raw in RELATIONSHIP.findall(relationships):
        said = unescape(raw.decode("utf-8", "replace"))
        if FETCHED.search(said) and ELSEWHERE.search(said):
            raise ValidationError(
                _(
                    "Al abrirlo, el archivo busca una parte suya en otro sitio (una plantilla o un "
                    "objeto): elija «Guardar como PDF», y suba ese."
                )
            )


def _too_much_unpacked() -> ValidationError:
    return ValidationError(
        _("Al abrirlo, el archivo ocupa más de 100 MB: reduzca sus imágenes o divídalo.")
    )
