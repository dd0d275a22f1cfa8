"""How far a classification (an operating plan, above all) covers what a plan promises."""

from collections.abc import Collection
from dataclasses import dataclass

from plans.models import Plan, PlanElement


@dataclass(frozen=True)
class Coverage:
    """Of a scheme: the promises ``without`` a code, how many have one, and the codes ``unused``.

    A code is named as on the pages: "3 Salud y bienestar".
    """

    covered: int
    without: list[PlanElement]
    unused: list[str]


def coverage_of(plan: Plan, scheme: str, promises: Collection[PlanElement]) -> Coverage:
    """What SCHEME covers of PROMISES, those of PLAN that take reports, in their order.

    A code serves also where it stands at a text that takes no reports, an objective above them.
    """
    classed = plan.elements.current().exclude(classes={}).values_list("classes", flat=True)
    used = {code for classes in classed for code in classes.get(scheme, ())}
    without = [each for each in promises if not each.classes.get(scheme)]
    unused = [plan.class_name(scheme, c) for c in sorted(plan.schemes[scheme]) if c not in used]
    return Coverage(len(promises) - len(without), without, unused)
