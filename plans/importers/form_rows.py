"""The rows of the form of the electoral authority, as a tree: whatever printed the form.

A row says a problem, an objective, an indicator, a target; each cell may hold a list. A statement
hangs from the nearest level that its row, or a row above it, states. Lists beside each other are
paired by number alone; what has no partner hangs higher, and is doubted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import OWN, PARENT_LEVELS, Level
from plans.importers.draft import Spans
from plans.importers.faults import Where
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.importers.printed.labels import is_form_title, kind_of, label_of, plain_words
from plans.importers.printed.numbering import paired, parts
from plans.importers.printed.placeholders import states_nothing
from plans.source_text import SourceText, bare

ORDER: Final = (Level.PROBLEM, Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET, Level.GUIDELINE)
CODE_LENGTH: Final = 40
LONGEST_LABEL: Final = 200
LEAVES: Final = frozenset({Level.TARGET, Level.GUIDELINE})
Step = tuple[int, int]
"""The place of a level among the others, and of its column among those of the level."""


@dataclass(frozen=True)
class Cell:
    """A cell that states something: its TEXT as it came, and its one span in the transcript.

    ``column`` tells two columns of a level apart, the left one above the right one. ``same_as``
    names the cell of an earlier row that covers this one, merged with it.
    """

    level: str
    text: str
    spans: Spans
    where: Where
    column: int = 0
    code: str = ""
    kind: str = ""
    name: object = None
    same_as: object = None
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a row says beside its statements."""

    indicator: Cell | None = None
    cui: str = ""
    heading: str = ""


@dataclass(frozen=True)
class _Piece:
    spans: Spans
    text: str
    code: str
    kind: str = ""


@dataclass
class FormRows:
    """The items that grow row by row. ``carries``: a blank cell means "igual que arriba"."""

    carries: bool = True
    items: list[Item] = field(default_factory=list)
    _dimension: Item | None = None
    _dimensions: dict[str, Item] = field(default_factory=dict)
    _current: dict[Step, list[Item]] = field(default_factory=dict)
    _said: dict[Step, str] = field(default_factory=dict)
    _by_name: dict[object, list[Item]] = field(default_factory=dict)

    def begin_dimension(self, words: str, kind: str, spans: Spans, where: Where) -> None:
        """What follows is of the dimension that WORDS name, one of the four if KIND says so.

        Each stands once. Of two titles in the plan's own words that speak of one kind, the first
        has it, and the other is the plan's own.
        """
        found = self._dimension_called(words, kind)
        if found is None:
            is_own = not kind or any(each.kind == kind for each in self._dimensions.values())
            reason = _("No es ninguna de las cuatro de la ficha: se tomó como propia del plan.")
            doubts = (Doubt(DoubtKind.LEVEL, reason),) if is_own else ()
            key, kind = len(self.items), OWN if is_own else kind
            found = Item(key, None, Level.DIMENSION, "", spans, where, kind=kind, doubts=doubts)
            self._dimensions[plain_words(words)] = self._add(found)
        if found is not self._dimension:
            self._dimension = found
            self._current.clear()

    def _dimension_called(self, words: str, kind: str) -> Item | None:
        name = plain_words(words)
        if name in self._dimensions:
            return self._dimensions[name]
        for before, item in self._dimensions.items():
            if kind == item.kind and (is_form_title(name) or is_form_title(before)):
                return item
        return None

    def add_row(self, cells: Iterable[Cell], said: Said | None = None) -> list[Item]:
        """The items that a row adds."""
        said = said or Said()
        before, is_changed = len(self.items), False
        if not self.carries:
            self._current.clear()
        for cell in sorted(cells, key=_step):
            is_changed = self._take(cell, said, is_changed) or is_changed
        if said.indicator and not states_nothing(said.indicator.text):
            self._indicate(said.indicator, range(before, len(self.items)))
        return self.items[before:]

    def finished(self, source: SourceText) -> tuple[Item, ...]:
        """The items with their words, as SOURCE has them."""
        return tuple(
            replace(
                item,
                statement=source.quoted(item.spans),
                indicator=source.quoted(item.indicator_spans),
            )
            for item in self.items
        )

    def _take(self, cell: Cell, said: Said, is_changed: bool) -> bool:
        """Whether CELL states something else than the row above did."""
        step = _step(cell)
        if cell.same_as is not None and cell.same_as in self._by_name:
            self._current[step] = self._by_name[cell.same_as]
            return False
        is_repeated = not is_changed and step in self._current and cell.level not in LEAVES
        if is_repeated and self._said.get(step) == cell.text:
            self._by_name[cell.name] = self._current[step]
            return False
        self._said[step] = cell.text
        pieces = [] if states_nothing(cell.text) else _pieces(cell)
        if not pieces:
            if is_changed or not self.carries or cell.level in LEAVES:
                self._current.pop(step, None)
            return False
        parents = self._parents(step, cell)
        if cell.level not in LEAVES and self._is_same(step, pieces, parents):
            self._by_name[cell.name] = self._current[step]
            return False
        codes = [parent.printed_code for parent in parents]
        links = paired(codes, [piece.code for piece in pieces]) if parents else [None] * len(pieces)
        added = [
            self._add(self._item(cell, piece, parents, link, said))
            for piece, link in zip(pieces, links, strict=True)
        ]
        self._current[step] = added
        self._by_name[cell.name] = added
        return True

    def _item(
        self, cell: Cell, piece: _Piece, parents: Sequence[Item], link: int | None, said: Said
    ) -> Item:
        doubts = cell.doubts
        if link is not None:
            parent: int | None = parents[link].key
        elif len(parents) > 1:
            above = {each.parent for each in parents}
            parent = above.pop() if len(above) == 1 else self._root(cell.level)
            words = _(" o ").join(f"«{each.statement[:40]}»" for each in parents[:2])
            doubts += (Doubt(DoubtKind.UNPAIRED, _("Puede ser de %s.") % words),)
        else:
            parent = self._root(cell.level)
        return Item(
            key=len(self.items),
            parent=parent,
            level=cell.level,
            statement=piece.text,
            spans=piece.spans,
            where=cell.where,
            printed_code=piece.code[:CODE_LENGTH],
            kind=piece.kind,
            heading=said.heading if cell.level == Level.GUIDELINE else "",
            cui=said.cui if cell.level == Level.ACTIVITY else "",
            doubts=doubts,
        )

    def _root(self, level: str) -> int | None:
        if level == Level.GUIDELINE or self._dimension is None:
            return None
        return self._dimension.key

    def _parents(self, step: Step, cell: Cell) -> list[Item]:
        """The nearest items above STEP that may hold what CELL says.

        A table is read from left to right: a target is of no activity that stands behind it.
        """
        for above in sorted((each for each in self._current if each < step), reverse=True):
            items = self._current[above]
            is_behind = items and items[0].level == Level.ACTIVITY and above[1] > cell.column
            if items and not is_behind and items[0].level in PARENT_LEVELS[cell.level]:
                return items
        return []

    def _is_same(self, step: Step, pieces: Sequence[_Piece], parents: Sequence[Item]) -> bool:
        """Whether the row above said the very same, below the same."""
        now = self._current.get(step, [])
        words = [bare(item.statement) for item in now]
        above: set[int | None] = {parent.key for parent in parents}
        above = above or {self._root(item.level) for item in now}
        return words == [bare(piece.text) for piece in pieces] and all(
            item.parent in above for item in now
        )

    def _indicate(self, cell: Cell, added: range) -> None:
        """Give the targets that a row ADDED what they are measured by; without any, it is one."""
        targets = [at for at in added if self.items[at].level == Level.TARGET]
        if not targets:
            reason = _("Está bajo «Indicador», y la fila no dice la meta.")
            doubt = Doubt(DoubtKind.LEVEL, reason)
            self.add_row([replace(cell, level=Level.TARGET, doubts=(doubt,))])
            return
        pieces = _pieces(cell)
        codes = [self.items[at].printed_code for at in targets]
        links = paired(codes, [piece.code for piece in pieces])
        if len(targets) == 1 or None in links or len(set(links)) < len(links):
            self._measure(targets[0], cell.spans, is_sure=len(targets) == 1)
            return
        for piece, link in zip(pieces, links, strict=True):
            self._measure(targets[link or 0], piece.spans, is_sure=True)

    def _measure(self, at: int, spans: Spans, *, is_sure: bool) -> None:
        reason = _("El indicador está junto a varias metas, y no se sabe de cuál es.")
        doubt = () if is_sure else (Doubt(DoubtKind.UNPAIRED, reason),)
        item = self.items[at]
        self.items[at] = replace(item, indicator_spans=spans, doubts=item.doubts + doubt)

    def _add(self, item: Item) -> Item:
        self.items.append(item)
        return item


def _step(cell: Cell) -> Step:
    return ORDER.index(Level(cell.level)), cell.column


def _pieces(cell: Cell) -> list[_Piece]:
    """The statements of CELL: one, or those of its list; what only announces the list is none."""
    found = []
    listed = parts(cell.text)
    for at, part in enumerate(listed):
        text = cell.text[part.start : part.end]
        is_opening = at == 0 and len(listed) > 1 and not part.mark and text.endswith(":")
        if is_opening or states_nothing(text):
            continue
        start, code = part.start, part.code
        is_activity = cell.level == Level.ACTIVITY
        kind = cell.kind or (kind_of(text[:LONGEST_LABEL]) if is_activity else "")
        label = label_of(text[:LONGEST_LABEL])
        if label and label.level == cell.level and not label.is_title:
            start, code = part.start + label.start, label.code or code
            kind = cell.kind or label.kind or kind
        words = cell.text[start : part.end]
        spans = _spans(cell, start, part.end)
        found.append(_Piece(spans, words, code or cell.code, kind if is_activity else ""))
    return found


def _spans(cell: Cell, start: int, end: int) -> Spans:
    """Where [START, END) of the cell's text stands, whose white space the transcript folded."""
    [[origin, _end]] = cell.spans
    before = " ".join(cell.text[:start].split())
    is_apart = bool(before) and cell.text[start - 1].isspace()
    first = origin + len(before) + is_apart
    return [[first, origin + len(" ".join(cell.text[:end].split()))]]
