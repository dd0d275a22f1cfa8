"""Every entry of every municipality's ledger, as the chain seals it."""

from dataclasses import replace
from typing import Final

from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils.translation import gettext_lazy as _

from plans.models import Plan, PlanVersion
from tracking.choices import LedgerAct
from tracking.models import LedgerEntry
from tracking.reading.published import shared
from tracking.reading.published.columns import code, instant, number
from tracking.reading.published.expressions import address
from tracking.reading.published.table import Table


def rows() -> QuerySet[LedgerEntry]:
    return with_texts(LedgerEntry.objects.select_related("municipality").order_by("pk"))


def with_texts(entries: QuerySet[LedgerEntry]) -> QuerySet[LedgerEntry]:
    """Each with ``has_texts``: whether what its plan says today is what it has a digest of.

    So it is of the newest version of a plan: texts are corrected in place. ``list_slug`` is the
    list whose plan it is about, where that is not in force; else None.
    """
    newest = PlanVersion.objects.filter(
        pk=OuterRef("subject_id"), number=F("plan__version"), record__isnull=False
    )
    of_a_plan = When(act=LedgerAct.PLAN, then=Exists(newest))
    return entries.annotate(has_texts=Case(of_a_plan, default=Value(False)), list_slug=_list())


def _list() -> Case:
    """Today's, as addresses have it: what an entry seals stays when another plan comes in force."""
    lists = Plan.objects.of_lists()
    return Case(
        *(
            When(
                act=act,
                then=Subquery(
                    lists.filter(**{f"{path}__pk": OuterRef("subject_id")}).values("list_slug")[:1]
                ),
            )
            for act, path in PLAN_OF.items()
        ),
        default=Value(None),
        output_field=CharField(),
    )


PLAN_OF: Final = {
    LedgerAct.PLAN: "versions",
    LedgerAct.STANDING: "versions__record",
    LedgerAct.TERMS: "elements__terms",
}
"""The acts of which a plan that is not in force has some, and how it leads to their rows."""


def _of_plan(plan: Plan) -> Q:
    """The acts of PLAN's term in its municipality, but for those on the plans of other lists."""
    here = Q(municipality=plan.municipality_id, term=str(plan.term))
    mine = Q(list_slug=None) if plan.in_force else Q(list_slug=plan.list_slug)
    return here & mine


CONTENT = address("municipality__slug", Value("registro/"), F("number"), Value(".json"))
INEI, INEI_AS_WORD = shared.ubigeo("inei")

TABLE = Table(
    "ledger",
    _("El registro de publicaciones, asiento por asiento"),
    rows,
    (
        shared.ID,
        shared.municipality("municipality__"),
        replace(INEI, words=_("Ubigeo INEI de la municipalidad, como era.")),
        replace(INEI_AS_WORD, words=_("El mismo, como palabra: «INEI-030101».")),
        number("number", _("Número del asiento en el registro de la municipalidad.")),
        code("act", _("Qué se publicó."), choices=LedgerAct.choices),
        number("subject_id", _("Número de la fila que se publicó.")),
        code("term", _("Periodo municipal.")),
        shared.REF,
        replace(shared.SEMESTER, words=_("Semestre del acto; en un gasto, el año fiscal.")),
        replace(
            shared.REVISION,
            words=_(
                "La del informe o del gasto, la versión del plan o de cómo se mide, o la edición."
            ),
        ),
        replace(shared.UNIT_NAME, words=_("Nombre de la oficina, como era."), source=F("unit")),
        instant("happened_at", _("Instante del acto, en UTC.")),
        instant("at", _("Instante en que se registró, en UTC.")),
        code("content", _("Dirección del contenido, byte por byte."), CONTENT),
        code("digest", _("Código (SHA-256) del contenido.")),
        code("previous", _("Código del asiento anterior.")),
        code("chain", _("Código del asiento, que sella también los anteriores.")),
        number(
            "leaf",
            _("Su lugar en el registro de todo el portal, desde 0; vacío si aún no entra."),
            F("leaf__position"),
        ),
        shared.SIMULATED,
        shared.EXPORTED_ON,
    ),
    _of_plan,
)
