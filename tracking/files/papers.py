"""What a PDF that sustains a report may be: pages that open, and nothing that acts or hides.

What is refused is not cut out: a document would no longer be the one that was signed, and its bytes
no longer those whose digest its owner has.
"""

import shutil
import subprocess
import tempfile
import threading
from typing import Final

from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _

from tracking.files.opened import asked
from tracking.files.opening import DAMAGED, FILES, LOCKED, SCRIPT, WHOLE

PATIENCE: Final = 15  # seconds by the clock, to wait for one's turn and again for the answer
END: Final = b"%%EOF"
TAIL: Final = 64 * 1024

turn = threading.Lock()
"""One is opened at a time by each process that serves: their memory adds up."""


def check_paper(upload: "File[bytes]") -> None:
    """ValidationError, with a sentence, where the PDF that was sent is not taken."""
    upload.seek(max(0, int(upload.size) - TAIL))
    if END not in upload.read(TAIL):
        raise ValidationError(_("El PDF está incompleto: ábralo, guárdelo de nuevo y elíjalo."))
    answer = _answer(upload)
    if answer != WHOLE:
        raise ValidationError(_why_not(answer))


def _answer(upload: "File[bytes]") -> int | None:
    """What it carries; None where looking took too long or too much memory."""
    if not turn.acquire(timeout=PATIENCE):
        raise ValidationError(
            _("Se están revisando otros archivos: espere unos segundos y elíjalo otra vez.")
        )
    try:
        if isinstance(upload, TemporaryUploadedFile) and upload.file:
            return asked("carried", upload.file, patience=PATIENCE)[0]
        with tempfile.TemporaryFile() as copy:
            upload.seek(0)
            shutil.copyfileobj(upload, copy)
            return asked("carried", copy, patience=PATIENCE)[0]
    except subprocess.TimeoutExpired:
        return None
    finally:
        turn.release()


def _why_not(answer: int | None) -> str:
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
