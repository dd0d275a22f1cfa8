"""Copy every file that the portal keeps to its bucket, or back to the disk."""

from collections import Counter
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.storage import InvalidStorageError, Storage, storages
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from accounts.outage import FilesAway, reason
from tracking.files.copying import Outcome, Stored, copy, stored_files
from tracking.files.kept import DamagedError

OTHER: Final = {"bucket": "disk", "disk": "bucket"}


class Command(BaseCommand):
    help = _(
        "Copia lo que sustenta los informes del disco (MEDIA_ROOT) al depósito (FILES_URL), o al "
        "revés, y comprueba cada archivo por su código a la salida y a la llegada. Puede cortarse "
        "y repetirse: lo que ya está entero no se vuelve a copiar. No borra nada si no se le pide."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--to", choices=tuple(OTHER), help=_("A dónde."))
        where.add_argument(
            "--mirror",
            action="store_true",
            help=_(
                "Deja en el disco lo mismo que guarda el depósito, para las copias: trae lo nuevo, "
                "sin volver a leer lo que ya está, y quita lo que ya nadie guarda."
            ),
        )
        parser.add_argument(
            "--delete",
            action="store_true",
            help=_(
                "Borra cada archivo de donde estaba, una vez comprobada su copia. Solo cuando el "
                "portal ya se sirve del otro almacén."
            ),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.is_mirror = options["mirror"]
        if self.is_mirror and settings.STORAGES["default"] != settings.STORAGES.get("bucket"):
            raise CommandError(_("Lo que sirve es el disco, no FILES_URL: no hay qué traer."))
        to = options["to"] or "disk"
        target, source = _store(to), _store(OTHER[to])
        self.names: set[str] = set()
        self.counts: Counter[Outcome] = Counter()
        self.faults = 0
        try:
            for stored in stored_files():
                self._copy(stored, source, target, removes=options["delete"])
        except FilesAway as away:
            sentence = _("Un almacén no responde (%s). Repita la orden para seguir. %s")
            raise CommandError(sentence % (reason(away), self._said())) from away
        except KeyboardInterrupt:
            sentence = _("Interrumpido: repita la orden para seguir. %s")
            raise CommandError(sentence % self._said()) from None
        told = self._said()
        if self.is_mirror:
            told += _(" Quitados: %s.") % _remove_all_but(self.names, settings.MEDIA_ROOT)
        if self.faults:
            raise CommandError(told)
        self.stdout.write(told)

    def _copy(self, stored: Stored, source: Storage, target: Storage, *, removes: bool) -> None:
        self.names.add(stored.name)
        if self.is_mirror and target.exists(stored.name):  # on the disk each is there whole or not
            self.counts[Outcome.THERE] += 1
            return
        try:
            outcome = copy(stored, source, target, removes=removes)
        except DamagedError as damage:
            self.faults += 1
            told = _("falta, o no se puede leer") if damage.is_gone else _("da otro código")
            self.stderr.write(f"{stored.name}: {told}.")
            return
        if outcome is Outcome.COPIED and not self.counts[Outcome.COPIED]:
            _refuse_an_open_bucket(target, stored)
        self.counts[outcome] += 1

    def _said(self) -> str:
        return _("Copiados: %s. Ya estaban: %s. Ya nadie los guarda: %s. Con faltas: %s.") % (
            *(self.counts[each] for each in Outcome),
            self.faults,
        )


def _store(name: str) -> Storage:
    try:
        return storages[name]
    except InvalidStorageError:
        raise CommandError(_("Falta FILES_URL, que dice cuál es el depósito.")) from None


def _remove_all_but(names: set[str], folder: str | Path) -> int:
    """Take away what lies in FOLDER and is none of NAMES: what was broken off, too. How many."""
    files = [each for each in Path(folder).rglob("*") if each.is_file()]
    strays = [each for each in files if each.relative_to(folder).as_posix() not in names]
    for stray in strays:
        stray.unlink()
    return len(strays)


def _refuse_an_open_bucket(target: Storage, stored: Stored) -> None:
    """Whatever is withheld, or not public yet, could be had from an open bucket by its digest."""
    is_open = getattr(target, "is_open_to_anybody", None)
    if is_open and is_open(stored.name):
        target.delete(stored.name)
        raise CommandError(
            _("El depósito entrega sus archivos a cualquiera: ciérrelo y repita la orden.")
        )
