"""The closed lists of words of a plan, in the order in which the form of the JNE prints them."""

from typing import Final

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    DIMENSION = "dimension", _("Dimensión")
    PROBLEM = "problem", _("Problema")
    OBJECTIVE = "objective", _("Objetivo estratégico")
    ACTIVITY = "activity", _("Actividad")
    TARGET = "target", _("Meta del plan")
    GUIDELINE = "guideline", _("Lineamiento")


class Dimension(models.TextChoices):
    SOCIAL = "social", _("Social")
    ECONOMIC = "economica", _("Económica")
    ENVIRONMENTAL = "ambiental", _("Ambiental")
    INSTITUTIONAL = "institucional", _("Institucional")


OWN: Final = "propia"
"""What a dimension in the plan's own words is called in a plan file; `own_dimension` numbers it."""
OWN_DIMENSION: Final = rf"^{OWN}-[1-9][0-9]?\Z"
OWN_DIMENSIONS: Final = tuple(f"{OWN}-{number}" for number in range(1, 100))
"""The keys, within a plan, of the dimensions that are none of the four."""
OWN_ONES: Final = "propias"
DIMENSIONS_SOUGHT: Final[tuple[tuple[str, str | Promise], ...]] = (
    *((each.value, each.label) for each in Dimension),
    (OWN_ONES, _("Propias del plan")),
)
"""By which the promises of many plans are chosen: what one plan calls its own dimensions says
nothing about another's, so that they are one choice together."""


class ActivityKind(models.TextChoices):
    PROGRAMME = "programa", _("Programa")
    PROJECT = "proyecto", _("Proyecto")
    ACTIVITY = "actividad", _("Actividad")
    ACTION = "accion", _("Acción")


class Standing(models.TextChoices):
    """Whose promise a plan is. Filing one proves nothing about an election."""

    ELECTED = "autoridad elegida", _("Autoridad elegida")
    NOT_ELECTED = "lista no elegida", _("Lista no elegida")
    UNCONFIRMED = "sin confirmar", _("Sin confirmar")


class MeasureKind(models.TextChoices):
    """How a promise is measured; blank while nobody has said it."""

    LEVEL = "nivel", _("Nivel")
    CHANGE = "variacion", _("Variación")
    DELIVERY = "entrega", _("Entrega")
    PERMANENT = "permanente", _("Permanente")
    UNVERIFIABLE = "no verificable", _("No verificable")


class Direction(models.TextChoices):
    UP = "aumentar", _("Aumentar")
    DOWN = "disminuir", _("Disminuir")
    KEEP = "mantener", _("Mantener")


class Bound(models.TextChoices):
    """What a value that is to be kept must not do; blank while nobody has said it."""

    CEILING = "techo", _("Techo: no pasar de la meta")
    FLOOR = "piso", _("Piso: no bajar de la meta")
    VALUE = "valor", _("Valor: quedarse en la meta, con una tolerancia")


class Nature(models.TextChoices):
    """What sort of figure is reported, which decides its limits; blank while nobody has said it."""

    WHOLES = "cuenta", _("Se cuenta en enteros: postas, acuerdos")
    SHARE = "parte", _("Parte de un todo: de 0 a 100 %")
    RATIO = "medida", _("Medida, tasa o razón: desde 0, y puede pasar de 100 %")
    SIGNED = "con signo", _("Puede ser negativa: crecimiento, saldo")


class Answering(models.TextChoices):
    """What becomes of the units that answer for something when one more is named."""

    ADD = "agregar", _("Agregar a las que ya responden")
    REPLACE = "reemplazar", _("Dejar solo esta unidad")
    REMOVE = "quitar", _("Quitar esta unidad")


class ImportState(models.TextChoices):
    """How far a file that somebody sent is on its way to be a plan."""

    WAITING = "en espera", _("En espera")
    READING = "leyendo", _("Leyéndose")
    READY = "listo", _("Por revisar")
    REFUSED = "rechazado", _("No se pudo leer")
    PUBLISHED = "publicado", _("Publicado")
    DROPPED = "descartado", _("Descartado")


PERCENT: Final = "%"
"""The unit of measure that makes a change relative to its baseline."""

# Which levels may hang from which: the nearest one that the plan states. "" is the plan itself.
PARENT_LEVELS: Final[dict[str, frozenset[str]]] = {
    Level.DIMENSION: frozenset({""}),
    Level.PROBLEM: frozenset({Level.DIMENSION}),
    Level.OBJECTIVE: frozenset({Level.DIMENSION, Level.PROBLEM, Level.OBJECTIVE}),
    Level.ACTIVITY: frozenset({Level.DIMENSION, Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY}),
    Level.TARGET: frozenset(
        {Level.DIMENSION, Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET}
    ),
    Level.GUIDELINE: frozenset({"", Level.GUIDELINE}),
}
SELDOM: Final[dict[str, frozenset[str]]] = {
    Level.OBJECTIVE: frozenset({Level.OBJECTIVE}),
    Level.TARGET: frozenset({Level.ACTIVITY, Level.TARGET}),
}
"""Of these what nobody guesses from the order of a text: the plan, or a person, says it."""
