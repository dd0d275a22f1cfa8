"""The offices that answer for the promises."""

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from plans.models import Plan, Responsibility
from tracking.reading.published import shared
from tracking.reading.published.columns import day, text
from tracking.reading.published.expressions import address
from tracking.reading.published.table import Table


def rows() -> QuerySet[Unit]:
    """Simulated are those that answer for simulated promises alone.

    And, of those that answer for none, those of a municipality that has nothing but simulations.
    """
    plans = Plan.objects.published().in_force().filter(municipality=OuterRef("municipality"))
    charge = Responsibility.objects.filter(unit=OuterRef("pk"), element__plan__version__gte=1)
    real = Exists(charge.filter(element__plan__simulated=False))
    simulated = Exists(charge) | ~Exists(plans.filter(simulated=False))
    units = Unit.objects.select_related("municipality").order_by("pk")
    return units.annotate(simulated=~real & simulated & Exists(plans.filter(simulated=True)))


TABLE = Table(
    "units",
    _("Las oficinas"),
    rows,
    shared.in_place(
        "municipality__",
        shared.page(address("municipality__slug", Value("oficinas/"), F("pk"), Value("/"))),
        shared.NAME,
        text("acronym", _("Siglas.")),
        day("closed_on", _("Desde cuándo ya no existe.")),
        shared.SIMULATED,
    ),
    lambda plan: Q(municipality=plan.municipality_id),
)
