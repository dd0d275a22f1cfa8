"""Where the statements of an outline hang: their tree, told by a sequence of items.

Every function gives the items anew, in the order of the tree: each before what hangs from it, and
whatever hangs from it right after. A parent that is not there counts as none.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from plans.choices import OWN, PARENT_LEVELS, SELDOM, ActivityKind, Dimension, Level
from plans.importers.outline import Item

Items = tuple[Item, ...]


class MendRefused(ValueError):
    """A change that an outline cannot take; the message says why, in Spanish."""


def in_tree_order(items: Iterable[Item]) -> Items:
    """ITEMS with each below its parent; those of the same parent stay in their order."""
    rows = list(items)
    known = {item.key for item in rows}
    below: dict[int | None, list[Item]] = defaultdict(list)
    for item in rows:
        below[item.parent if item.parent in known else None].append(item)
    found: list[Item] = []
    waiting = below[None][::-1]
    while waiting:
        item = waiting.pop()
        found.append(item)
        waiting += below[item.key][::-1]
    return tuple(found)


def one_of(items: Iterable[Item], key: int | None) -> Item:
    """The item KEY. MendRefused where it is not there."""
    for item in items:
        if item.key == key:
            return item
    raise MendRefused(_("Ese texto ya no está en el borrador: otra persona lo quitó o lo unió."))


def family(items: Iterable[Item], key: int) -> set[int]:
    """The keys of an item and of all that hangs from it; ITEMS are in the order of the tree."""
    found = {key}
    for item in items:
        if item.parent in found:
            found.add(item.key)
    return found


def above(items: Iterable[Item], key: int | None) -> list[Item]:
    """What KEY hangs from, the nearest first, up to the top."""
    by_key = {item.key: item for item in items}
    found: list[Item] = []
    item = by_key.get(key) if key is not None else None
    while item and (item := by_key.get(item.parent) if item.parent is not None else None):
        found.append(item)
    return found


def depths(items: Iterable[Item]) -> dict[int, int]:
    """How deep each item hangs, by its key: 0 at the top. ITEMS are in the order of the tree."""
    found: dict[int, int] = {}
    for item in items:
        found[item.key] = found.get(item.parent, -1) + 1 if item.parent is not None else 0
    return found


def holds(parent: Item | None, level: str) -> bool:
    """Whether something of LEVEL may hang from PARENT, or stand at the top."""
    return (parent.level if parent else "") in PARENT_LEVELS[level]


def usually_holds(parent: Item, level: str) -> bool:
    """Whether it is so where nothing but the order of the text tells from what LEVEL hangs."""
    return holds(parent, level) and parent.level not in SELDOM.get(level, ())


def after_family(items: Sequence[Item], key: int, new: Item) -> Items:
    """ITEMS with NEW right after KEY and what hangs from it."""
    own = family(items, key)
    last = max(n for n, each in enumerate(items) if each.key in own)
    return (*items[: last + 1], new, *items[last + 1 :])


def taken_out(items: Iterable[Item], key: int) -> Items:
    """ITEMS without KEY, from whose parent hangs what nothing else holds."""
    rows = [*items]
    parent = one_of(rows, key).parent
    left = (
        replace(each, parent=parent) if each.parent == key else each
        for each in rows
        if each.key != key
    )
    return in_tree_order(left)


def changed(items: Iterable[Item], new: Item) -> Items:
    """ITEMS with NEW in the place of the one that has its key."""
    return tuple(new if item.key == new.key else item for item in items)


def hung(items: Items, key: int, parent: int | None) -> Items:
    """KEY, with what hangs from it, below PARENT, where its words come in the source."""
    item = one_of(items, key)
    if parent in family(items, key):
        raise MendRefused(_("Un texto no puede colgar de sí mismo ni de lo que cuelga de él."))
    upper = one_of(items, parent) if parent is not None else None
    refuse_unfit(upper, item.level)
    return _in_place(items, replace(item, parent=parent))


def refuse_unfit(parent: Item | None, level: str) -> None:
    """MendRefused where nothing of LEVEL may hang from PARENT, or stand at the top."""
    if not holds(parent, level):
        raise MendRefused(refusal(level, parent.level if parent else ""))


def refusal(level: str, parent_level: str) -> str:
    """Why something of LEVEL cannot hang from something of PARENT_LEVEL, "" for the plan itself."""
    shown = {
        "level": Level(level).label,
        "parent": str(Level(parent_level).label).lower() if parent_level else _("el plan mismo"),
    }
    return _("%(level)s no puede colgar de %(parent)s.") % shown


def relevelled(items: Items, key: int, level: str, kind: str) -> Items:
    """KEY as something of LEVEL (of that KIND, for a dimension or an activity).

    It hangs from the nearest above that may hold it, or else from the nearest before; what hangs
    from it follows where it may, and hangs higher where it may not.
    """
    item = one_of(items, key)
    reason = _kind_fault(level, kind)
    if reason:
        raise MendRefused(reason)
    parent = _nearest_holder(items, item, level)
    is_other = (level, kind) != (item.level, item.kind)
    item = replace(item, level=level, kind=kind, parent=parent, ref="" if is_other else item.ref)
    rows = _in_place(items, item) if parent != one_of(items, key).parent else changed(items, item)
    children = [each.key for each in rows if each.parent == key and not holds(item, each.level)]
    return rehung(rows, children, parent)


def rehung(items: Items, keys: Collection[int], parent: int | None) -> Items:
    """KEYS below PARENT, or the nearest above it that may hold them; else they stay."""
    chain = [one_of(items, parent), *above(items, parent)] if parent is not None else []
    for key in keys:
        item = one_of(items, key)
        fitting = next((each for each in [*chain, None] if holds(each, item.level)), item)
        if fitting is not item:
            target = fitting.key if fitting else None
            items = changed(items, replace(item, parent=target))
    return in_tree_order(items)


def shifted(items: Items, key: int, by: int) -> Items:
    """KEY one place up (BY -1) or down (+1) among those that hang from the same place."""
    item = one_of(items, key)
    same = [each for each in items if each.parent == item.parent]
    at = same.index(item)
    if not 0 <= at + by < len(same):
        raise MendRefused(_("Ya está en el extremo: no hay con qué cambiar de lugar."))
    other = same[at + by]
    swapped = {item.key: other, other.key: item}
    return in_tree_order(swapped.get(each.key, each) for each in items)


def holders(items: Sequence[Item], item: Item) -> list[Item]:
    """From what ITEM may hang, in the order of the tree: not from itself nor from what it holds."""
    own = family(items, item.key)
    return [each for each in items if each.key not in own and holds(each, item.level)]


def _kind_fault(level: str, kind: str) -> str:
    if level not in Level.values:
        return _("Ese nivel no existe.")
    kinds = {Level.DIMENSION: [*Dimension.values, OWN], Level.ACTIVITY: ActivityKind.values}
    wanted = kinds.get(Level(level), [""])
    return "" if kind in wanted else _("Diga cuál es.")


def _nearest_holder(items: Items, item: Item, level: str) -> int | None:
    chain = above(items, item.key)
    is_rooted = not chain
    if is_rooted and holds(None, level):
        return None
    for each in chain:
        if holds(each, level):
            return each.key
    if holds(None, level):
        return None
    own = family(items, item.key)
    before = items[: [each.key for each in items].index(item.key)]
    for each in reversed(before):
        if each.key not in own and usually_holds(each, level):
            return each.key
    shown = Level(level).label
    raise MendRefused(_("Antes de ese texto no hay nada de lo que %s pueda colgar.") % shown)


def _in_place(items: Iterable[Item], moved: Item) -> Items:
    """MOVED among those of its parent, before the first whose words come later in the source."""
    rest = [item for item in items if item.key != moved.key]
    start = start_of(moved)
    later = (
        at
        for at, each in enumerate(rest)
        if each.parent == moved.parent and start is not None and (start_of(each) or 0) > start
    )
    at = next(later, len(rest))
    return in_tree_order([*rest[:at], moved, *rest[at:]])


def start_of(item: Item) -> int | None:
    """Where its words begin in the source; None for a heading that the source does not print."""
    return min(start for start, _end in item.spans) if item.spans else None
