"""Enter in each ledger what was published before there was one."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.ledger.writing import enter_missing


class Command(BaseCommand):
    help = _(
        "Asienta en el registro de publicaciones lo que se publicó antes de que lo hubiera; "
        "repetirlo no cambia nada."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for place in Municipality.objects.filter(plans__version__gte=1).distinct():
            if entered := _opened(place):
                self.stdout.write(
                    _("%(place)s: asientos nuevos, %(n)s") % {"place": place, "n": entered}
                )


@transaction.atomic
def _opened(place: Municipality) -> int:
    """How many entries were missing in the ledger of PLACE, and are there now."""
    Municipality.objects.held().get(pk=place.pk)
    entered = enter_missing(place)
    if entered:
        Municipality.objects.filter(pk=place.pk).let_pages_know()
    return entered
