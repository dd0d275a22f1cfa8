"""Every element of the published plans, also what was withdrawn, and how it stands."""

from dataclasses import replace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from plans.choices import ActivityKind, Level
from plans.models import MeasuringTerms, PlanElement, PlanVersion, Responsibility
from plans.models.element_rules import MAX_DEPTH
from plans.querysets import PlanElementQuerySet
from tracking.models import ProgressReport
from tracking.reading.found import with_newest
from tracking.reading.published import shared
from tracking.reading.published.columns import code, day, flag, nested, number, text
from tracking.reading.published.expressions import dimension_name, promise_address, whose_word
from tracking.reading.published.measure import AIM, BASELINE, UNIT_OF_MEASURE, counted_as, kind
from tracking.reading.published.table import Table

MEASURE = (UNIT_OF_MEASURE, BASELINE, *AIM)
"""What a row says of the terms in force, besides their kind."""


def rows() -> PlanElementQuerySet:
    """Each with what its row says.

    ``is_reportable`` is whether a report of it is asked today, ``kind`` what it is then counted as.
    ``updated_at`` is when its plan was last published, its terms stated or a report of it
    published: nothing of it changed later.
    """
    terms = MeasuringTerms.objects.filter(element=OuterRef("pk")).order_by("-version")
    versions = PlanVersion.objects.published().filter(plan=OuterRef("plan")).order_by("-number")
    reports = ProgressReport.objects.published().filter(element=OuterRef("pk"))
    units = Responsibility.objects.filter(element=OuterRef("pk")).order_by("unit__name", "pk")
    elements: PlanElementQuerySet = PlanElement.objects.published().annotate(
        problem=_nearest(Level.PROBLEM),
        objective=_nearest(Level.OBJECTIVE),
        unit_ids=ArraySubquery(units.values("unit_id")),
        **{each.name: Subquery(terms.values(each.name)[:1]) for each in MEASURE},
        kind=counted_as(Subquery(terms.values("kind")[:1]), "level"),
        updated_at=Greatest(
            Subquery(versions.values("published_at")[:1]),
            Subquery(terms.values("created_at")[:1]),
            Subquery(reports.order_by("-published_at").values("published_at")[:1]),
        ),
    )
    elements = elements.with_reportability(of_few=True).with_further_parents()
    return (
        elements.select_related("plan__municipality")
        .defer("search", "spans", "indicator_spans")
        .order_by("pk")
    )


def rows_today() -> PlanElementQuerySet:
    """The same, with how each stands by its newest report."""
    return with_newest(rows(), None)


def _nearest(level: Level) -> Case:
    """The id of the nearest element of LEVEL that an element hangs from, however far up."""
    paths = ["__".join(["parent"] * steps) for steps in range(1, MAX_DEPTH)]
    return Case(*(When(**{f"{path}__level": level}, then=F(f"{path}__pk")) for path in paths))


TABLE = Table(
    "elements",
    _("Lo que cada plan declara, y cómo está"),
    rows_today,
    shared.in_plan(
        "plan__",
        shared.of_list("plan__"),
        shared.page(promise_address("")),
        shared.REF,
        text(
            "printed_code",
            _(
                "Numeración que lleva impresa en el plan. En una hoja de cálculo ábrala como "
                "texto: «1.10» no es 1.1."
            ),
        ),
        shared.LEVEL,
        shared.DIMENSION,
        text(
            "dimension_name",
            _("Cómo se llama su dimensión: en las palabras del plan, si no es de las cuatro."),
            dimension_name("plan__"),
            optional=True,
        ),
        number("parent", _("Número de aquello de lo que cuelga en el plan."), "parent_id"),
        nested(
            "also_under",
            _("Números de otros lugares en que el plan lo nombra; se cuenta solo donde cuelga."),
            "further_ids",
        ),
        number("position", _("Orden en el plan.")),
        number(
            "problem",
            _("Número del problema del que cuelga, si el plan lo declara."),
            optional=True,
        ),
        number(
            "objective",
            _("Número del objetivo del que cuelga, si el plan lo declara."),
            optional=True,
        ),
        text("statement", _("Texto del plan, palabra por palabra.")),
        text(
            "indicator",
            _("Con qué dice el plan que se mide, palabra por palabra; vacío si no lo dice."),
        ),
        shared.NOTE,
        text("field", _("Campo de un lineamiento.")),
        code(
            "activity_kind",
            _("Clase de una actividad: programa, proyecto, actividad o acción."),
            choices=ActivityKind.choices,
        ),
        code("cui", _("Código único de inversión.")),
        nested("classes", _("Sus códigos en otras clasificaciones, por el nombre de cada una.")),
        nested("units", _("Números de las oficinas que responden."), "unit_ids"),
        day(
            "added_on",
            _("Qué día se añadió; vacío si es del plan que se presentó."),
            optional=True,
        ),
        text("added_by", _("Quién lo añadió, con otro documento; vacío si es del plan.")),
        number("since_version", _("Desde qué versión del plan está.")),
        number("until_version", _("Hasta qué versión estuvo; vacío si sigue.")),
        flag(
            "printed",
            _("Si está en el documento; no lo está un encabezado que trae solo el formulario."),
            "is_printed",
        ),
        flag("withdrawn", _("Si el plan ya no lo dice."), Q(until_version__isnull=False)),
        flag("reportable", _("Si hoy se pide un informe de ella, cada semestre."), "is_reportable"),
        kind(_("Cómo se mide y se cuenta; una actividad de la que nada se dijo es una entrega.")),
        *MEASURE,
        shared.SEMESTER,
        shared.STATE,
        shared.SIGNAL,
        replace(shared.AS_OF, optional=True),
        shared.DECLARED_BY.read_from(whose_word("plan__", known=Q(stage__isnull=False))),
    ),
)
