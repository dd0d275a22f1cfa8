"""What a draft changes of the plan that is there: new, changed, moved, gone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from plans.importers.mending.also_under import further_parents
from plans.importers.outline import Item
from plans.importers.refs import Published
from plans.source_text import bare
from plans.wording import Op, word_differences


@dataclass(frozen=True)
class Changed:
    """A statement that says something else now, word by word."""

    item: Item
    words: list[tuple[Op, str]]


@dataclass(frozen=True)
class Moved:
    """A statement that hangs from something else now; each by its words, "" for the plan itself."""

    item: Item
    before: str
    after: str


@dataclass(frozen=True)
class Shared:
    """A statement that stands under other further parents now; LEFT and ADDED by their words."""

    item: Item
    left: list[str]
    added: list[str]


@dataclass
class Differences:
    new: list[Item] = field(default_factory=list)
    changed: list[Changed] = field(default_factory=list)
    moved: list[Moved] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)
    gone: list[Published] = field(default_factory=list)
    same: int = 0


def differences(items: Iterable[Item], published: Iterable[Published]) -> Differences:
    """ITEMS, each with its reference, against what is PUBLISHED, in the order of either.

    What had been withdrawn and comes back is new.
    """
    rows = list(items)
    current = {each.ref: each for each in published if not each.is_withdrawn}
    words = {each.ref: each.statement for each in current.values()}
    by_key = {item.key: item for item in rows}
    found = Differences()
    for item in rows:
        before = current.get(item.ref)
        if before is None:
            found.new.append(item)
            continue
        above = by_key.get(item.parent) if item.parent is not None else None
        is_moved = (above.ref if above else "") != before.parent_ref
        is_changed = bare(item.statement) != bare(before.statement)
        if is_changed:
            found.changed.append(Changed(item, word_differences(before.statement, item.statement)))
        if is_moved:
            after = above.statement if above else ""
            found.moved.append(Moved(item, words.get(before.parent_ref, ""), after))
        further = further_parents(rows, item)
        refs = {each.ref for each in further}
        # Where what it also stood under is gone, that it is gone is told.
        left = [words[ref] for ref in before.also_under if ref in words and ref not in refs]
        added = [each.statement for each in further if each.ref not in before.also_under]
        is_shared = bool(left or added)
        if is_shared:
            found.shared.append(Shared(item, left, added))
        found.same += not (is_changed or is_moved or is_shared)
    kept = {item.ref for item in rows}
    found.gone = [each for ref, each in current.items() if ref not in kept]
    return found
