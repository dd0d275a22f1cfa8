"""Say under what else the elements of a plan stand."""

from collections.abc import Collection, Mapping

from plans.models import CrossReference, Plan, PlanElement
from plans.services.changes import Change


def rewrite(plan: Plan, wanted: Mapping[PlanElement, Collection[PlanElement]]) -> dict[str, Change]:
    """Make those the further parents of each element of PLAN, and no others.

    What changed by ref, as {"before": {"also_under": refs}, "after": …}. Three queries at most,
    whatever the number of elements. Call in the transaction that publishes.
    """
    held: dict[int, dict[int, CrossReference]] = {element.pk: {} for element in wanted}
    for row in CrossReference.objects.filter(plan=plan).select_related("parent"):
        if row.element_id in held:
            held[row.element_id][row.parent_id] = row
    change_by_ref: dict[str, Change] = {}
    gone: list[int] = []
    new: list[CrossReference] = []
    for element, parents in wanted.items():
        before, after = held[element.pk], {parent.pk: parent for parent in parents}
        if before.keys() == after.keys():
            continue
        change_by_ref[element.ref] = {
            "before": {"also_under": sorted(row.parent.ref for row in before.values())},
            "after": {"also_under": sorted(parent.ref for parent in after.values())},
        }
        gone += [row.pk for parent_id, row in before.items() if parent_id not in after]
        new += [
            CrossReference(element=element, parent=after[parent_id])
            for parent_id in after.keys() - before.keys()
        ]
    if gone:
        CrossReference.objects.filter(pk__in=gone).delete()
    for row in new:
        row.follow_elements()
    CrossReference.objects.bulk_create(new)
    return change_by_ref


def without(plan: Plan, withdrawn: Collection[PlanElement]) -> dict[str, Change]:
    """Take WITHDRAWN, of PLAN, out of its cross-references; what that changes of what stands."""
    ids = {element.pk for element in withdrawn}
    rows = CrossReference.objects.filter(plan=plan).select_related("element", "parent")
    if not any({row.element_id, row.parent_id} & ids for row in rows):
        return {}
    left: dict[PlanElement, list[PlanElement]] = {row.element: [] for row in rows}
    for row in rows:
        if not {row.element_id, row.parent_id} & ids:
            left[row.element].append(row.parent)
    told = rewrite(plan, left)
    gone = {element.ref for element in withdrawn}
    return {ref: change for ref, change in told.items() if ref not in gone}
