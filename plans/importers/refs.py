"""Give each statement its reference: the one that it had, where it is still the same; else a new.

A reference is a permanent link, so that nothing that was published is ever called otherwise, and
none is given twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import count
from string import ascii_uppercase
from typing import Final

from plans.choices import Dimension, Level
from plans.importers.draft import TermsDraft
from plans.importers.mending.also_under import stated
from plans.importers.outline import Item
from plans.source_text import bare

LETTERS: Final = {
    Dimension.SOCIAL: "S",
    Dimension.ECONOMIC: "E",
    Dimension.ENVIRONMENTAL: "A",
    Dimension.INSTITUTIONAL: "I",
}
GUIDELINES: Final = "L"
ALIKE: Final = 0.85
"""From which likeness of two texts below the same parent on the later is the earlier, mended."""


@dataclass(frozen=True)
class Published:
    """What the plan already has of an element: its place in the tree, and whether it is there.

    ``note``, ``cui``, ``terms`` (those that collect what its text says) and ``also_under`` (the
    references of its further parents) are what a source may be silent about, and its next reading
    must not lose.
    """

    ref: str
    parent_ref: str
    level: str
    dimension: str
    statement: str
    is_withdrawn: bool = False
    note: str = ""
    cui: str = ""
    terms: TermsDraft | None = None
    also_under: tuple[str, ...] = ()


def with_refs(items: Sequence[Item], published: Iterable[Published] = ()) -> tuple[Item, ...]:
    """ITEMS, each with its reference; parents come before their children.

    One that has a reference keeps it. What is silent about its further parents has those that are
    published.
    """
    rows = list(published)
    further = {row.ref: row.also_under for row in rows if not row.is_withdrawn}
    return stated(tuple(_Refs(rows).given(items)), further)


class _Refs:
    def __init__(self, published: Iterable[Published]) -> None:
        rows = list(published)
        self._by_words: dict[tuple[str, str], list[Published]] = defaultdict(list)
        self._below: dict[tuple[str, str], list[Published]] = defaultdict(list)
        for row in sorted(rows, key=lambda each: each.is_withdrawn):
            self._by_words[row.level, bare(row.statement)].append(row)
            self._below[row.level, row.parent_ref].append(row)
        self._used = {row.ref for row in rows}
        self._given: set[str] = set()
        self._ref_of: dict[int | None, str] = {None: ""}
        self._kind_of: dict[int | None, str] = {None: ""}
        self._next: dict[str, Iterator[int]] = defaultdict(lambda: count(1))

    def given(self, items: Sequence[Item]) -> Iterator[Item]:
        self._given = {item.ref for item in items if item.ref}
        for item in items:
            self._kind_of[item.key] = (
                item.kind if item.level == Level.DIMENSION else self._kind_of.get(item.parent, "")
            )
        # What has the very same words comes first: nothing that is only alike takes its place.
        same = {item.key: ref for item in items if not item.ref and (ref := self._same(item))}
        for item in items:
            above = self._ref_of.get(item.parent, "")
            ref = item.ref or same.get(item.key) or self._alike(item, above)
            ref = ref or self._new(item, above)
            self._given.add(ref)
            self._ref_of[item.key] = ref
            yield replace(item, ref=ref)

    def _same(self, item: Item) -> str:
        for row in self._by_words[item.level, bare(item.statement)]:
            if row.ref not in self._given and self._is_of_the_dimension(row, item):
                self._given.add(row.ref)
                return row.ref
        return ""

    def _is_of_the_dimension(self, row: Published, item: Item) -> bool:
        """A reference never changes its dimension; the plan's own ones are told by their place."""
        kind = self._kind_of[item.key]
        return row.dimension == kind or not {row.dimension, kind} & {"", *Dimension.values}

    def _alike(self, item: Item, above: str) -> str:
        free = [
            row
            for row in self._below[item.level, above]
            if row.ref not in self._given and self._is_of_the_dimension(row, item)
        ]
        if not free:
            return ""
        likeness = SequenceMatcher(b=bare(item.statement), autojunk=False)
        best, ref = ALIKE, ""
        for row in free:
            likeness.set_seq1(bare(row.statement))
            if likeness.quick_ratio() >= best and (ratio := likeness.ratio()) >= best:
                best, ref = ratio, row.ref
        return ref

    def _new(self, item: Item, above: str) -> str:
        taken = self._used | self._given
        if not above:
            return self._root(item, taken)
        for number in self._next[above]:
            ref = f"{above}.{number}"
            if ref not in taken:
                return ref
        raise AssertionError  # counting does not end

    def _root(self, item: Item, taken: set[str]) -> str:
        if item.level != Level.DIMENSION:
            for number in self._next[GUIDELINES]:
                if (ref := f"{GUIDELINES}.{number}") not in taken:
                    return ref
        own = LETTERS.get(Dimension(item.kind)) if item.kind in Dimension.values else None
        reserved = {*LETTERS.values(), GUIDELINES}
        others = (letter for letter in ascii_uppercase if letter not in reserved)
        return next((ref for ref in (*filter(None, [own]), *others) if ref not in taken), "")
