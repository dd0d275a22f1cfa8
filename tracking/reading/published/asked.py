"""What each closing found that was asked: of whom, how measured, and what it fixed of it."""

from dataclasses import replace

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracking.models import ClosingLine
from tracking.reading.published import shared
from tracking.reading.published.about import about_element
from tracking.reading.published.columns import nested
from tracking.reading.published.measure import kind
from tracking.reading.published.table import Table, of_plan


def rows() -> QuerySet[ClosingLine]:
    lines = ClosingLine.objects.filter(element__plan__version__gte=1)
    return about_element(lines).select_related("window")


TABLE = Table(
    "asked",
    _("Lo que se pidió en cada semestre cerrado: a quién, y qué halló el cierre"),
    rows,
    shared.in_plan(
        "element__plan__",
        *shared.about(),
        shared.SEMESTER.read_from("window__semester"),
        kind(_("Cómo se medía al cerrarse.")),
        nested("units", _("Números de las oficinas que respondían al cerrarse.")),
        replace(
            shared.REPORT, words=_("Número del informe que fijó el cierre; vacío si no había.")
        ),
        replace(shared.SIGNAL, words=_("Señal que fijó el cierre.")),
    ),
    of_plan("element__plan"),
)
