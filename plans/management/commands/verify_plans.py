"""Prove that every statement stands in its document."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from plans.models import Plan
from plans.verification import faults_of, provable


class Command(BaseCommand):
    help = "Comprueba que cada texto de cada plan está en su documento, palabra por palabra."

    def handle(self, *args: Any, **options: Any) -> None:
        broken = 0
        for plan in Plan.objects.select_related("municipality", "current_document"):
            faults = list(faults_of(plan))
            broken += len(faults)
            for fault in faults:
                self.stderr.write(f"{plan}: {fault}")
            if not faults:
                proven = provable(plan).count()
                self.stdout.write(
                    _("%(plan)s: %(n)s textos comprobados") % {"plan": plan, "n": proven}
                )
        if broken:
            raise CommandError(_("Textos que no están en su documento: %s.") % broken)
