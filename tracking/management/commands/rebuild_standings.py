"""Count the standings of every plan anew, or only say whether they are as they should be."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.models import Plan
from tracking.measuring.standings import wrong_standings
from tracking.services.standings import recount


class Command(BaseCommand):
    help = _("Vuelve a contar los balances de cada semestre; con --check solo los compara.")

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help=_("No escribe nada; termina con código 1 si alguno no es el que debe."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        wrong = {plan: _wrong(plan, is_checked=options["check"]) for plan in _plans()}
        for plan, count in wrong.items():
            if count:
                self.stdout.write(_("%(plan)s: %(n)s distintos") % {"plan": plan, "n": count})
        shown = {"plans": len(wrong), "n": sum(wrong.values())}
        if options["check"] and shown["n"]:
            raise CommandError(_("%(n)s balances no son los que deben ser.") % shown)
        if options["check"]:
            self.stdout.write(_("%(plans)s planes revisados: todo cuadra.") % shown)
        else:
            self.stdout.write(_("%(plans)s planes contados; %(n)s balances cambiaron.") % shown)


def _plans() -> list[Plan]:
    return list(Plan.objects.published().select_related("municipality").order_by("pk"))


@transaction.atomic
def _wrong(plan: Plan, *, is_checked: bool) -> int:
    """How many standings of PLAN were wrong; unless IS_CHECKED only, they are put right."""
    Municipality.objects.select_for_update().get(pk=plan.municipality_id)
    wrong = wrong_standings(plan)
    if wrong and not is_checked:
        recount(plan)
        Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
    return wrong
