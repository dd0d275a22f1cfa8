"""Say whose cosignatures of the log's heads are taken."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from tracking.models import Witness
from tracking.transparency.witnesses import active_witnesses, end, register


class Command(BaseCommand):
    help = "Dice de quién se reciben refrendos de las cabezas del registro: los testigos."

    def add_arguments(self, parser: ArgumentParser) -> None:
        asked = parser.add_subparsers(dest="asked", required=True)
        add = asked.add_parser("add", help="Agrega un testigo, con su clave pública.")
        add.add_argument("name", metavar="NAME", help="Quién es, como se lee en /registro/.")
        add.add_argument("key", metavar="KEY", help="La de cosignature/v1: nombre+código+base64.")
        add.add_argument("--url", default="", help="Dónde publica lo que guarda.")
        asked.add_parser("list", help="Muestra todos.")
        ended = asked.add_parser("end", help="No recibe más los de uno; los que hay quedan.")
        ended.add_argument("key", metavar="KEY")

    def handle(self, *args: Any, **options: Any) -> None:
        {"add": self._add, "list": self._list, "end": self._end}[options["asked"]](options)

    def _add(self, options: dict[str, Any]) -> None:
        try:
            witness = register(options["name"], options["key"], url=options["url"])
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        self.stdout.write(_("%s es testigo: se reciben sus refrendos.") % witness)

    def _list(self, options: dict[str, Any]) -> None:
        for witness in Witness.objects.all():
            ended = _(" (terminó)") if witness.ended_at else ""
            self.stdout.write(f"{witness}{ended}: {witness.key} {witness.url}".rstrip())

    def _end(self, options: dict[str, Any]) -> None:
        witness = active_witnesses().filter(key=options["key"]).first()
        if witness is None:
            raise CommandError(_("No hay testigo con esa clave: véalas con «witness list»."))
        end(witness)
        self.stdout.write(_("De %s no se reciben más refrendos.") % witness)
