"""Make a key with which the log of the portal signs its heads."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from tracking.transparency.notes import Signer


class Command(BaseCommand):
    help = "Hace una clave nueva con que firmar las cabezas del registro. No cambia nada."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        signer = Signer.new(settings.LOG_ORIGIN)
        self.stderr.write(
            _(
                "La primera es secreta: va donde corre «manage.py work», y nadie más la tiene. La "
                "segunda es pública: va donde se sirven las páginas. Con otra clave ya en uso, "
                "póngalas juntas, con una coma, hasta que todos conozcan la nueva."
            )
        )
        self.stdout.write(f"LOG_KEYS={signer}")
        self.stdout.write(f"LOG_PUBLIC_KEYS={signer.verifier}")
