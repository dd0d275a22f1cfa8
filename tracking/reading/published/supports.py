"""What sustains the published reports."""

from dataclasses import replace

from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from tracking.models import Support
from tracking.reading.published import shared
from tracking.reading.published.about import about_element
from tracking.reading.published.columns import Column, Columns, code, day, instant, number, text
from tracking.reading.published.expressions import promise_address
from tracking.reading.published.table import Table, of_plan


def rows() -> QuerySet[Support]:
    """Of every published revision; of what was withheld, when and why, and not what it is."""
    return about_element(Support.objects.published().with_tombstones(), "report__element")


SECRETS: Columns = (
    text("title", _("Qué es el sustento; vacío si se retiró.")),
    day("taken_on", _("Fecha del documento o de la fotografía; vacía si se retiró.")),
    text("place", _("Dónde, si lo dice; vacío si se retiró."), optional=True),
    text(
        "file_name",
        _("Nombre del archivo; vacío en un enlace y en lo que se retiró."),
        optional=True,
    ),
    code(
        "media_type",
        _("Tipo del archivo; vacío en un enlace y en lo que se retiró."),
        optional=True,
    ),
    number("size", _("Tamaño del archivo en bytes."), Case(When(size__gt=0, then=F("size")))),
    text(
        "link",
        _("Enlace a lo que ya es público; vacío en un archivo y en lo que se retiró."),
        Case(When(~Q(url=""), then=F("url"))),
    ),
    code(
        "file",
        _("Dirección del archivo; vacía en un enlace y en lo que se retiró."),
        Case(
            When(
                url="",
                then=promise_address("report__element__", Value("sustento/"), F("pk"), Value("/")),
            )
        ),
    ),
)
"""What is not said of a support that was withheld: it may hold the personal data."""


def _unless_withheld(column: Column) -> Column:
    seen = Q(withheld_at__isnull=True)
    return replace(column, source=Case(When(seen, then=column.expression)))


TABLE = Table(
    "supports",
    _("Los sustentos de los informes, en todas sus revisiones"),
    rows,
    shared.in_plan(
        "report__plan__",
        *shared.about("report__element__"),
        shared.SEMESTER.read_from("report__semester"),
        shared.REPORT,
        *map(_unless_withheld, SECRETS),
        code(
            "sha256",
            _("Código de verificación (SHA-256) del archivo, o de la dirección de un enlace."),
        ),
        instant("withheld_at", _("Cuándo se retiró por los datos personales que lleva.")),
        text("withheld_reason", _("Por qué se retiró.")),
    ),
    of_plan("report__plan"),
)
