"""Fill the portal with progress that never happened, to try it."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.choices import RESERVED
from accounts.models import Membership
from plans.models import Plan
from plans.term import Term
from tracking.demo.accountability import issue_again, issue_closed
from tracking.demo.guard import refuse_in_production
from tracking.demo.people import OPERATOR, PASSWORD, add_operator
from tracking.demo.simulate import NotSimulated, simulate
from tracking.transparency.growing import grow

TERM: Final = "2019-2022"


class Command(BaseCommand):
    help = (
        "Da personas, formas de medir e informes simulados a los planes de un periodo, y dice con "
        "qué correo y contraseña entra cada persona. Repetirla no cambia nada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--term", default=TERM, metavar="2019-2022")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_in_production()
        try:
            term = Term.parse(options["term"])
        except ValueError as error:
            raise CommandError(str(error)) from None
        plans = Plan.objects.published().in_force().of_term(term).select_related("municipality")
        for plan in plans:
            self._simulate(plan)
            self._issue(plan)
        self._issue_again(plans)
        add_operator()
        self._introduce()

    def _simulate(self, plan: Plan) -> None:
        try:
            done = simulate(plan, at=timezone.localdate())
        except NotSimulated as reason:
            self.stdout.write(f"{plan}: {reason}")
            return
        counts = _(
            "%(reports)s informes simulados, %(published)s publicados; %(terms)s formas de medir; "
            "%(expenditures)s cifras de gasto"
        )
        self.stdout.write(f"{plan}: {counts % vars(done)}")

    def _issue(self, plan: Plan) -> None:
        """Issue reports of simulated plans alone."""
        if not Plan.objects.get(pk=plan.pk).simulated:
            return
        grow(at=timezone.now())  # for editions to carry a head of the log
        if count := issue_closed(plan):
            said = ngettext(
                "%s rendición de cuentas emitida; sus archivos los prepara «manage.py work».",
                "%s rendiciones de cuentas emitidas; sus archivos los prepara «manage.py work».",
                count,
            )
            self.stdout.write(f"{plan}: {said % count}")

    def _issue_again(self, plans: Iterable[Plan]) -> None:
        """One plan has a report in its second edition: the last of those that are simulated."""
        simulated = [plan for plan in plans if Plan.objects.get(pk=plan.pk).simulated]
        for plan in reversed(simulated):
            if issue_again(plan):
                self.stdout.write(f"{plan}: {_('una rendición de cuentas en su segunda edición.')}")
            break

    def _introduce(self) -> None:
        """Who may sign in: the people of the first place, and where the same ones are too."""
        rows = Membership.objects.filter(user__email__endswith=RESERVED, ended_on=None)
        people = rows.select_related("user", "municipality").order_by("municipality", "role", "pk")
        places: dict[str, list[Membership]] = {}
        for each in people:
            places.setdefault(each.user.email.partition("@")[2], []).append(each)
        operators = places.pop(OPERATOR.partition("@")[2], [])
        self.stdout.write(_("\nPersonas de la demostración; contraseña de todas: %s") % PASSWORD)
        example = max(places, key=lambda domain: len(places[domain]), default="")
        for each in (*places.pop(example, []), *operators):
            self.stdout.write(f"  {each.user.email:40} {each.get_role_display()}")
        for domain, held in places.items():
            also = _("  @%(domain)s: los mismos nombres, %(n)s personas")
            self.stdout.write(also % {"domain": domain, "n": len(held)})
        self.stdout.write(
            _("El código del segundo factor: .venv/bin/python manage.py demo_code CORREO")
        )
