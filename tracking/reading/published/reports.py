"""The published reports, in all their revisions."""

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils.translation import gettext_lazy as _

from tracking.models import ProgressReport
from tracking.reading.published import shared
from tracking.reading.published.about import about_element, is_newest
from tracking.reading.published.columns import day, figure, flag, nested, number, text
from tracking.reading.published.measure import UNIT_OF_MEASURE, counted_as, kind
from tracking.reading.published.table import Table


def rows() -> QuerySet[ProgressReport]:
    """``current`` is the newest revision of its promise and semester.

    ``sent_on`` is the day, in Peru, on which it was last sent to review: that of the first revision
    tells whether it came in time. ``kind`` is how it was measured.
    """
    reports = ProgressReport.objects.published()
    return about_element(
        reports,
        current=is_newest(reports, "revision", "semester"),
        sent_on=TruncDate("submitted_at"),
        kind=counted_as(F("terms__kind"), "element__level"),
    ).select_related("terms")


TABLE = Table(
    "reports",
    _("Los informes publicados, en todas sus revisiones"),
    rows,
    shared.in_plan(
        "plan__",
        *shared.about(),
        shared.SEMESTER,
        shared.REVISION,
        shared.CURRENT,
        shared.UNIT,
        shared.UNIT_NAME,
        shared.STATE,
        number(
            "step", _("Paso de una entrega, de 0 (sin actividad) a 4 (entregado y funcionando).")
        ),
        figure("value", _("Valor informado; en una variación, a cuánto llega y no cuánto cambió.")),
        number("terms", _("Número de la forma de medir con que se calculó."), "terms_id"),
        kind(
            _(
                "Cómo se midió y se cuenta; una actividad de la que nada se había dicho es una "
                "entrega."
            )
        ),
        UNIT_OF_MEASURE.read_from("terms__unit_of_measure"),
        nested("parts_done", _("Partes ya entregadas.")),
        number("done", _("De lo permanente: cuántas veces se cumplió.")),
        number("required", _("De lo permanente: cuántas veces se exigía.")),
        figure(
            "progress",
            _("Avance en porcentaje, solo donde se puede calcular; negativo si retrocedió."),
        ),
        figure("planned", _("Avance que preveía el cronograma.")),
        shared.SIGNAL,
        text("narrative", _("Qué se hizo.")),
        text("difficulties", _("Dificultades.")),
        text("next_steps", _("Próximos pasos.")),
        shared.LOCATIONS,
        shared.AS_OF,
        day("halted_since", _("Desde cuándo está paralizado.")),
        text("halted_cause", _("Causa de la paralización.")),
        text("correction_reason", _("Motivo de la corrección.")),
        flag("second_review", _("Si lo publicó otra persona que quien lo escribió.")),
        day(
            "sent_on",
            _(
                "Día, en el Perú, de su último envío a revisión. Es puntual si el de la revisión "
                "1 no pasa de «due_on» del semestre."
            ),
        ),
        shared.PUBLISHED_AT,
        shared.DECLARED_BY,
    ),
)
