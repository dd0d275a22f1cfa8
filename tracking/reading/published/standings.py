"""How a plan, its dimensions and its offices stood in each semester: counts of promises."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracking.models import Standing
from tracking.reading.published import shared
from tracking.reading.published.columns import number
from tracking.reading.published.expressions import plan_address
from tracking.reading.published.table import Table


def rows() -> QuerySet[Standing]:
    standings = Standing.objects.filter(plan__version__gte=1)
    return standings.select_related("plan__municipality").order_by("pk")


COUNTS = {
    "asked": _("Cuántas promesas había que informar."),
    "reported": _("De cuántas se publicó un informe."),
    "working": _("Cuántas entregadas y funcionando."),
    "reached": _("Cuántas con la cifra alcanzada."),
    "partly": _("Cuántas entregadas en parte."),
    "running": _("Cuántas en ejecución."),
    "preparing": _("Cuántas en preparación."),
    "idle": _("Cuántas sin actividad."),
    "measured": _("Cuántas con cifra."),
    "told": _("Cuántas informadas solo en palabras."),
    "on_time": _("Cuántas al día."),
    "late": _("Cuántas con retraso."),
    "very_late": _("Cuántas muy retrasadas."),
    "not_due": _("Cuántas que aún no corresponden."),
    "no_schedule": _("Cuántas sin cronograma."),
    "not_measurable": _("Cuántas aún no medibles."),
    "punctual": _("Cuántas se informaron a tiempo."),
    "supported": _("Cuántas con sustento."),
    "corrected": _("Cuántas se corrigieron."),
    "halted": _("Cuántas están paralizadas."),
    "unverifiable": _("Cuántas solo se narran: no se pueden verificar."),
}

TABLE = Table(
    "standings",
    _("Cuentas por plan, dimensión y oficina en cada semestre"),
    rows,
    shared.in_plan(
        "plan__",
        shared.page(plan_address("plan__")),
        shared.SEMESTER,
        shared.LEVEL,
        shared.DIMENSION,
        shared.UNIT,
        shared.UNIT_NAME,
        *(number(name, words) for name, words in COUNTS.items()),
        shared.DECLARED_BY,
    ),
)
