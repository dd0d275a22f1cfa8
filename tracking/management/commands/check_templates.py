"""Compile every template, so that a mistyped tag fails here and not before a citizen."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR) / "templates"


class Command(BaseCommand):
    help = "Compila todas las plantillas."

    def handle(self, *args: Any, **options: Any) -> None:
        names = sorted(
            str(path.relative_to(ROOT))
            for path in ROOT.rglob("*")
            if path.suffix in {".html", ".txt"}
        )
        broken = 0
        for name in names:
            try:
                get_template(name)
            except TemplateSyntaxError as error:
                broken += 1
                self.stderr.write(f"{name}: {error}")
        if broken:
            raise CommandError(f"Plantillas que no compilan: {broken}.")
        self.stdout.write(f"Plantillas: {len(names)}, todas compilan.")
