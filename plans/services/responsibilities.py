"""Say which units answer for what the plan promises."""

from collections.abc import Collection, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Unit, User
from plans.choices import Answering
from plans.models import PlanElement, Responsibility
from plans.services.changes import Change
from plans.services.publishing import locked, record_version


@transaction.atomic
def answer_for(elements: Collection[PlanElement], unit: Unit, how: str, *, by: User) -> int:
    """Make UNIT answer for ELEMENTS, of one plan: beside others, alone, or no longer (Answering).

    One version of the plan, a constant number of queries. Returns how many elements changed; what
    was withdrawn meanwhile stays as it is. ValidationError for a unit that cannot answer.
    """
    if not elements:
        return 0
    plan = locked(next(iter(elements)).plan_id)
    if how != Answering.REMOVE:
        _refuse_unfit(unit, plan.municipality_id)
    chosen = plan.elements.current().filter(pk__in=[each.pk for each in elements])
    rows = chosen.in_document_order().defer("search").prefetch_related("units")
    change_by_ref = rewrite({each: _after(set(each.units.all()), unit, how) for each in rows})
    changes = [{"ref": ref, "what": "changed", **each} for ref, each in change_by_ref.items()]
    record_version(plan, [], changes, by=by)
    return len(changes)


@transaction.atomic
def answer_each(wanted: Mapping[PlanElement, Collection[Unit]], *, by: User) -> int:
    """Make those units, and no others, answer for each element, all of one plan.

    One version of the plan, a constant number of queries. Returns how many elements changed; what
    was withdrawn meanwhile stays as it is. ValidationError for a unit that cannot answer.
    """
    if not wanted:
        return 0
    plan = locked(next(iter(wanted)).plan_id)
    for unit in {unit for units in wanted.values() for unit in units}:
        _refuse_unfit(unit, plan.municipality_id)
    ids = [element.pk for element in wanted]
    current = set(plan.elements.current().filter(pk__in=ids).values_list("pk", flat=True))
    told = rewrite({each: units for each, units in wanted.items() if each.pk in current})
    changes = [{"ref": ref, "what": "changed", **each} for ref, each in told.items()]
    record_version(plan, [], changes, by=by)
    return len(changes)


def rewrite(wanted: Mapping[PlanElement, Collection[Unit]]) -> dict[str, Change]:
    """Make those units the ones that answer for each element, and no others.

    What changed by ref, as {"before": {"units": names}, "after": …}. Three queries, whatever the
    number of elements. Call in a transaction.
    """
    held: dict[int, dict[int, Responsibility]] = {element.pk: {} for element in wanted}
    for row in Responsibility.objects.filter(element__in=held).select_related("unit"):
        held[row.element_id][row.unit_id] = row
    change_by_ref: dict[str, Change] = {}
    gone: list[int] = []
    new: list[Responsibility] = []
    for element, units in wanted.items():
        before, after = held[element.pk], {unit.pk: unit for unit in units}
        if before.keys() == after.keys():
            continue
        change_by_ref[element.ref] = {
            "before": {"units": sorted(row.unit.name for row in before.values())},
            "after": {"units": sorted(unit.name for unit in after.values())},
        }
        gone += [row.pk for unit_id, row in before.items() if unit_id not in after]
        new += [_row(element, after[unit_id]) for unit_id in after.keys() - before.keys()]
    Responsibility.objects.filter(pk__in=gone).delete()
    Responsibility.objects.bulk_create(new)
    return change_by_ref


def _row(element: PlanElement, unit: Unit) -> Responsibility:
    plan = element.plan
    return Responsibility(
        element=element, unit=unit, plan=plan, municipality_id=plan.municipality_id
    )


def _after(units: set[Unit], unit: Unit, how: str) -> set[Unit]:
    if how == Answering.REPLACE:
        return {unit}
    return units - {unit} if how == Answering.REMOVE else units | {unit}


def _refuse_unfit(unit: Unit, municipality_id: int) -> None:
    if unit.municipality_id != municipality_id:
        raise ValidationError(_("La unidad es de otra municipalidad."))
    if unit.closed_on:
        raise ValidationError(_("%s se suprimió: elija una unidad que exista.") % unit.name)
