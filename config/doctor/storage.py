"""Whether files that people send can be kept, and for how long there is room."""

import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong

FOLDER: Final = "comprobaciones"
GIGABYTE: Final = 1024**3
LITTLE: Final = 5 * GIGABYTE
TOO_LITTLE: Final = GIGABYTE  # an upload, a printed edition and the logs of a day still fit


def check() -> Iterator[Finding]:
    """Write a file, read it and delete it; then the room that is left on each disk."""
    yield from _probe()
    folders = [Path(settings.BASE_DIR)]
    if isinstance(default_storage, FileSystemStorage):
        folders.append(Path(default_storage.location))
    disks = {folder.stat().st_dev: folder for folder in folders if folder.is_dir()}
    for folder in disks.values():
        yield room(folder, shutil.disk_usage(folder).free)


def _probe() -> Iterator[Finding]:
    content = secrets.token_bytes(64)
    try:
        name = default_storage.save(f"{FOLDER}/{secrets.token_hex(8)}", ContentFile(content))
        with default_storage.open(name) as file:
            is_same = file.read() == content
        is_open = getattr(default_storage, "is_open_to_anybody", lambda _name: False)(name)
        default_storage.delete(name)
    except OSError as error:
        yield wrong(
            _(
                "No se pueden guardar archivos (%s): revise MEDIA_ROOT, su dueño y sus permisos; o "
                "FILES_URL. Mientras tanto nadie puede enviar sustentos."
            )
            % (error.strerror or error)
        )
        return
    if is_open:
        yield wrong(_("El depósito de FILES_URL entrega sus archivos a cualquiera: ciérrelo."))
    if is_same:
        yield fine(_("Los archivos que se envían se guardan, se leen y se borran."))
    else:
        yield wrong(_("Un archivo guardado se lee distinto: no confíe en ese disco."))


def room(folder: Path, free: int) -> Finding:
    """What is said of FREE bytes on the disk of FOLDER."""
    said = {"folder": folder, "free": f"{free / GIGABYTE:.1f}"}
    if free >= LITTLE:
        return fine(_("Quedan %(free)s GB libres en el disco de %(folder)s.") % said)
    grade = wrong if free < TOO_LITTLE else watch
    return grade(
        _(
            "Solo quedan %(free)s GB libres en el disco de %(folder)s: amplíelo, o borre lo que "
            "sobre."
        )
        % said
    )
