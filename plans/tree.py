"""A plan's elements as the tree that they are."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Iterator
from dataclasses import dataclass, field, replace

from django.db.models import Q

from plans.models import MeasuringTerms, Plan, PlanElement


@dataclass
class Branch:
    """One element with what hangs from it, in document order.

    ``terms`` is how it is measured now, where somebody looked for it. ``further`` is what it stands
    under, too, and ``referred`` what stands under it and hangs from elsewhere: cross-references,
    which no walk follows, so that everything is met once.
    """

    element: PlanElement
    parent: Branch | None = None
    children: list[Branch] = field(default_factory=list)
    terms: MeasuringTerms | None = None
    further: list[Branch] = field(default_factory=list, repr=False, compare=False)
    referred: list[Branch] = field(default_factory=list, repr=False, compare=False)

    @property
    def root(self) -> Branch:
        return self.parent.root if self.parent else self

    @property
    def ancestors(self) -> list[Branch]:
        """From the top of the plan down to the parent."""
        above = [self.parent] if self.parent else []
        return above[0].ancestors + above if above else []

    @property
    def siblings(self) -> list[Branch]:
        """What hangs from the same place, itself left out; nothing at the top of the plan."""
        return [each for each in self.parent.children if each is not self] if self.parent else []

    def walk(self) -> Iterator[Branch]:
        """This branch and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def grow(elements: Iterable[PlanElement]) -> list[Branch]:
    """The roots of the tree that ELEMENTS, of one plan, make. Their order is kept.

    Elements ``with_further_parents()`` are referred to from those.
    """
    branches = {element.pk: Branch(element) for element in elements}
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.element.parent_id or 0)
        branch.parent = parent
        (parent.children if parent else roots).append(branch)
        for further in map(branches.get, getattr(branch.element, "further_ids", ())):
            if further:
                branch.further.append(further)
                further.referred.append(branch)
    return roots


def pruned(roots: Iterable[Branch], keep: Container[int]) -> list[Branch]:
    """The branches of ROOTS whose element's id is in KEEP, with those above them and no others."""
    kept = []
    for branch in roots:
        children = pruned(branch.children, keep)
        referred = [each for each in branch.referred if each.element.pk in keep]
        if children or referred or branch.element.pk in keep:
            kept.append(replace(branch, children=children, referred=referred))
    return kept


def current_tree(plan: Plan, *, also: Collection[int] = ()) -> list[Branch]:
    """The roots of the newest version of PLAN. One query, whatever its size.

    With it what was withdrawn since, as far as its id is in ALSO; it hangs from what still stands.

    The elements carry ``is_reportable``. What no tree shows is left in the database.
    """
    rows = plan.elements.filter(Q(until_version=None) | Q(pk__in=also))
    rows = rows.with_reportability().with_further_parents().in_document_order()
    return grow(rows.defer("search", "spans", "indicator_spans", "note"))
