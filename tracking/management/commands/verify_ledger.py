"""Prove that what is published is what was entered in the ledgers, and that no link is broken."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.models import Municipality
from tracking.models import LedgerEntry
from tracking.reading.ledger import faults_of


class Command(BaseCommand):
    help = _(
        "Vuelve a calcular los registros de publicaciones y los compara con lo publicado; termina "
        "con código 1 si algo no es lo que se asentó."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", metavar="SLUG", help=_("Solo la de /m/SLUG/."))

    def handle(self, *args: Any, **options: Any) -> None:
        places = Municipality.objects.order_by()
        if slug := options["municipality"]:
            places = places.filter(slug=slug)
            if not places.exists():
                raise CommandError(_("Ninguna municipalidad está en /m/%s/.") % slug)
        faults = 0
        for fault in faults_of(places):
            faults += 1
            self.stderr.write(fault)
        if faults:
            raise CommandError(_("Faltas en los registros de publicaciones: %s.") % faults)
        entries = LedgerEntry.objects.filter(municipality__in=places)
        chains = entries.values("municipality").distinct().count()
        told = {"entries": entries.count(), "chains": chains}
        self.stdout.write(
            _("Registros: %(chains)s. Asientos: %(entries)s. Todo es lo que se asentó.") % told
        )
