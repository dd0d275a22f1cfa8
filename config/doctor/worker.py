"""Whether somebody works in the background."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import gettext as _

from config.doctor.findings import Finding, fine, wrong
from tracking.models import Heartbeat


def check() -> Iterator[Finding]:
    """Since when nobody gave a sign."""
    beat = Heartbeat.objects.first()
    if beat is None:
        yield wrong(
            _("Nadie ha hecho todavía el trabajo de fondo: encienda «manage.py work» (vigia-work).")
        )
    elif beat.is_quiet(at=timezone.now()):
        yield wrong(
            _(
                "Nadie hace el trabajo de fondo desde %s: encienda «manage.py work» (vigia-work). "
                "Mientras tanto no salen correos ni archivos."
            )
            % beat
        )
    else:
        yield fine(_("El trabajo de fondo está en marcha."))
