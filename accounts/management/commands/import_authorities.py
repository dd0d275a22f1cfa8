"""Register the mayors of the electoral authority's list."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.elected import NotTheList
from accounts.services.authorities import import_authorities
from accounts.spreadsheets.cells import SpreadsheetRefused
from accounts.spreadsheets.sent import read_sent


class Command(BaseCommand):
    help = (
        "Registra a los alcaldes de la lista de autoridades electas del JNE: CSV, XLS, XLSX u ODS. "
        "Repetirlo no cambia nada. Termina con código 1 si alguna fila no se pudo tomar."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="Dice qué haría, sin escribir.")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            workbook = read_sent(path.read_bytes(), path.name)
            result = import_authorities(workbook, dry_run=options["dry_run"])
        except OSError as error:
            raise CommandError(_("No se puede leer el archivo: %s") % error) from None
        except (SpreadsheetRefused, NotTheList) as refused:
            raise CommandError(str(refused)) from None
        for fault in result.refused:
            self.stderr.write(_("Fila %(number)s: %(reason)s") % vars(fault))
        self.stdout.write(result.summary)
        if options["dry_run"]:
            self.stdout.write(_("No se escribió nada."))
        if result.refused:
            raise SystemExit(1)
