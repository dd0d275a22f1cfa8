"""Each plan that everybody reads, and the record of its newest version."""

from collections.abc import Iterator
from typing import Any, Final

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Municipality
from plans.models import Plan
from tracking.ledger.kinds import as_it_stands
from tracking.models import PlanRecord

CHUNK: Final = 200
SAID: Final = {
    "document_sha256": gettext_lazy("el documento"),
    "texts_sha256": gettext_lazy("los textos, o lo que se dice del plan"),
    "standing": gettext_lazy("la condición"),
    "standing_source": gettext_lazy("la fuente de la condición"),
}


def changed_plans(places: QuerySet[Municipality]) -> Iterator[str]:
    """Plans that say something else than their newest version did. Three queries for each plan."""
    plans = _with_records(Plan.objects.published().filter(municipality__in=places))
    for plan in plans.order_by("pk").iterator(CHUNK):
        if any(_faults(plan)):  # unless a version was published while this was read
            yield from _faults(plans.get(pk=plan.pk))


def _with_records(plans: QuerySet[Any]) -> QuerySet[Any]:
    newest = PlanRecord.objects.filter(
        version__plan=OuterRef("pk"), version__number=OuterRef("version")
    )
    entered: QuerySet[Any] = plans.annotate(
        place=F("municipality__inei"),
        last=Max("versions__number"),
        **{f"recorded_{name}": Subquery(newest.values(name)) for name in SAID},
    )
    return entered


def _faults(plan: Any) -> Iterator[str]:
    """What PLAN says otherwise. Without a record it is not in the ledger: its version tells it."""
    named = {"place": plan.place, "term": plan.term, "version": plan.version}
    if plan.version != plan.last:
        yield _("%(place)s: el plan %(term)s dice ser la versión %(version)s, y no la hay.") % named
    if plan.recorded_texts_sha256 is None:
        return
    stands = as_it_stands(plan)
    for name, what in SAID.items():
        if stands[name] != getattr(plan, f"recorded_{name}"):
            sentence = _(
                "%(place)s: el plan %(term)s ya no dice lo que publicó su versión %(version)s: "
                "cambió %(what)s."
            )
            yield sentence % {**named, "what": what}
