"""Publish plan files."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from plans.importers.faults import WHOLE, Fault, FileRefused
from plans.importers.plan_file.reader import read_plan_file
from plans.services.publishing import Publication, publish


class Command(BaseCommand):
    help = "Publica uno o más archivos de plan. Un archivo con faltas se rechaza entero."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument(
            "--dry-run", action="store_true", help="Comprueba y cuenta; no guarda nada."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for path in options["files"]:
            try:
                publication = self._publish(path, options["dry_run"])
            except FileRefused as error:
                refused += 1
                for fault in error.faults:
                    self.stderr.write(f"{path}: {fault}")
            else:
                self._report(path, publication, options["dry_run"])
        if refused:
            raise CommandError(_("Archivos rechazados: %s. De ellos no se guardó nada.") % refused)

    def _publish(self, path: Path, dry_run: bool) -> Publication:
        draft = read_plan_file(path)
        try:
            with transaction.atomic():
                publication = publish(draft)
                transaction.set_rollback(dry_run)
        except (DataError, IntegrityError) as error:
            reason = str(error).splitlines()[0]
            raise FileRefused([Fault(WHOLE, _("base de datos"), reason)]) from None
        return publication

    def _report(self, path: Path, done: Publication, dry_run: bool) -> None:
        counts = _("%(added)s agregados, %(changed)s cambiados, %(withdrawn)s retirados") % {
            "added": done.added,
            "changed": done.changed,
            "withdrawn": done.withdrawn,
        }
        same = _("%s sin cambios") % done.unchanged
        trial = _(" (prueba: no se guardó nada)") if dry_run else ""
        self.stdout.write(f"{path.name}: {counts}, {same}; v{done.plan.version}{trial}")
