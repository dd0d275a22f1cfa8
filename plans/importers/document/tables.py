"""Rows of a table whose headings name the levels: "Problema", "Objetivo", "Meta"."""

from collections.abc import Sequence
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.document.blocks import Block, Document, goes_on
from plans.importers.document.growing import ABOVE, Growing, Node, unpaired
from plans.importers.outline import DoubtKind
from plans.importers.printed.labels import INDICATOR, column_of, dimension_of, sole_kind
from plans.importers.printed.numbering import numbers, paired
from plans.importers.printed.statements import Statement, statements_in
from plans.source_text import bare

ORDER: Final = (
    Level.DIMENSION,
    Level.PROBLEM,
    Level.OBJECTIVE,
    Level.ACTIVITY,
    Level.TARGET,
    INDICATOR,
)
BELOW: Final = {
    Level.PROBLEM: (Level.OBJECTIVE, Level.TARGET),
    Level.OBJECTIVE: (Level.TARGET,),
}
"""What a new statement of a level ends: what follows is not of the earlier ones."""


def columns_of(document: Document, row: Block) -> list[str]:
    """The level of each column, where ROW is that of the headings; else none at all."""
    levels = [column_of(document.cell(cell)) for cell in row.cells]
    if len({level for level in levels if level}) < 2:
        return []
    if Level.TARGET not in levels:
        levels = [Level.TARGET if level == INDICATOR else level for level in levels]
    return levels


class Table:
    """A table that is being read, row by row.

    ``is_repeated`` says that its headings have just come again, on a new page.
    """

    def __init__(self, document: Document, growing: Growing, heading: Block) -> None:
        self._document = document
        self._growing = growing
        self.columns = columns_of(document, heading)
        named = [
            document.cell(cell)
            for cell, level in zip(heading.cells, self.columns, strict=True)
            if level == Level.ACTIVITY
        ]
        self._kind = sole_kind(" ".join(named))
        self._current: dict[str, list[Node]] = {}
        self._last: dict[int, Node] = {}
        self._last_row: Block | None = None
        self.is_repeated = False
        self._begins_small = False

    def begin_dimension(self) -> None:
        self._current, self._last, self._last_row = {}, {}, None

    def fits(self, row: Block) -> bool:
        return len(row.cells) == len(self.columns)

    def read(self, row: Block) -> None:
        if self._goes_on(row):
            self._continue(row)
        else:
            self._begin(row)
        self._last_row = row

    def _goes_on(self, row: Block) -> bool:
        """Whether a page has cut a row in two: a cell begins in the middle of a sentence.

        Where no page is seen to end, only the first cell tells, in a table whose rows do not begin
        so by themselves.
        """
        is_apart, self.is_repeated = row.after_gap or self.is_repeated, False
        if self._last_row is None:
            return False
        looked_at = row.cells if is_apart else row.cells[: not self._begins_small]
        return any(
            index in self._last and goes_on(self._document.cell(self._last[index].spans[-1]), after)
            for index, cell in enumerate(looked_at)
            if (after := self._document.cell(cell)) and (is_apart or after[:1].islower())
        )

    def _continue(self, row: Block) -> None:
        """What a cell goes on with belongs to its last statement; a new mark begins another."""
        for index, (level, cell) in enumerate(zip(self.columns, row.cells, strict=True)):
            found = statements_in(self._document.shape, *cell)
            node = self._last.get(index)
            if found and node and not (found[0].code or found[0].level):
                spans = node.indicator if level == INDICATOR else node.spans
                spans.append(found[0].span)
                found = found[1:]
            if found and level in ORDER[1:]:
                self._place(level, found, index, row, is_more=True)

    def _begin(self, row: Block) -> None:
        self._last = {}
        first = bare(self._document.cell(row.cells[0]))
        self._begins_small = self._begins_small or first[:1].islower()
        for level in ORDER:
            for index, cell in enumerate(row.cells):
                if self.columns[index] == level and bare(self._document.cell(cell)):
                    self._read_cell(level, index, row)

    def _read_cell(self, level: str, index: int, row: Block) -> None:
        text = self._document.cell(row.cells[index])
        if level == Level.DIMENSION:
            kind = dimension_of(text) or ("", True)
            before = self._growing.dimension
            self._growing.open_dimension(kind[0], text, row.cells[index], row.where, "")
            if self._growing.dimension is not before:
                self._current = {}
            return
        found = statements_in(self._document.shape, *row.cells[index])
        self._place(level, found, index, row, is_more=False)

    def _place(
        self, level: str, found: Sequence[Statement], index: int, row: Block, *, is_more: bool
    ) -> None:
        """Hang the statements of a cell; with IS_MORE they stand beside those it had before."""
        if level == INDICATOR:
            self._indicators(found, index, row)
            return
        for own in ORDER[1:-1]:
            said = [each for each in found if (each.level or level) == own]
            if not said:
                continue
            before = self._current.get(own, []) if is_more else []
            nodes = self._hung(own, said, row, before)
            self._last[index] = nodes[-1]
            self._current[own] = [*before, *nodes]
            for below in () if is_more else BELOW.get(own, ()):
                self._current.pop(below, None)
        if said := [each for each in found if each.level == INDICATOR]:
            self._indicators(said, index, row)

    def _hung(
        self, level: str, found: Sequence[Statement], row: Block, before: Sequence[Node] = ()
    ) -> list[Node]:
        """The nodes of a cell, each under what it belongs to; BEFORE are those that it had."""
        if level == Level.ACTIVITY:
            return self._activities(found, row, before)
        parents = self._parents(level, [each.code for each in found])
        return [
            self._node(level, statement, row, parent)
            for statement, parent in zip(found, parents, strict=True)
        ]

    def _activities(
        self, found: Sequence[Statement], row: Block, before: Sequence[Node]
    ) -> list[Node]:
        """Programmes, and below them what carries their number or follows them."""
        nodes: list[Node] = []
        for statement in found:
            parent = _programme_of(statement, [*before, *nodes])
            if parent is None:
                # Programmes are counted through the plan, not beside the objectives of a row.
                code = "" if statement.level else statement.code
                (above,) = self._parents(Level.ACTIVITY, [code])
                nodes.append(self._node(Level.ACTIVITY, statement, row, above))
            else:
                nodes.append(self._node(Level.ACTIVITY, statement, row, (parent, True)))
        return nodes

    def _node(
        self, level: str, statement: Statement, row: Block, parent: tuple[Node, bool]
    ) -> Node:
        above, is_sure = parent
        kind = ""
        if level == Level.ACTIVITY:
            kind = statement.kind or self._kind
        node = Node(level, [statement.span], row.where, above, statement.code, kind)
        self._growing.add(node)
        return node if is_sure else unpaired(node)

    def _parents(self, level: str, codes: Sequence[str]) -> list[tuple[Node, bool]]:
        """What each of CODES hangs from, and whether the document says so."""
        found: list[tuple[Node, bool] | None] = [None] * len(codes)
        is_sure = True
        for above in ABOVE[Level(level)]:
            candidates = self._current.get(above, [])
            if not candidates:
                continue
            partners = paired([each.code for each in candidates], codes)
            for index, partner in enumerate(partners):
                if found[index] is None and partner is not None:
                    found[index] = (candidates[partner], is_sure)
            if None not in found:
                break
            is_sure = False
        own = self._growing.dimension_or_own()
        return [each or (own, is_sure) for each in found]

    def _indicators(self, found: Sequence[Statement], index: int, row: Block) -> None:
        """By what the targets of the row are measured; an indicator alone stands for its target."""
        targets = self._current.get(Level.TARGET, [])
        if not targets:
            for node in self._hung(Level.TARGET, found, row):
                node.doubt(DoubtKind.LEVEL, _("Es un indicador, y su fila no tiene meta."))
            return
        partners = paired([each.code for each in targets], [each.code for each in found])
        for statement, partner in zip(found, partners, strict=True):
            target = targets[partner or 0]
            target.indicator.append(statement.span)
            if partner is None:
                target.doubt(DoubtKind.UNPAIRED, _("El indicador puede ser de otra meta."))
            self._last[index] = target


def _programme_of(statement: Statement, before: Sequence[Node]) -> Node | None:
    """The activity that STATEMENT is a part of: that with its number, or a programme above it."""
    number = numbers(statement.code)
    if len(number) > 1 and number[-1] > 0:
        for node in reversed(before):
            if numbers(node.code) in (number[:-1], (*number[:-1], 0)):
                return node
    if number or not statement.kind:
        return None
    ranks = ("programa", "proyecto", "")
    rank = ranks.index(statement.kind) if statement.kind in ranks else 2
    for node in reversed(before):
        above = ranks.index(node.kind) if node.kind in ranks[:2] else 2
        if above < rank:
            return node
    return None
