"""The sheet that an officer downloads, fills in and brings back."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from accounts.spreadsheets.writing import Column, Form, workbook
from plans.choices import ActivityKind, Dimension
from plans.term import Term

SPARE_ROWS: Final = 300
EXAMPLE: Final = "EJEMPLO"
"""With what the texts of the example begin: its row is not read."""


def template(term: Term, rows: Sequence[Sequence[str]] = ()) -> bytes:
    """An XLSX for a plan of TERM: drop-downs, one example row, a sheet of instructions.

    ROWS are what is filled in already; the example is for who begins with none.
    """
    columns = [
        Column(_("Dimensión"), 16, choices=[str(each.label) for each in Dimension]),
        Column(
            _("Problema identificado"),
            36,
            help=_("Como está escrito en el plan. En blanco: el mismo de la fila de arriba."),
        ),
        Column(
            _("Objetivo estratégico"),
            36,
            help=_("En blanco: el mismo de la fila de arriba."),
        ),
        Column(_("Indicador"), 30, help=_("Con qué se mide la meta, si el plan lo dice.")),
        Column(
            _("Meta al %s") % term.last_year,
            36,
            help=_("Una meta por fila, con su cifra como está en el plan."),
        ),
        Column(_("Código"), 10, help=_("El número que el plan da a la actividad, si lo da.")),
        Column(
            _("Programa, proyecto o actividad"),
            36,
            help=_("Uno por fila. Cuelga del objetivo de su fila."),
        ),
        Column(_("Tipo"), 14, choices=[str(each.label) for each in ActivityKind]),
        Column(_("CUI"), 12, help=_("El código único de inversión, solo si es un proyecto.")),
    ]
    form = Form(_("Plan %s") % str(term), columns, rows or [_example(term)], SPARE_ROWS)
    return workbook([form], _instructions(term))


def _example(term: Term) -> list[str]:
    return [
        str(Dimension.SOCIAL.label),
        _("EJEMPLO: faltan aulas en las escuelas del distrito."),
        _("EJEMPLO: que cada escuela del distrito tenga las aulas que necesita."),
        _("EJEMPLO: número de aulas construidas"),
        _("EJEMPLO: construir 12 aulas al %s.") % term.last_year,
        "1.1",
        _("EJEMPLO: construcción de aulas en las escuelas rurales."),
        str(ActivityKind.PROJECT.label),
        "",
    ]


def _instructions(term: Term) -> list[str]:
    years = {"term": term.printed, "first": term.first_year, "last": term.last_year}
    return [
        _("Cómo se llena la hoja «Plan»"),
        _("1. Escriba sobre la fila de ejemplo: lo que empieza con «EJEMPLO» no se lee."),
        _("2. Copie cada texto como está en el plan, sin resumir ni corregir."),
        _("3. Una fila para cada meta y para cada actividad, programa o proyecto."),
        _("4. Dimensión, Problema u Objetivo en blanco dicen lo mismo que en la fila de arriba."),
        _("5. Lo que el plan no dice se deja en blanco: no escriba «no especificado» ni un guion."),
        _("6. Escriba las cifras como están en el plan: 12 aulas, 30.5 por ciento, S/ 1,200,000."),
        _("7. Los años de un plan de %(term)s van de %(first)s a %(last)s.") % years,
        _("8. Puede agregar filas, mover las columnas o usar una hoja por dimensión."),
        _("9. Las fórmulas no se calculan: escriba el valor."),
        _("10. Suba el archivo en Gestión, Planes. Antes de publicar verá lo que se entendió."),
    ]
