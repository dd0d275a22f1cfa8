"""All of the country's municipalities."""

from django.db.models import Case, F, Q, Value, When
from django.utils.translation import gettext_lazy as _

from accounts.models import Municipality
from accounts.querysets import MunicipalityQuerySet
from tracking.reading.places import RENIEC, with_plan_mark
from tracking.reading.published import shared
from tracking.reading.published.columns import code, figure, flag, text
from tracking.reading.published.expressions import address, joined
from tracking.reading.published.table import Table


def rows() -> MunicipalityQuerySet:
    """With whether the public can read a plan there."""
    return with_plan_mark(Municipality.objects.all())


HAS_PLAN = flag("has_plan", _("Si hay un plan publicado."))

TABLE = Table(
    "municipalities",
    _("Las municipalidades"),
    rows,
    shared.in_place(
        "",
        shared.page(address("slug")),
        code(
            "kind",
            _("Provincial o distrital."),
            choices=Municipality._meta.get_field("kind").choices,
        ),
        shared.NAME,
        text("capital", _("De una provincial, su distrito capital.")),
        text("province", _("Provincia.")),
        text("region", _("Región.")),
        code("reniec", _("Ubigeo de RENIEC, que también usa el JNE; vacío si no se conoce.")),
        code(
            "reniec_text",
            _("El mismo, como palabra: «RENIEC-020301». Vacío si no se conoce."),
            Case(When(~Q(reniec=""), then=joined(Value(RENIEC), F("reniec")))),
        ),
        figure(
            "latitude",
            _("Latitud de su capital, en grados (WGS 84); vacía si no se conoce."),
        ),
        figure(
            "longitude",
            _("Longitud de su capital, en grados (WGS 84); vacía si no se conoce."),
        ),
        HAS_PLAN,
    ),
    lambda plan: Q(pk=plan.municipality_id),
)
