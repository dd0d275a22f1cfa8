"""A statement under a further parent: one that a plan has once, and names in several places.

It hangs from one of them and is counted there; in the others it stands as a cross-reference.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from django.utils.translation import gettext as _

from plans.importers.mending.arranging import (
    Items,
    MendRefused,
    above,
    changed,
    holders,
    holds,
    one_of,
    refusal,
    rehung,
)
from plans.importers.mending.kept import Dropped, KeptOutline
from plans.importers.outline import Item
from plans.source_text import bare


def fault_of(items: Sequence[Item], item: Item, parent: Item) -> str:
    """Why ITEM, of ITEMS, cannot stand under PARENT, too; "" where it can."""
    if item.key == parent.key:
        return _("es el mismo texto.")
    if not holds(parent, item.level):
        return refusal(item.level, parent.level)
    if parent in above(items, item.key):
        return _("ya cuelga de ahí.")
    if item in above(items, parent.key):
        return _("eso cuelga de este texto.")
    return ""


def further_parents(items: Iterable[Item], item: Item) -> list[Item]:
    """Under what else ITEM stands, as far as that is still there."""
    by_key = {each.key: each for each in items}
    return [by_key[key] for key in item.also_under or () if key in by_key]


def may_hold_too(items: Sequence[Item], item: Item) -> list[Item]:
    """Under what else ITEM may stand and does not, in the order of the tree."""
    there = {item.key, item.parent, *(item.also_under or ())}
    line = {each.key for each in above(items, item.key)}
    return [each for each in holders(items, item) if each.key not in there | line]


def stated(items: Sequence[Item], further: Mapping[str, Iterable[str]]) -> tuple[Item, ...]:
    """ITEMS, in which what says nothing of it stands under the FURTHER parents that are published.

    By reference. Left out is what does not fit any more, and where a copy of the words stands.
    """
    if not any(further.values()):
        return tuple(items)
    key_of = {item.ref: item.key for item in items}
    by_key = {item.key: item for item in items}
    copies = {(item.parent, said(item)) for item in items}
    return tuple(
        replace(
            item,
            also_under=tuple(
                key
                for ref in further[item.ref]
                if (key := key_of.get(ref)) is not None
                and not fault_of(items, item, by_key[key])
                and (key, said(item)) not in copies
            ),
        )
        if item.also_under is None and further.get(item.ref)
        else item
        for item in items
    )


def renamed(items: Iterable[Item], old: int, new: int) -> Items:
    """ITEMS in which what stood under OLD, too, stands under NEW, unless it hangs from there."""
    return tuple(
        replace(
            item,
            also_under=tuple(
                dict.fromkeys(
                    new if key == old else key
                    for key in item.also_under or ()
                    if key != old or new != item.parent
                )
            ),
        )
        if old in (item.also_under or ())
        else item
        for item in items
    )


def said(item: Item) -> tuple[str, str]:
    """Its level and words: by them a statement is known that is there twice."""
    return item.level, bare(item.statement).casefold()


def twin_of(items: Iterable[Item], item: Item) -> Item | None:
    """The statement with the same words that comes before ITEM, below something else."""
    same = next(each for each in items if each.key == item.key or said(each) == said(item))
    return same if are_apart(same, item) else None


def are_apart(one: Item, other: Item) -> bool:
    """Whether they hang from two things, and not from the top of the plan."""
    return None not in (one.parent, other.parent) and one.parent != other.parent


def stand_under(kept: KeptOutline, item: Item, parent: int) -> KeptOutline:
    """Say that ITEM, as it was seen with what is published of it, stands under PARENT, too."""
    upper = one_of(kept.items, parent)
    if fault := fault_of(kept.items, one_of(kept.items, item.key), upper):
        raise MendRefused(_("No puede estar también ahí: %s") % fault)
    return _standing(kept, item.key, (*(item.also_under or ()), parent))


def stand_no_more(kept: KeptOutline, item: Item, parent: int) -> KeptOutline:
    """Say that ITEM, seen so, does not stand under PARENT any more; where it hangs it stays."""
    left = [each for each in item.also_under or () if each != parent]
    return _standing(kept, item.key, left)


def _standing(kept: KeptOutline, key: int, parents: Iterable[int]) -> KeptOutline:
    item = replace(one_of(kept.items, key), also_under=tuple(dict.fromkeys(parents)))
    return kept.with_items(changed(kept.items, item))


def merge(kept: KeptOutline, key: int, twin: Item) -> KeptOutline:
    """Say that KEY is no second statement but its TWIN, as it was seen, which has both parents.

    What hangs from KEY hangs from its twin; what that has with the same words is one, too. KEY and
    those are set aside.
    """
    item = one_of(kept.items, key)
    found = twin_of(kept.items, item)
    if found is None or found.key != twin.key or item.parent is None:
        raise MendRefused(_("Antes de este texto no hay otro igual en otro lugar."))
    kept = stand_under(kept, twin, item.parent)
    items, gone = _merged(kept.items, item, twin)
    reason = _("Es el mismo texto que ya está en %s.")
    reason %= twin.where.words or f"«{twin.statement[:60]}»"
    left = renamed((each for each in items if each.key not in gone), key, twin.key)
    dropped = [Dropped(each, reason) for each in kept.items if each.key in gone]
    return replace(kept.with_items(left), dropped=(*kept.dropped, *dropped))


def _merged(items: Items, item: Item, twin: Item) -> tuple[Items, set[int]]:
    """ITEMS in which all that hangs from ITEM hangs from TWIN; what has to go, ITEM first."""
    own = {said(each): each for each in items if each.parent == twin.key}
    gone = {item.key}
    for child in [each for each in items if each.parent == item.key]:
        if same := own.get(said(child)):
            items, further = _merged(items, child, same)
            gone |= further
        else:
            items = rehung(items, [child.key], twin.key)
    return items, gone
