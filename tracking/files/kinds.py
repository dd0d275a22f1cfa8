"""What people call the files that they send."""

import re
from typing import Final

from django.utils.translation import gettext_lazy as _

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
