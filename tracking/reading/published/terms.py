"""How each element of a published plan is measured, in all its versions."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from plans.models import MeasuringTerms
from tracking.reading.published import shared
from tracking.reading.published.about import about_element, is_newest
from tracking.reading.published.columns import day, nested, text
from tracking.reading.published.measure import AIM, BASELINE, UNIT_OF_MEASURE, kind
from tracking.reading.published.table import Table, of_plan


def rows() -> QuerySet[MeasuringTerms]:
    """What only repeats the plan's own text is not simulated, whatever the plan's progress is."""
    versions = MeasuringTerms.objects.published()
    simulated = Q(element__plan__simulated=True, by__isnull=False)
    return about_element(versions, current=is_newest(versions, "version"), simulated=simulated)


TABLE = Table(
    "terms",
    _("Cómo se mide cada promesa, en todas sus versiones"),
    rows,
    shared.in_plan(
        "element__plan__",
        *shared.about(),
        shared.of_list("element__plan__"),
        shared.VERSION,
        shared.CURRENT,
        day("in_force_from", _("Desde cuándo se mide así.")),
        shared.REASON,
        kind(_("Cómo se mide: nivel, variacion, entrega, permanente o no verificable.")),
        UNIT_OF_MEASURE,
        BASELINE,
        text("baseline_source", _("De dónde sale la línea de base.")),
        *AIM,
        nested("milestones", _("Valores previstos por semestre.")),
        nested("schedule", _("Cronograma declarado, por semestre.")),
        nested("parts", _("Partes de las que consta la entrega.")),
        text("verification_source", _("Medio de verificación.")),
        shared.LOCATIONS,
        shared.PUBLISHED_AT.read_from("created_at"),
        shared.SIMULATED,
    ),
    of_plan("element__plan"),
)
