"""The closed lists of words that accounts uses."""

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
