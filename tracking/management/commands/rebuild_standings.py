"""Count anew what is kept of every plan, or only say whether it is as it should be.

Its standings, and the newest report of each of its elements.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Municipality
from plans.models import Plan
from tracking.measuring.newest import wrong_newest
from tracking.measuring.standings import wrong_standings
from tracking.services.newest import renew_newest
from tracking.services.standings import recount


class Command(BaseCommand):
    help = _(
        "Vuelve a contar los balances de cada semestre, y cuál es el último informe de cada "
        "promesa; con --check solo los compara."
    )

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
            raise CommandError(
                _("%(n)s balances o últimos informes no son los que deben ser.") % shown
            )
        if options["check"]:
            self.stdout.write(_("%(plans)s planes revisados: todo cuadra.") % shown)
        else:
            self.stdout.write(_("%(plans)s planes contados; %(n)s filas cambiaron.") % shown)


def _plans() -> list[Plan]:
    return list(Plan.objects.published().select_related("municipality").order_by("pk"))


@transaction.atomic
def _wrong(plan: Plan, *, is_checked: bool) -> int:
    """How much of what is kept of PLAN was wrong; unless IS_CHECKED only, it is put right."""
    Municipality.objects.select_for_update().get(pk=plan.municipality_id)
    wrong = wrong_standings(plan) + wrong_newest(plan)
    if wrong and not is_checked:
        recount(plan)
        renew_newest(plan)
        Municipality.objects.filter(pk=plan.municipality_id).let_pages_know()
    return wrong
