"""The tree of a plan while it is read: statements under what they hang from."""

from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import OWN, ActivityKind, Dimension, Level
from plans.importers.draft import Spans
from plans.importers.faults import WHOLE, Where, refusal_of
from plans.importers.outline import MAX_ITEMS, Doubt, DoubtKind, Item
from plans.importers.printed.labels import is_form_title, own_title_word, plain_words
from plans.source_text import SourceText, Span

ABOVE: Final = {
    Level.PROBLEM: (),
    Level.OBJECTIVE: (Level.PROBLEM,),
    Level.ACTIVITY: (Level.OBJECTIVE, Level.PROBLEM),
    Level.TARGET: (Level.OBJECTIVE, Level.PROBLEM),
}
"""From what each level hangs below its dimension, the nearest first."""


@dataclass(eq=False)
class Node:
    """A statement that is being read; ``spans`` may grow while it goes on.

    A dimension's ``title`` is as `plain_words` gives it; ``is_own``: the form has no such title.
    """

    level: str
    spans: list[Span]
    where: Where = WHOLE
    parent: "Node | None" = None
    code: str = ""
    kind: str = ""
    heading: str = ""
    indicator: list[Span] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    title: str = ""
    is_own: bool = False

    def doubt(self, kind: DoubtKind, reason: str) -> None:
        if all(each.kind != kind for each in self.doubts):
            self.doubts.append(Doubt(kind.value, reason))


def unpaired(node: Node) -> Node:
    """NODE, which hangs higher than it may belong, and says so."""
    node.doubt(DoubtKind.UNPAIRED, _("El documento no dice a cuál de los de arriba corresponde."))
    return node


class Growing:
    """All nodes in the order in which they were read; a parent comes before its children."""

    def __init__(self) -> None:
        self.nodes: list[Node] = []
        self.dimension: Node | None = None
        self.doubts: dict[str, Doubt] = {}

    def doubt(self, kind: DoubtKind, reason: str) -> None:
        """What is doubted of the document as a whole, said once."""
        self.doubts[reason] = Doubt(kind.value, reason)

    def add(self, node: Node) -> Node:
        if len(self.nodes) >= MAX_ITEMS:
            reason = _("tiene más de %s elementos: no parece un plan.") % MAX_ITEMS
            raise refusal_of(_("plan"), reason, node.where)
        self.nodes.append(node)
        return node

    def open_dimension(self, kind: str, title: str, span: Span, where: Where, code: str) -> None:
        """Let what follows hang from the dimension of TITLE: the one that has it, or a new one.

        Each of the form's four is one, however often its title comes. Where two titles of the
        plan's own words speak of one kind ("Desarrollo social", "Inclusión social"), the first has
        it.
        """
        words = plain_words(title)
        is_own = bool(kind) and not is_form_title(title)
        is_taken = False
        for each in self.nodes:
            if each.level != Level.DIMENSION or not self._bears(each):
                continue
            if each.title == words or (kind and each.kind == kind and not (is_own and each.is_own)):
                self.dimension = each
                return
            is_taken = is_taken or each.kind == kind
        node = Node(Level.DIMENSION, [span], where, code=code, kind="" if is_taken else kind)
        node.title, node.is_own = words, is_own
        if is_taken or own_title_word(title):
            reason = _("No es ninguna de las cuatro de la ficha: se tomó como propia del plan.")
            node.doubt(DoubtKind.LEVEL, reason)
        self.dimension = self.add(node)

    def dimension_or_own(self) -> Node:
        """The dimension that is open; where the document names none, one that it does not print."""
        if self.dimension is None:
            self.dimension = self.add(Node(Level.DIMENSION, []))
            self.dimension.doubt(
                DoubtKind.HEADING, _("El documento no dice de qué dimensión es esto.")
            )
        return self.dimension

    def items(self, source: SourceText) -> tuple[Item, ...]:
        """What was read, without the dimensions under which nothing stands."""
        kept = [each for each in self.nodes if each.level != Level.DIMENSION or self._bears(each)]
        key_of = {id(node): key for key, node in enumerate(kept, 1)}
        return tuple(
            Item(
                key=key_of[id(node)],
                parent=key_of[id(node.parent)] if node.parent else None,
                level=str(node.level),
                statement=source.quoted(node.spans) or str(_("Propuestas")),
                spans=as_lists(node.spans),
                where=node.where,
                printed_code=node.code[:40],
                kind=self._kind(node),
                indicator=source.quoted(node.indicator),
                indicator_spans=as_lists(node.indicator),
                heading=node.heading[:200],
                doubts=tuple(node.doubts),
            )
            for node in kept
        )

    def _bears(self, node: Node) -> bool:
        return any(each.parent is node for each in self.nodes)

    def _kind(self, node: Node) -> str:
        if node.level == Level.ACTIVITY:
            return node.kind or str(ActivityKind.ACTIVITY)
        if node.level != Level.DIMENSION or node.kind in Dimension.values:
            return node.kind
        return OWN if node.spans else ""


def as_lists(spans: list[Span]) -> Spans:
    return [[start, end] for start, end in spans]
