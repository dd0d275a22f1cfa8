"""Every edition of the accountability reports that were issued."""

from django.db.models import F, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from tracking.choices import FileKind
from tracking.models import AccountabilityReport
from tracking.reading.editions import CONTENT_SIZE, JSON
from tracking.reading.published import shared
from tracking.reading.published.columns import code, instant, number
from tracking.reading.published.expressions import plan_address, printed
from tracking.reading.published.table import Table


def rows() -> QuerySet[AccountabilityReport]:
    """With the size of its content, and whether a later one supersedes it."""
    editions = AccountabilityReport.objects.published().without_content().with_currency()
    sized: QuerySet[AccountabilityReport] = editions.annotate(content_size=CONTENT_SIZE)
    return sized.order_by("pk")


EDITION = (Value("rendicion/"), F("semester"), Value("/edicion-"), F("edition"))
FILES = {
    FileKind.PDF.value: _("Dirección del PDF; mientras se prepara, no responde con él."),
    FileKind.CSV.value: _("Dirección del CSV; mientras se prepara, no responde con él."),
    JSON: _("Dirección del contenido (JSON), del que se calcula el código de la edición."),
}

TABLE = Table(
    "accountability-reports",
    _("Las rendiciones de cuentas emitidas, en todas sus ediciones"),
    rows,
    shared.in_plan(
        "plan__",
        shared.page(plan_address("plan__", *EDITION, Value("/"))),
        shared.SEMESTER,
        number("edition", _("Edición de la rendición de cuentas: la primera es 1.")),
        shared.CURRENT,
        code("code", _("Código de la edición, como está impreso."), printed("code")),
        code("sha256", _("Código de verificación (SHA-256) del contenido.")),
        instant("issued_at", _("Instante de la emisión, en UTC.")),
        *(
            code(name, words, plan_address("plan__", *EDITION, Value(f".{name}")))
            for name, words in FILES.items()
        ),
    ),
)
