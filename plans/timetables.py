"""The usual shapes of a timetable, filled in for a whole term at a word."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, Decimal
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from plans.choices import MeasureKind
from plans.models import MeasuringTerms
from plans.semester import Semester

ALL: Final = Decimal(100)
LAST_STEP: Final = Decimal(4)


class Shape(models.TextChoices):
    """How what is promised comes, from the first semester of a term to its last."""

    LINEAR = "lineal", _("Lineal: parejo, cada semestre")
    YEARLY = "anual", _("Cada año: al cerrar cada año")
    AT_THE_END = "final", _("Al final: todo en el último semestre")


def timetable(shape: Shape, terms: MeasuringTerms, semesters: Sequence[Semester]) -> dict[str, str]:
    """What TERMS plan by each of SEMESTERS in SHAPE: {"2027-I": "12.5"}, in percent or in steps.

    What must be met anew in each semester is planned whole in each; what is only told, never.
    """
    if terms.kind == MeasureKind.UNVERIFIABLE or not semesters:
        return {}
    if terms.kind == MeasureKind.PERMANENT:
        return {str(semester): str(ALL) for semester in semesters}
    most, places = (LAST_STEP, Decimal(1)) if terms.is_by_step else (ALL, Decimal("0.1"))
    last = len(semesters)
    reached = {
        Shape.LINEAR: range(1, last + 1),
        Shape.YEARLY: (n for n in range(1, last + 1) if semesters[n - 1].half == 2),
        Shape.AT_THE_END: (last,),
    }[shape]
    planned = {n: (most * n / last).quantize(places, ROUND_DOWN).normalize() for n in reached}
    return {str(semesters[n - 1]): f"{value:f}" for n, value in planned.items()}
