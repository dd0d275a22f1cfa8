"""What the database holds the elements of a plan to."""

from typing import Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans import choices
from plans.choices import OWN_DIMENSION, PARENT_LEVELS, ActivityKind, Level

REF_PATTERN = r"^[A-Z](\.[1-9][0-9]{0,2}){0,6}\Z"
MAX_DEPTH = 7


def _levels_fit() -> Q:
    """Each level hangs from a level that may hold it, and only a root has no parent."""
    fits = Q()
    for level, parents in PARENT_LEVELS.items():
        fits |= Q(level=level, parent_level__in=sorted(parents))
    rooted = Q(parent=None, parent_level="", depth=0)
    hanging = Q(parent__isnull=False, depth__gt=0) & ~Q(parent_level="")
    return fits & (rooted | hanging)


CONSTRAINTS: Final = [
    models.UniqueConstraint(
        fields=["plan", "ref"],
        name="element_ref_once",
        violation_error_message=_("Este plan ya tiene un elemento con ese código."),
    ),
    models.UniqueConstraint(
        fields=["plan", "dimension"],
        condition=Q(level=Level.DIMENSION, until_version=None),
        name="element_dimension_once",
        violation_error_message=_("Este plan ya tiene esa dimensión."),
    ),
    models.CheckConstraint(
        condition=_levels_fit(),
        name="element_hangs_from_a_fitting_level",
        violation_error_message=_("Un elemento de ese nivel no puede colgar de ese otro."),
    ),
    models.CheckConstraint(
        condition=(
            Q(level=Level.GUIDELINE, dimension="")
            | ~Q(level=Level.GUIDELINE)
            & (Q(dimension__in=choices.Dimension.values) | Q(dimension__regex=OWN_DIMENSION))
        ),
        name="element_has_a_dimension",
        violation_error_message=_(
            "Todo es de una dimensión, de las cuatro o propia, menos los lineamientos."
        ),
    ),
    models.CheckConstraint(
        condition=(
            Q(level=Level.ACTIVITY, activity_kind__in=ActivityKind.values)
            | (~Q(level=Level.ACTIVITY) & Q(activity_kind="", cui=""))
        ),
        name="element_activity_columns",
        violation_error_message=_("Solo una actividad lleva clase y CUI, y siempre lleva clase."),
    ),
    models.CheckConstraint(
        condition=Q(level=Level.GUIDELINE) | Q(field=""),
        name="element_guideline_columns",
        violation_error_message=_("Solo un lineamiento lleva campo."),
    ),
    models.CheckConstraint(
        condition=Q(level=Level.TARGET) | Q(indicator="", indicator_spans=[]),
        name="element_target_columns",
        violation_error_message=_("Solo una meta lleva indicador."),
    ),
    models.CheckConstraint(
        condition=Q(indicator="", indicator_spans=[])
        | ~Q(indicator="") & (~Q(indicator_spans=[]) | Q(until_version__isnull=False)),
        name="element_indicator_stands_in_its_document",
        violation_error_message=_("Diga en qué líneas del documento está el indicador."),
    ),
    models.CheckConstraint(
        condition=~Q(statement="") & Q(ref__regex=REF_PATTERN),
        name="element_says_something",
        violation_error_message=_("Un elemento lleva texto y un código como «S.2.1»."),
    ),
    models.CheckConstraint(
        condition=~Q(spans=[]) | Q(until_version__isnull=False) | Q(is_printed=False),
        name="element_stands_in_its_document",
        violation_error_message=_("Diga en qué líneas del documento está el texto."),
    ),
    models.CheckConstraint(
        condition=Q(added_on=None, added_by="") | Q(added_on__isnull=False) & ~Q(added_by=""),
        name="element_added_by_somebody_on_a_day",
    ),
    models.CheckConstraint(
        condition=Q(is_printed=True)
        | Q(
            level=Level.DIMENSION,
            dimension__in=choices.Dimension.values,
            spans=[],
            printed_code="",
        ),
        name="element_unprinted_is_a_heading_of_the_form",
        violation_error_message=_(
            "Solo el encabezado de una de las cuatro dimensiones puede no estar en el documento."
        ),
    ),
    models.CheckConstraint(
        condition=Q(depth__lt=MAX_DEPTH),
        name="element_not_too_deep",
        violation_error_message=_("Un plan no tiene tantos niveles."),
    ),
    models.CheckConstraint(
        condition=Q(until_version=None) | Q(until_version__gte=F("since_version")),
        name="element_versions_in_order",
        violation_error_message=_("No puede retirarse antes de publicarse."),
    ),
]
