"""The kinds of file that people send, and what they call them."""

import re
from enum import Enum
from typing import Final

from django.utils.translation import gettext_lazy as _

OFFICE: Final = "application/vnd.openxmlformats-officedocument."


class FileType(Enum):
    """A kind of file that sustains a report: its media type, and its extensions."""

    PDF = "application/pdf", ".pdf"
    JPEG = "image/jpeg", ".jpg", ".jpeg"
    PNG = "image/png", ".png"
    XLSX = f"{OFFICE}spreadsheetml.sheet", ".xlsx"
    DOCX = f"{OFFICE}wordprocessingml.document", ".docx"

    @property
    def media_type(self) -> str:
        return str(self.value[0])

    @property
    def extensions(self) -> tuple[str, ...]:
        extensions: tuple[str, ...] = self.value[1:]
        return extensions


FILE_KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": _("fotografía JPEG"),
    "image/png": _("imagen PNG"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("hoja XLSX"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("documento DOCX"),
}


WORD: Final = re.compile(r"[^\W\d_]{3,}")
OF_A_CAMERA: Final = frozenset(
    [
        "img",
        "dsc",
        "dscn",
        "dcim",
        "pxl",
        "mvimg",
        "whatsapp",
        "image",
        "imagen",
        "photo",
        "foto",
        "captura",
        "screenshot",
        "jpg",
        "jpeg",
        "png",
    ]
)
"""What the names that cameras and telephones give are made of, beside numbers."""


def lacks_words(title: str) -> bool:
    """Whether TITLE is only a file's name, such as «IMG_2034»: it tells nobody what is seen."""
    return not any(word.lower() not in OF_A_CAMERA for word in WORD.findall(title))


def file_kind(media_type: str) -> str:
    """What people call a file of MEDIA_TYPE."""
    return str(FILE_KINDS.get(media_type, media_type))
