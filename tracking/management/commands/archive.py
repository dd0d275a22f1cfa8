"""Make archives of plans whose terms are over: folders of files that outlive the portal."""

import errno
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Municipality
from accounts.outage import FilesAway, Outage, outage_of, reason
from plans.models import Plan
from plans.plan_path import PlanPath
from tracking.archiving.archive import archive, is_up_to_date
from tracking.archiving.refused import CannotArchive


class Command(BaseCommand):
    help = _(
        "Guarda un plan de un periodo terminado como páginas y archivos que cualquier servidor "
        "web, o una carpeta, puede conservar, y que se comprueban sin el portal. Después de un "
        "retiro hágalo de nuevo, con --replace."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument(
            "plan", nargs="?", metavar="PLAN", help=_("Como en su dirección: puno/2019-2022.")
        )
        which.add_argument(
            "--closed",
            action="store_true",
            help=_(
                "Los de todos los periodos terminados: los que faltan, y de nuevo aquellos de los "
                "que algo cambió desde entonces."
            ),
        )
        parser.add_argument(
            "--replace", action="store_true", help=_("Hace de nuevo el que ya está.")
        )
        parser.add_argument(
            "--into",
            type=Path,
            default=Path(settings.ARCHIVES_ROOT),
            metavar=_("CARPETA"),
            help=_("Dónde se guardan (ARCHIVES_ROOT)."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        os.umask(0o022)  # what was published is for all to read
        if not options["closed"]:
            self._archive(_plan(options["plan"]), options["into"], replace=options["replace"])
            return
        failed = []
        for plan in _closed():
            if is_up_to_date(plan, options["into"]) and not options["replace"]:
                continue
            try:
                self._archive(plan, options["into"], replace=True)
            except CommandError as error:
                failed.append(str(plan))
                self.stderr.write(f"{plan}: {error}")
        if failed:
            raise CommandError(_("Sin archivo quedaron %s: %s.") % (len(failed), "; ".join(failed)))

    def _archive(self, plan: Plan, into: Path, *, replace: bool) -> None:
        try:
            made = archive(plan, into, replace=replace)
        except CannotArchive as error:
            raise CommandError(str(error)) from error
        except FilesAway as away:
            sentence = _("El almacén de archivos no responde (%s): repita la orden más tarde.")
            raise CommandError(sentence % reason(away)) from away
        except OSError as error:
            raise CommandError(_said(error, into)) from error
        if into == Path(settings.ARCHIVES_ROOT):  # its page of open data names its day and code
            Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
        said = {"plan": plan, "files": made.files, "size": filesizeformat(made.size)}
        self.stdout.write(_("%(plan)s: %(files)s archivos, %(size)s.") % said)
        self.stdout.write(f"{made.path}\n{_('Su código:')} {made.code}")
        if made.damaged:
            self.stderr.write(
                _("Sin %s archivos que el portal ya no tiene enteros: vea «verify_ledger».")
                % made.damaged
            )


def _plan(text: str) -> Plan:
    slug, _slash, path = text.strip("/").removeprefix("m/").partition("/")
    try:
        asked = PlanPath.parse(path)
    except ValueError:
        raise CommandError(
            _("«%s» no es un plan: escríbalo como en su dirección, puno/2019-2022.") % text
        ) from None
    plans = Plan.objects.select_related("municipality").at(asked)
    found = plans.filter(municipality__slug=slug).first()
    if found is None:
        raise CommandError(_("No hay ningún plan en /m/%s/.") % text.strip("/"))
    return found


def _closed() -> Iterable[Plan]:
    rows = Plan.objects.published().in_force().filter(last_year__lt=timezone.localdate().year)
    return rows.select_related("municipality").order_by("municipality__slug", "first_year")


def _said(error: OSError, into: Path) -> str:
    """What ERROR means for whoever keeps archives in INTO."""
    if outage_of(error) is Outage.FULL:
        return _("No hay espacio en %s: nada cambió.") % into
    if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS}:
        return _("No se puede escribir en %s: dé permiso a quien ejecuta la orden.") % into
    return _("No se pudo escribir en %(into)s: %(why)s.") % {"into": into, "why": error.strerror}
