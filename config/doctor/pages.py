"""Whether the files that pages are drawn with are those of this release."""

import json
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, watch, wrong
from config.storage import MANIFEST


def check() -> Iterator[Finding]:
    """That static files were collected, with the release that serves."""
    if settings.DEBUG:
        yield watch(_("DEBUG está encendido: los archivos estáticos se sirven sin reunirlos."))
        return
    try:
        collected = json.loads((Path(settings.STATIC_ROOT) / MANIFEST).read_text())
    except OSError as error:
        yield wrong(
            _(
                "No se leen los archivos estáticos (%s): ejecute «manage.py collectstatic "
                "--no-input», y vea que el portal pueda leer STATIC_ROOT."
            )
            % error.strerror
        )
        return
    if collected.get("release") == settings.RELEASE:
        yield fine(_("Los archivos estáticos son de esta versión (%s).") % settings.RELEASE)
    else:
        yield wrong(
            _(
                "Los archivos estáticos son de otra versión: ejecute «manage.py collectstatic "
                "--no-input» y reinicie el portal."
            )
        )
