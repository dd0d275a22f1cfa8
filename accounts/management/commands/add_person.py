"""Add a person, or give one more role to a known one."""

import os
import sys
from argparse import ArgumentParser
from getpass import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.choices import Role
from accounts.models import Municipality, Unit
from accounts.services.people import add_person, find_person

PASSWORD_VARIABLE = "VIGIA_PASSWORD"  # noqa: S105  # the variable's name, not a password


class Command(BaseCommand):
    help = (
        "Agrega a una persona con su rol, o da otro rol a quien ya está. Pide la contraseña; sin "
        f"terminal la toma de la variable {PASSWORD_VARIABLE}."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="EMAIL")
        parser.add_argument("--role", required=True, choices=Role.values)
        parser.add_argument("--municipality", default="", metavar="SLUG")
        parser.add_argument("--unit", default="", metavar="NAME")
        parser.add_argument("--name", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        municipality = _municipality(options["municipality"])
        unit = _unit(options["unit"], municipality)
        known = find_person(email)
        try:
            membership, added = add_person(
                email,
                options["role"],
                municipality=municipality,
                unit=unit,
                name=options["name"],
                password=None if known else _password(),
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from None
        values = {"who": membership.user.email, "role": membership.get_role_display()}
        if added:
            self.stdout.write(_("%(who)s: %(role)s.") % values)
        else:
            self.stdout.write(_("%(who)s ya tenía el rol: %(role)s. No se cambió nada.") % values)


def _municipality(slug: str) -> Municipality | None:
    if not slug:
        return None
    municipality: Municipality | None = Municipality.objects.filter(slug=slug).first()
    if municipality is None:
        message = _("No hay municipalidad con la dirección «%s». Está en su página: /m/puno/.")
        raise CommandError(message % slug)
    return municipality


def _unit(name: str, municipality: Municipality | None) -> Unit | None:
    if not name:
        return None
    if municipality is None:
        raise CommandError(_("Con --unit diga también --municipality."))
    unit = municipality.units.filter(name=name, closed_on=None).first()
    if unit is None:
        names = "; ".join(municipality.units.filter(closed_on=None).values_list("name", flat=True))
        message = _("%(place)s no tiene la unidad «%(name)s». Tiene: %(names)s.")
        values = {"place": municipality, "name": name, "names": names or _("ninguna")}
        raise CommandError(message % values)
    return unit


def _password() -> str:
    if not sys.stdin.isatty():
        password = os.environ.get(PASSWORD_VARIABLE, "")
        if not password:
            raise CommandError(_("Sin terminal, ponga la contraseña en %s.") % PASSWORD_VARIABLE)
        return password
    try:
        first, again = getpass(_("Contraseña: ")), getpass(_("Otra vez: "))
    except (EOFError, KeyboardInterrupt):
        raise CommandError(_("Interrumpido: no se agregó a nadie.")) from None
    if first != again:
        raise CommandError(_("Las dos contraseñas no son iguales."))
    return first
