"""What was uploaded: what kind of file it really is, and what of it is kept.

Neither the name nor the type that a browser gives is believed: the content tells.
"""

import datetime as dt
import hashlib
import mmap
import re
import tempfile
import unicodedata
from dataclasses import dataclass
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile, UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts.antivirus import refuse_infected
from tracking.files.hashing import BEGINNING
from tracking.files.kinds import FileType
from tracking.files.office_files import office_type_of
from tracking.files.papers import check_paper
from tracking.files.photographs import (
    DamagedError,
    Photograph,
    TooManyPixelsError,
    is_jpeg,
    is_png,
    read_photograph,
)

MEBIBYTE: Final = 1024 * 1024
LARGEST_FILE: Final = 20 * MEBIBYTE
LONGEST_NAME: Final = 150
FORBIDDEN: Final = frozenset('<>:"|?*')  # in the name of a file, somewhere
IN_MEMORY: Final = 2 * MEBIBYTE
CHUNK: Final = 64 * 1024


ACCEPTED: Final = ",".join(each for kind in FileType for each in kind.extensions)
"""For the ``accept`` of an input: what a person is offered, which proves nothing."""

HEIC: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"})
"""The brands of what telephones take where nobody chose otherwise (ISO/IEC 23008-12)."""


@dataclass(frozen=True)
class Received:
    """A file as it will be kept, with its digest; CONTENT stands at its beginning.

    ``taken_on``: the day that a photograph says of itself, by its camera's clock.
    """

    content: "File[bytes]"
    name: str
    kind: FileType
    size: int
    sha256: str
    keeps_position: bool
    taken_on: dt.date | None = None


def receive(upload: UploadedFile, *, keeps_position: bool = False) -> Received:
    """Read what was uploaded. ValidationError, with a sentence, for what is not taken.

    Of photographs only the picture is kept: not where it was taken, unless KEEPS_POSITION and it
    says so.
    """
    if not upload.size:
        raise ValidationError(_("El archivo está vacío: elíjalo otra vez."))
    if upload.size > LARGEST_FILE:
        sentence = _("El archivo pesa %s y el máximo son 20 MB.")
        raise ValidationError(sentence % filesizeformat(upload.size))
    refuse_infected(upload)
    kind = file_type_of(upload)
    is_placed, taken_on = False, None
    content: File[bytes] = upload
    if kind in {FileType.JPEG, FileType.PNG}:
        photograph = _photograph(upload)
        content = _without_notes(photograph, keeps_position=keeps_position)
        is_placed = keeps_position and bool(photograph.position)
        taken_on = photograph.taken_on
    sha256, size = _digest(content)
    name = clean_name(upload.name or "", kind)
    return Received(content, name, kind, size, sha256, is_placed, taken_on)


def file_type_of(upload: "File[bytes]") -> FileType:
    """What UPLOAD is by its content. ValidationError where it is nothing that is taken."""
    upload.seek(0)
    start = upload.read(CHUNK)
    if start.startswith(b"%PDF-"):
        check_paper(upload)
        return FileType.PDF
    if is_jpeg(start):
        return FileType.JPEG
    if is_png(start):
        return FileType.PNG
    if start.startswith(b"PK\x03\x04") and b"%PDF-" not in start[:BEGINNING]:
        kind = office_type_of(upload)
        if kind is not None:
            return kind
    raise ValidationError(_why_not(start))


def clean_name(given: str, kind: FileType) -> str:
    """A file name that is safe anywhere, from what a browser gave: no folder, nothing invisible."""
    name = re.split(r"[/\\]", unicodedata.normalize("NFC", given))[-1]
    seen = "".join(c for c in name if unicodedata.category(c)[0] != "C" and c not in FORBIDDEN)
    name = " ".join(seen.split()).rstrip(". ")
    extension = next((each for each in kind.extensions if name.lower().endswith(each)), "")
    stem = name[: len(name) - len(extension)] if extension else name
    extension = extension or kind.extensions[0]
    return (stem[: LONGEST_NAME - len(extension)].strip(". ") or _("archivo")) + extension


def _why_not(start: bytes) -> str:
    """What a file that is not taken looks like, and what to do."""
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")):
        return _("Ese archivo es un programa, aunque su nombre diga otra cosa: no se guarda.")
    if b"<svg" in text or text.startswith((b"<!doctype html", b"<html", b"<script")):
        return _("Un SVG o una página web puede llevar código: guárdelo como PDF o PNG.")
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        return _(
            "Es un archivo de un Office antiguo, o tiene contraseña: guárdelo como PDF, o como "
            "XLSX o DOCX sin contraseña."
        )
    if start[4:8] == b"ftyp" and start[8:12] in HEIC:
        return _(
            "La fotografía está en formato HEIC, que muchos no pueden abrir: ábrala, guárdela o "
            "expórtela como JPEG, y elíjala otra vez. Para las próximas, en un iPhone: Ajustes, "
            "Cámara, Formatos, «Más compatible»."
        )
    if (
        start[:4] in {b"GIF8", b"RIFF", b"II*\0", b"MM\0*"}
        or start[4:12] == b"ftypavif"
        or start.startswith(b"BM")
    ):
        return _("Esa imagen no es JPEG ni PNG: guárdela como una de las dos.")
    return _("Se aceptan PDF, JPEG, PNG, XLSX y DOCX, y el contenido de este archivo es otro.")


def _photograph(upload: UploadedFile) -> Photograph:
    try:
        return read_photograph(_mapped(upload))
    except DamagedError as error:
        raise ValidationError(_("La imagen está dañada o incompleta: envíela de nuevo.")) from error
    except TooManyPixelsError as error:
        raise ValidationError(
            _("La imagen tiene más de 120 millones de puntos: redúzcala antes de enviarla.")
        ) from error


def _without_notes(photograph: Photograph, *, keeps_position: bool) -> "File[bytes]":
    content = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115  # closed with its last use
    content.writelines(photograph.written(keeps_position=keeps_position))
    return File(content)


def _mapped(upload: UploadedFile) -> bytes | mmap.mmap:
    """The bytes of UPLOAD, not read into memory where they lie on the disk."""
    if isinstance(upload, TemporaryUploadedFile):
        return mmap.mmap(upload.fileno(), 0, access=mmap.ACCESS_READ)
    upload.seek(0)
    return bytes(upload.read())


def _digest(content: "File[bytes]") -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for chunk in content.chunks():
        digest.update(chunk)
        size += len(chunk)
    content.seek(0)
    return digest.hexdigest(), size
