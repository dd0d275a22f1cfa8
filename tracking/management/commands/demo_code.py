"""Tell the second factor's code of a simulated person, who has no telephone to show it."""

import time
from argparse import ArgumentParser
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from accounts.choices import is_simulated
from accounts.services.people import find_person
from tracking.demo.guard import refuse_in_production


class Command(BaseCommand):
    help = "Dice el código que pide el segundo factor de una persona de la demostración."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email", metavar="CORREO")

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_in_production()
        person = find_person(options["email"])
        if person is None or not is_simulated(person.email):
            raise CommandError(
                _("«%s» no es de una persona de la demostración: las da simulate_progress.")
                % options["email"]
            )
        factor = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
        if factor is None:
            raise CommandError(_("%s entra solo con su contraseña.") % person.email)
        code, seconds = code_at(decrypt(factor.data["secret"]), time.time())
        self.stdout.write(
            _("%(code)s (sirve %(seconds)s segundos más)") % {"code": code, "seconds": seconds}
        )


def code_at(secret: str, instant: float) -> tuple[str, int]:
    """The code that SECRET gives at INSTANT (seconds since 1970), and how many more it serves."""
    counter, gone = divmod(int(instant), app_settings.TOTP_PERIOD)
    taken = app_settings.TOTP_PERIOD * (1 + app_settings.TOTP_TOLERANCE)
    return format_hotp_value(hotp_value(secret, counter)), taken - gone
