"""Bring in plans: publish them, or keep them as drafts for officers."""

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.services.people import find_person
from accounts.services.places import Gazetteer
from plans.importers.formats import Format
from plans.services.bulk_import import Arrival, BulkImport, Wanted, files_in
from plans.services.publishing import Publication
from plans.term import Term


class Command(BaseCommand):
    help = (
        "Publica planes: archivos de plan, hojas de cálculo, documentos y resúmenes del JNE, uno o "
        "muchos. Lo que tiene faltas se rechaza, con su lugar; repetirlo no cambia nada. Termina "
        "con código 1 si algo se rechazó."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|FOLDER")
        parser.add_argument("--format", choices=Format.values, help="Si no, lo dice el contenido.")
        parser.add_argument(
            "--municipality", default="", metavar="SLUG", help="O su ubigeo INEI, o su nombre."
        )
        parser.add_argument("--term", type=_term, metavar="2027-2030")
        parser.add_argument("--list", default="", metavar="NAME", help="La lista que lo presentó.")
        parser.add_argument(
            "--in-force",
            action="store_true",
            help="Son los planes que rigen: también los del JNE, que si no son de sus listas.",
        )
        parser.add_argument(
            "--draft", action="store_true", help="No publica: deja borradores, de --by."
        )
        parser.add_argument(
            "--by", default="", metavar="EMAIL", help="De quién son los borradores."
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="Comprueba y cuenta; no guarda nada."
        )
        parser.add_argument(
            "--all-or-nothing", action="store_true", help="Si algo se rechaza, no guarda nada."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bulk = BulkImport(_wanted(options), dry_run=options["dry_run"])
        counts: Counter[str] = Counter()
        with transaction.atomic() if options["all_or_nothing"] else nullcontext():
            for path in files_in(options["paths"]):
                for arrival in bulk.bring(path):
                    counts[self._report(arrival, options["dry_run"])] += 1
                    self._progress(counts.total())
            is_undone = options["all_or_nothing"] and counts["refused"] > 0
            if is_undone:
                transaction.set_rollback(True)
        self._summarize(counts, is_undone=is_undone)

    def _report(self, arrival: Arrival, dry_run: bool) -> str:
        """Say what became of one plan; under which word it is counted."""
        if arrival.refused:
            for fault in arrival.refused.faults:
                self.stderr.write(f"{arrival.name}: {fault}")
            return "refused"
        trial = _(" (prueba: no se guardó nada)") if dry_run else ""
        doubts = _(", %s cosas por mirar") % arrival.doubts if arrival.doubts else ""
        if arrival.draft:
            words = _("borrador") if arrival.is_new else _("ya estaba como borrador")
            faults = _("%s faltas") % len(arrival.draft.faults)
            self.stdout.write(f"{arrival.name}: {words}, {faults}{doubts}{trial}")
            return "new" if arrival.is_new else "unchanged"
        done = arrival.published
        if done is None:
            raise AssertionError  # an arrival is one of the three
        counted = _("%(added)s agregados, %(changed)s cambiados, %(withdrawn)s retirados")
        same = _("%s sin cambios") % done.unchanged
        self.stdout.write(
            f"{arrival.name}: {counted % vars(done)}, {same}; v{done.plan.version}{doubts}{trial}"
        )
        return _outcome(done)

    def _progress(self, read: int) -> None:
        """How far it is, for a person who looks on; a log has the lines themselves."""
        if self.stderr.isatty():
            self.stderr.write(_("%s planes …") % read + "\r", ending="")

    def _summarize(self, counts: Counter[str], *, is_undone: bool) -> None:
        words = {
            "read": counts.total(),
            **{name: counts[name] for name in ("new", "changed", "unchanged", "refused")},
        }
        summary = _(
            "Planes leídos: %(read)s. Nuevos: %(new)s. Con cambios: %(changed)s. Sin cambios: "
            "%(unchanged)s. Rechazados: %(refused)s."
        )
        if not counts:
            raise CommandError(_("No se encontró ningún archivo que leer."))
        self.stdout.write(summary % words)
        if is_undone:
            raise CommandError(_("Algo se rechazó: no se guardó nada."))
        if counts["refused"]:
            raise CommandError(
                _("Planes rechazados: %s. De ellos no se guardó nada.") % counts["refused"]
            )


def _wanted(options: dict[str, Any]) -> Wanted:
    place = None
    if options["municipality"]:
        try:
            place = Gazetteer().called(options["municipality"])
        except LookupError as error:
            raise CommandError(str(error.args[0])) from None
    return Wanted(
        municipality=place,
        term=options["term"],
        organization=options["list"],
        format=Format(options["format"]) if options["format"] else None,
        in_force=options["in_force"],
        keeps_for=_person(options["by"]) if options["draft"] else None,
    )


def _person(email: str) -> User:
    found = find_person(email) if email else None
    if found is None:
        raise CommandError(_("Con --draft diga también de quién son los borradores: --by EMAIL."))
    return found


def _term(text: str) -> Term:
    try:
        return Term.parse(text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def _outcome(done: Publication) -> str:
    if done.plan.version == 1 and done.added:
        return "new"
    return "changed" if done.added or done.changed or done.withdrawn else "unchanged"
