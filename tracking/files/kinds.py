"""What people call the files that they send."""

from typing import Final

from django.utils.translation import gettext_lazy as _

FILE_KINDS: Final = {
    "application/pdf": "PDF",
    "image/jpeg": _("fotografía JPEG"),
    "image/png": _("imagen PNG"),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": _("hoja XLSX"),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": _("documento DOCX"),
}


def file_kind(media_type: str) -> str:
    """What people call a file of MEDIA_TYPE."""
    return str(FILE_KINDS.get(media_type, media_type))
