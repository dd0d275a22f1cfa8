"""Load Peru's municipalities."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from accounts.services.municipalities import ListRefused, load_municipalities

DEFAULT = Path(settings.BASE_DIR) / "fixtures" / "municipalities.csv"


class Command(BaseCommand):
    help = "Carga las municipalidades del Perú. Repetirlo no duplica nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=DEFAULT, metavar="FILE")
        parser.add_argument(
            "--update", action="store_true", help="Cambia también las que ya están y difieren."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_municipalities(options["file"], update=options["update"])
        except ListRefused as error:
            raise CommandError(str(error)) from None
        self.stdout.write(
            _(
                "Municipalidades: %(added)s nuevas, %(changed)s cambiadas, %(same)s iguales, "
                "%(different)s distintas de la lista (--update las cambia)."
            )
            % {name: number_format(count) for name, count in loaded._asdict().items()}
        )
