"""How a promise is measured, in the tables that say it."""

from typing import Final

from django.db.models import Case, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext_lazy as _

from plans.choices import Bound, Direction, Level, MeasureKind, Nature
from tracking.reading.published.columns import Column, Words, code, figure, text

UNIT_OF_MEASURE: Final = text(
    "unit_of_measure",
    _(
        "Unidad de medida del valor y de la meta; en una variación en «%», de la meta: el valor "
        "está en la unidad de su línea de base."
    ),
    optional=True,
)
BASELINE: Final = figure("baseline", _("Línea de base."))
AIM: Final = (
    figure("goal", _("Valor de la meta del plan; en una variación, cuánto debe cambiar.")),
    code("direction", _("Hacia dónde debe ir el valor."), choices=Direction.choices),
    code(
        "bound",
        _("De lo que se mantiene, qué es la meta: techo, piso o valor."),
        choices=Bound.choices,
    ),
    figure("tolerance", _("De un valor que se mantiene, cuánto puede apartarse de la meta.")),
    code(
        "nature",
        _("Qué cifra se informa: cuenta, parte, medida o con signo."),
        choices=Nature.choices,
    ),
)


def kind(words: Words) -> Column:
    """How it is measured; WORDS say as of when, and what stands where nobody said it."""
    return code("kind", words, choices=MeasureKind.choices)


def counted_as(stated: Combinable, level: str) -> Coalesce:
    """`measuring.entry.kind_of` in the database, of the kind STATED and the LEVEL; "" for none."""
    delivery = When(**{level: Level.ACTIVITY}, then=Value(MeasureKind.DELIVERY.value))
    return Coalesce(NullIf(stated, Value("")), Case(delivery, default=Value("")))
