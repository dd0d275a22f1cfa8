"""Where a simulation may run."""

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def refuse_in_production() -> None:
    """Raise CommandError with https: the simulated people's password is public."""
    if settings.SECURE:
        raise CommandError(
            _(
                "SITE_URL empieza con https: es una instalación de verdad, y aquí no hay avances "
                "simulados ni personas de demostración."
            )
        )
