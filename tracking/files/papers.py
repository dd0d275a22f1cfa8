"""What a PDF that sustains a report may be: pages that open, and nothing that acts or hides.

What is refused is not cut out: a document would no longer be the one that was signed, and its bytes
no longer those whose digest its owner has.
"""

import shutil
import tempfile
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _

from accounts.limited.process import BusyError
from tracking.files.opened import OPENER, PATIENCE
from tracking.files.opening import DAMAGED, FILES, LOCKED, SCRIPT, WHOLE

END: Final = b"%%EOF"
ZIP_END: Final = b"PK\x05\x06\0\0\0\0"
"""How the list of a zip's parts ends, which is read from the end: a PDF can be a zip as well."""
TAIL: Final = 66 * 1024  # a zip can end with a comment of 64 KiB


def check_paper(upload: "File[bytes]") -> None:
    """ValidationError, with a sentence, where the PDF that was sent is not taken."""
    upload.seek(max(0, int(upload.size) - TAIL))
    tail = upload.read(TAIL)
    if ZIP_END in tail:
        raise ValidationError(_why_not(FILES))
    if END not in tail:
        raise ValidationError(_("El PDF está incompleto: ábralo, guárdelo de nuevo y elíjalo."))
    answer = _answer(upload)
    if answer != WHOLE:
        raise ValidationError(_why_not(answer))


def _answer(upload: "File[bytes]") -> int:
    """What it carries; TOO_MUCH where looking took too long or too much memory."""
    try:
        if isinstance(upload, TemporaryUploadedFile) and upload.file:
            return OPENER.run("carried", file=upload.file, patience=PATIENCE)[0]
        with tempfile.TemporaryFile() as copy:
            upload.seek(0)
            shutil.copyfileobj(upload, copy)
            return OPENER.run("carried", file=copy, patience=PATIENCE)[0]
    except BusyError:
        raise ValidationError(
            _("Se están revisando otros archivos: espere unos segundos y elíjalo otra vez.")
        ) from None


def _why_not(answer: int) -> str:
    if answer == LOCKED:
        return _("El PDF pide una contraseña para abrirse: guárdelo sin ella y elíjalo otra vez.")
    if answer == SCRIPT:
        return _(
            "El PDF lleva un programa, que se ejecuta al abrirlo o al usarlo. Ábralo, elija "
            "«Imprimir» y «Guardar como PDF», y suba ese."
        )
    if answer == FILES:
        return _(
            "El PDF lleva otros archivos dentro: súbalos por separado. De este, elija «Imprimir» y "
            "«Guardar como PDF», y suba ese."
        )
    if answer == DAMAGED:
        return _("El PDF está dañado y no se abre: ábralo, guárdelo de nuevo y elíjalo.")
    return _(
        "El PDF es demasiado complejo para revisarlo: elija «Imprimir» y «Guardar como PDF», y "
        "suba ese, o divídalo."
    )
