"""Say what is wrong with this installation; the exit status tells it to programs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from config.doctor import mail
from config.doctor.examination import Result, count, examine
from config.doctor.findings import Grade


class Command(BaseCommand):
    help = (
        "Revisa la instalación y dice qué está mal y cómo se remedia. Termina con código 1 si algo "
        "está mal, 0 si no."
    )
    requires_system_checks: list[str] = []  # they are among what it looks at

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mail", metavar="CORREO", help="Envía además un correo de prueba.")
        parser.add_argument("--json", action="store_true", help="Lo dice para un programa.")

    def handle(self, *args: Any, **options: Any) -> None:
        results = examine()
        if options["mail"]:
            results.append(Result(_("Correo de prueba"), [mail.send_to(options["mail"])]))
        if options["json"]:
            found = [each for result in results for each in result.as_data()]
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))
        else:
            self._tell(results)
        if wrong := count(results, Grade.WRONG):
            said = ngettext("%s cosa está mal.", "%s cosas están mal.", wrong)
            raise CommandError(said % wrong)

    def _tell(self, results: list[Result]) -> None:
        for result in results:
            for each in result.findings:
                mark = each.grade.value.upper() if each.grade is Grade.WRONG else each.grade.value
                self.stdout.write(f"{mark:9} {result.title}: {each.sentence}")
