"""What was spent on each activity in each fiscal year, in all its revisions."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from tracking.models import Expenditure
from tracking.reading.published import shared
from tracking.reading.published.about import about_element, is_newest
from tracking.reading.published.columns import figure, number, text
from tracking.reading.published.table import Table


def rows() -> QuerySet[Expenditure]:
    expenditures = Expenditure.objects.published()
    return about_element(expenditures, current=is_newest(expenditures, "revision", "year"))


TABLE = Table(
    "expenditures",
    _("Lo gastado en cada actividad por año, en todas sus revisiones"),
    rows,
    shared.in_plan(
        "plan__",
        *shared.about(),
        number("year", _("Año fiscal.")),
        shared.REVISION,
        shared.CURRENT,
        figure("pia", _("Presupuesto institucional de apertura, en soles.")),
        figure("pim", _("Presupuesto institucional modificado, en soles.")),
        figure("accrued", _("Devengado, en soles.")),
        shared.AS_OF,
        text("source", _("De dónde sale la cifra.")),
        shared.REASON,
        shared.PUBLISHED_AT.read_from("created_at"),
        shared.DECLARED_BY,
    ),
)
