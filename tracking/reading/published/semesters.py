"""The days in which each semester is reported, and its closing."""

from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Left
from django.utils.translation import gettext_lazy as _

from plans.models import Plan
from plans.semester import Semester
from tracking.models import SemesterWindow
from tracking.reading.published import shared
from tracking.reading.published.columns import day, instant
from tracking.reading.published.table import Table


def rows() -> QuerySet[SemesterWindow]:
    """Of a published plan; as real as that."""
    year = Cast(Left(OuterRef("semester"), 4), IntegerField())
    plans = (
        Plan.objects.published()
        .in_force()
        .of_year(year)
        .filter(municipality=OuterRef("municipality"))
    )
    windows = SemesterWindow.objects.filter(Exists(plans)).select_related("municipality")
    return windows.annotate(simulated=Exists(plans.filter(simulated=True))).order_by("pk")


def _in_its_term(plan: Plan) -> Q:
    return Q(municipality=plan.municipality_id, semester__in=Semester.all_of(plan.term))


TABLE = Table(
    "semesters",
    _("Los plazos de cada semestre, y su cierre"),
    rows,
    shared.in_place(
        "municipality__",
        shared.SEMESTER,
        day("opens_on", _("Desde qué día se puede informar.")),
        day("due_on", _("Hasta qué día se informa a tiempo.")),
        day("closes_on", _("Desde qué día se puede cerrar el semestre.")),
        instant("closed_at", _("Instante del cierre, en UTC; vacío si sigue abierto.")),
        shared.SIMULATED,
    ),
    _in_its_term,
)
