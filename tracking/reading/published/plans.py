"""The published plans."""

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from plans.choices import Standing
from plans.models import Plan, PlanVersion
from tracking.reading.published import shared
from tracking.reading.published.columns import code, nested, text
from tracking.reading.published.expressions import plan_address
from tracking.reading.published.table import Table, of_plan


def rows() -> QuerySet[Plan]:
    """Each with when its newest version was published."""
    newest = PlanVersion.objects.published().filter(plan=OuterRef("pk")).order_by("-number")
    plans = Plan.objects.published().select_related("municipality", "current_document")
    dated: QuerySet[Plan] = plans.defer("current_document__text", "vision_spans").annotate(
        published_at=Subquery(newest.values("published_at")[:1])
    )
    return dated.order_by("pk")


TABLE = Table(
    "plans",
    _("Los planes"),
    rows,
    shared.in_plan(
        "",
        shared.of_list(""),
        shared.page(plan_address("")),
        text("organization", _("Organización que presentó el plan.")),
        code(
            "standing",
            _("Si esa lista gobierna: autoridad elegida, lista no elegida o sin confirmar."),
            choices=Standing.choices,
        ),
        text("standing_source", _("De dónde se sabe.")),
        text("vision", _("Visión que declara el plan.")),
        shared.NOTE,
        nested("labels", _("Cómo llama el plan a cada uno de sus niveles.")),
        shared.VERSION,
        text("document_title", _("Título del documento."), "current_document__title"),
        code(
            "document_sha256",
            _("Código de verificación (SHA-256) del texto del documento."),
            "current_document__sha256",
        ),
        shared.PUBLISHED_AT,
    ),
    of_plan("pk"),
)
