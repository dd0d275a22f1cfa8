"""Paragraphs and lists below the title of a dimension: their level, and what they hang from.

Their level is what a label says: one before the statement ("Objetivo 1: …"), or one that stands
alone above a list ("Acciones:"). A list without any is what the dimension proposes: objectives, and
below them activities.
"""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.document.blocks import Block, Document, goes_on
from plans.importers.document.growing import ABOVE, Growing, Node, unpaired
from plans.importers.outline import DoubtKind
from plans.importers.printed.labels import INDICATOR, Label, kind_of
from plans.importers.printed.numbering import leading
from plans.importers.printed.statements import Statement, statements_in


@dataclass(eq=False)
class Run:
    """The statements of one level that stand together; ``is_labelled``: each says its own level."""

    nodes: list[Node] = field(default_factory=list)
    is_labelled: bool = False

    def sole(self) -> Node | None:
        """The one to which all below belongs: the last that was labelled, or the only one."""
        if self.is_labelled:
            return self.nodes[-1]
        is_one = len(self.nodes) == 1 and not self.nodes[0].code
        return self.nodes[0] if is_one else None


class Lists:
    """What stands below one dimension, outside of tables."""

    def __init__(self, document: Document, growing: Growing, *, takes_unlabelled: bool) -> None:
        self._document = document
        self._growing = growing
        self._takes_unlabelled = takes_unlabelled
        self._level = ""
        self._kind = ""
        self._base: int | None = None
        self._runs: dict[str, Run] = {}
        self._top: Node | None = None
        self._last: Node | None = None
        self._last_block: Block | None = None
        self._was_nested = False
        self._is_top_bold = False
        self._is_marked = False

    def open_title(self, label: Label) -> None:
        """What follows is of the level that a title names, until another does."""
        level, self._kind = label.level, label.kind
        own = self._runs.get(Level.OBJECTIVE)
        if level == Level.OBJECTIVE and own and own.is_labelled:
            level = Level.TARGET  # the objectives of an objective are what it wants to reach
            self._growing.doubt(
                DoubtKind.LEVEL,
                _("Los objetivos de un objetivo o una política se tomaron por metas."),
            )
        self._level, self._base = level, None
        self._top = self._last = None
        self._is_marked = False
        self._begin_run(level, is_labelled=False)

    def read_labelled(self, label: Label, block: Block) -> None:
        """A statement that says its own level."""
        start, end = block.cells[0][0] + label.start, block.cells[-1][1]
        for statement in statements_in(self._document.shape, start, end):
            code = statement.code or label.code
            if label.level == INDICATOR:
                self._indicator(statement)
                continue
            kind = statement.kind or label.kind
            self._labelled(label.level, Statement(statement.span, code, kind=kind), block)

    def read(self, block: Block) -> None:
        """A paragraph or an item of a list without a label."""
        text = self._document.said(block)
        mark = leading(text).mark
        if self._last and not mark and self._continues(text):
            self._last.spans.append(block.cells[0])
            self._last_block = block
            return
        if not self._level and not self._takes_unlabelled:
            return
        if not mark and (not self._level or self._is_marked):
            return
        self._is_marked = self._is_marked or bool(mark)
        for statement in statements_in(self._document.shape, *block.cells[0], inline=bool(mark)):
            self._unlabelled(statement, block)
        self._last_block = block

    def _continues(self, text: str) -> bool:
        before = self._document.cell(self._last.spans[-1]) if self._last else ""
        return goes_on(before, text)

    def _labelled(self, level: str, statement: Statement, block: Block) -> None:
        self._level, self._base, self._top = "", None, None
        run = self._runs.get(level)
        if run is None or not run.is_labelled:
            run = self._begin_run(level, is_labelled=True)
        self._forget_below(level)
        run.nodes.append(self._add(level, statement, block, *self._parent(level)))

    def _unlabelled(self, statement: Statement, block: Block) -> None:
        level = self._level or Level.OBJECTIVE
        if level == INDICATOR:
            self._indicator(statement)
            return
        if self._base is None:
            self._base = block.indent
        if self._is_nested(block) and self._top and level in (Level.OBJECTIVE, Level.ACTIVITY):
            self._was_nested = True
            self._add(Level.ACTIVITY, statement, block, self._top, True)
            return
        self._was_nested = False
        if not self._level and Level.OBJECTIVE not in self._runs:
            self._begin_run(Level.OBJECTIVE, is_labelled=False)
        node = self._add(level, statement, block, *self._parent(level))
        if not self._level:
            self._growing.doubt(
                DoubtKind.LEVEL,
                _("Hay listas que no dicen de qué son: se tomaron por objetivos de su dimensión."),
            )
        self._runs[level].nodes.append(node)
        self._top = node

    def _is_nested(self, block: Block) -> bool:
        """Whether an item stands below another.

        A new page may have taken its indent: what is bold as the nested item before it was, and
        those above are not, is still nested.
        """
        if block.indent > (self._base or 0):
            return True
        last = self._last_block
        if not (self._was_nested and last and (block.after_gap or last.indent <= block.indent)):
            return False
        return block.is_bold and last.is_bold and not self._is_top_bold

    def _add(
        self, level: str, statement: Statement, block: Block, parent: Node, is_sure: bool
    ) -> Node:
        kind = ""
        if level == Level.ACTIVITY:
            said = self._document.cell(statement.span)
            kind = statement.kind or kind_of(said) or self._kind
        node = Node(level, [statement.span], block.where, parent, statement.code, kind)
        self._growing.add(node)
        self._last = node
        self._last_block = block
        if not self._was_nested:
            self._is_top_bold = block.is_bold
        return node if is_sure else unpaired(node)

    def _parent(self, level: str) -> tuple[Node, bool]:
        is_sure = True
        for above in ABOVE[Level(level)]:
            if run := self._runs.get(above):
                if sole := run.sole() if run.nodes else None:
                    return sole, is_sure
                is_sure = is_sure and not run.nodes
        return self._growing.dimension_or_own(), is_sure

    def _begin_run(self, level: str, *, is_labelled: bool) -> Run:
        self._runs[level] = Run(is_labelled=is_labelled)
        self._forget_below(level)
        return self._runs[level]

    def _forget_below(self, level: str) -> None:
        for below in [key for key in self._runs if level in ABOVE.get(Level(key), ())]:
            del self._runs[below]

    def _indicator(self, statement: Statement) -> None:
        run = self._runs.get(Level.TARGET)
        if run and run.nodes and not run.nodes[-1].indicator:
            run.nodes[-1].indicator.append(statement.span)
