"""Where a simulation may run."""

from django.conf import settings
from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def refuse_in_production() -> None:
    """Raise CommandError where the portal is real: the simulated people's password is public."""
    if settings.REAL:
        raise CommandError(
            _(
                "SITE_URL empieza con https: es una instalación de verdad, y aquí no hay avances "
                "simulados ni personas de demostración. Para mostrar la demostración en público, "
                "ponga DEMONSTRATION=1: cada página dirá que lo es."
            )
        )
