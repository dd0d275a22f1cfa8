"""Every letter that the portal writes, for the page on which people see what reaches them."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import can

CHOSEN: Final = frozenset({"day_letter", "notices"})
"""Letters whose coming each person chooses, by their templates in ``emails/``."""

FIXED: Final[dict[str, str | Promise]] = {
    "attempts": _("Alguien intenta muchas veces ingresar con su cuenta."),
    "password": _("Usted pidió un enlace para elegir otra contraseña."),
    "second_factor_removed": _("Le retiraron el segundo factor."),
    "token_made": _("Se creó una clave con la que un sistema informa en su nombre."),
    "token_expires": _("Una clave suya, que su sistema usa, vence en una semana."),
    "invitation": _("Alguien lo invita a trabajar en una municipalidad."),
    "remind_now": _("Planificación le recuerda lo que falta enviar, una vez al día como mucho."),
    "damaged": _("Un archivo que el portal guarda está dañado o ya no está."),
}
"""Letters that cannot be switched off: they are about an account or what the portal keeps, or
somebody of the municipality asks for them."""


OF_FOLLOWERS: Final = frozenset({"follow_confirm", "follow_link", "follow_stay", "followed"})
"""Letters to whoever follows something, with an account or without: where they follow it says what
comes, and each letter how to leave."""


def letters_of(person: User) -> list[str | Promise]:
    """What the letters are about that reach PERSON whatever they choose."""
    keeps = can(person, "municipality.edit")
    return [words for name, words in FIXED.items() if name != "damaged" or keeps]
