"""Every edition of the accountability reports that were issued."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, Value, When
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from tracking.choices import FileKind
from tracking.models import AccountabilityReport, SignedFile
from tracking.reading.editions import CONTENT_SIZE, JSON
from tracking.reading.published import shared
from tracking.reading.published.columns import code, instant, nested, number
from tracking.reading.published.expressions import plan_address, printed, utc
from tracking.reading.published.table import Table


def rows() -> QuerySet[AccountabilityReport]:
    """With the size of its content, its signed files, and whether a later one supersedes it."""
    editions = AccountabilityReport.objects.published().without_content().with_currency()
    sized: QuerySet[AccountabilityReport] = editions.annotate(
        content_size=CONTENT_SIZE, signed=_signed()
    )
    return sized.order_by("pk")


def _signed() -> ArraySubquery:
    """The files that people signed, oldest first; of one that was withheld, when and why."""
    of = "report__plan__"
    parts = (F("report__semester"), Value("/edicion-"), F("report__edition"))
    own = plan_address(
        of, Value("rendicion/"), *parts, Value(".firmado-"), F("number"), Value(".pdf")
    )
    rows = SignedFile.objects.published().filter(report=OuterRef("pk")).order_by("number")
    told = JSONObject(
        number=F("number"),
        url=Case(When(withholding=None, then=own)),
        sha256=F("sha256"),
        size=F("size"),
        added_at=utc("added_at"),
        withheld_at=utc("withholding__at"),
        withheld_reason=F("withholding__reason"),
    )
    return ArraySubquery(rows.values(told=told))


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
        nested(
            "signed",
            _(
                "Los PDF de la edición que firmaron personas: dirección, código (SHA-256), tamaño "
                "y cuándo llegó cada uno; de uno retirado, cuándo y por qué, y sin dirección."
            ),
        ),
    ),
)
