"""The closed lists of words that accounts uses."""

from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class MunicipalityKind(models.TextChoices):
    PROVINCIAL = "provincial", _("Municipalidad provincial")
    DISTRICT = "distrital", _("Municipalidad distrital")


class Role(models.TextChoices):
    """What a person does here. Every role but the operator's belongs to one municipality."""

    REPORTER = "responsable", _("Responsable de unidad orgánica")
    PLANNING = "planificacion", _("Planificación")
    ADMINISTRATION = "administracion", _("Administración municipal")
    OPERATOR = "operador", _("Operador del portal")


RESERVED: Final = ".example"
"""RFC 2606: no mail reaches such an address. The demonstration's people have them."""


def is_simulated(email: str) -> bool:
    """Whether EMAIL is of one of the demonstration's people."""
    return email.endswith(RESERVED)


class TokenScope(models.TextChoices):
    """What a token lets a system do, each with all that is before it. Publishing is nobody's."""

    READ = "leer", _("Leer lo que hay que informar")
    WRITE = "escribir", _("Leer y escribir informes, sin enviarlos")
    SUBMIT = "enviar", _("Leer, escribir y enviar a revisión")


class LetterKind(models.TextChoices):
    """What a letter that waits for the worker is about."""

    INVITATION = "invitation", _("invitación")
    PASSWORD = "password", _("enlace para elegir la contraseña")
    SECOND_FACTOR_REMOVED = "second_factor_removed", _("retiro del segundo factor")
    TOKEN_MADE = "token_made", _("clave nueva para un sistema")
    ATTEMPTS = "attempts", _("intentos de ingresar")
    DAMAGED = "damaged", _("archivo dañado o perdido")
    REMINDER = "remind_now", _("recordatorio que pidió planificación")
    FOLLOW = "follow", _("enlace para seguir algo por correo")
