"""Mend what a reader understood: pure functions of an outline, each one step that a person takes.

MendRefused says why a step cannot be taken. Where the step changes words, they are those of the
source: a statement is always what `SourceText.quoted` gives of its spans.
"""

from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.mending.also_under import renamed
from plans.importers.mending.arranging import (
    MendRefused,
    above,
    after_family,
    changed,
    family,
    holds,
    hung,
    in_tree_order,
    one_of,
    refuse_unfit,
    rehung,
    relevelled,
    shifted,
    start_of,
    taken_out,
    usually_holds,
)
from plans.importers.mending.dividing import measures_of, rejoined, wholes
from plans.importers.mending.kept import Dropped, KeptOutline
from plans.importers.mending.quoting import between, cut, find, joined, shared_words
from plans.importers.mending.stating import OF_FIGURES, with_printed_figures
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.source_text import SourceText

MENDS: Final = {
    "level": frozenset({DoubtKind.LEVEL, DoubtKind.HEADING, DoubtKind.BASELINE}),
    "hang": frozenset({DoubtKind.UNPAIRED, DoubtKind.LEVEL}),
    "divide": frozenset({DoubtKind.FIGURES}),
    "cut": frozenset({DoubtKind.FIGURES}),
    "join": frozenset({DoubtKind.CUT, DoubtKind.OPEN}),
    "figure": OF_FIGURES,
    "merge": frozenset({DoubtKind.REPEATED}),
    "drop": frozenset({DoubtKind.REPEATED, DoubtKind.HEADING}),
}
"""The doubts that each step settles: it is offered beside them."""


def relevel(kept: KeptOutline, key: int, level: str, kind: str = "") -> KeptOutline:
    """Say what KEY is."""
    items = relevelled(kept.items, key, level, kind)
    return _apart(kept, changed(items, one_of(items, key).without(MENDS["level"])))


def hang(kept: KeptOutline, key: int, parent: int | None) -> KeptOutline:
    """Say from what KEY hangs: PARENT, or None for the top of the plan."""
    items = hung(kept.items, key, parent)
    item = one_of(items, key).without(MENDS["hang"])
    if item.also_under:
        left = tuple(each for each in item.also_under if each != parent)
        item = replace(item, also_under=left)
    return _apart(kept, changed(items, item))


def shift(kept: KeptOutline, key: int, by: int) -> KeptOutline:
    return kept.with_items(shifted(kept.items, key, by))


def split(kept: KeptOutline, key: int, at: int, source: SourceText) -> KeptOutline:
    """Two statements of one: the second begins with the word at the offset AT of the source.

    What hangs from it stays with the first; a figure goes with the words that print it.
    """
    item = one_of(kept.items, key)
    before, after = cut(item, at, source)
    first = item.without(MENDS["cut"])
    first = replace(first, spans=before, statement=source.quoted(before))
    second = replace(
        item,
        key=kept.next_key,
        spans=after,
        statement=source.quoted(after),
        ref="",
        printed_code="",
        doubts=(),
    )
    items = after_family(kept.items, key, with_printed_figures(second))
    return _apart(kept, changed(in_tree_order(items), with_printed_figures(first)))


def join(kept: KeptOutline, key: int, source: SourceText) -> KeptOutline:
    """One statement of KEY and of the one whose words come next in the source.

    The last two measures of a target are the target again.
    """
    item = one_of(kept.items, key)
    following = next_in_source(kept, item)
    if following is None:
        raise MendRefused(_("Después de este texto no hay otro con el que unirlo."))
    if following in above(kept.items, key):
        raise MendRefused(_("No puede unirse con aquello de lo que cuelga."))
    spans = joined([*item.spans, *following.spans], source)
    if divided := wholes(kept.items).get(key):
        measures = measures_of(kept.items, divided)
        if len(measures) == 2:
            return _apart(kept, rejoined(kept.items, divided, measures))
        spans = between(divided.spans, item, following)
    whole = replace(
        item.without(MENDS["join"]),
        spans=spans,
        statement=source.quoted(spans),
        ref=item.ref or following.ref,
        terms=item.terms or following.terms,
        indicator=item.indicator or following.indicator,
        indicator_spans=item.indicator_spans or following.indicator_spans,
        also_under=item.also_under or following.also_under,
    )
    items = renamed(changed(kept.items, whole), following.key, key)
    children = [each.key for each in items if each.parent == following.key]
    return _apart(kept, taken_out(rehung(items, children, key), following.key))


def next_in_source(kept: KeptOutline, item: Item) -> Item | None:
    """The statement whose words come first after those of ITEM; of a measure, another one."""
    if not item.spans:
        return None
    whole = wholes(kept.items)
    same = [each for each in kept.items if whole.get(each.key) == whole.get(item.key)]
    end = max(end for _start, end in item.spans)
    later = [each for each in same if (start := start_of(each)) is not None and start >= end]
    return min(later, key=lambda each: start_of(each) or 0, default=None)


def pair(kept: KeptOutline, key: int, ref: str) -> KeptOutline:
    """Say which published element KEY is; whoever was said to be it before is not any more."""
    item = one_of(kept.items, key)
    items = tuple(replace(each, ref="") if each.ref == ref else each for each in kept.items)
    return kept.with_items(changed(items, replace(item, ref=ref)))


def drop(kept: KeptOutline, key: int, reason: str, *, with_what_hangs: bool = False) -> KeptOutline:
    """Set KEY aside, with a REASON. What hangs from it goes too, or hangs from what is above."""
    item = one_of(kept.items, key)
    if not reason.strip():
        raise MendRefused(_("Diga por qué se descarta: el motivo queda escrito."))
    gone = family(kept.items, key) if with_what_hangs else {key}
    children = [each.key for each in kept.items if each.parent == key]
    items = kept.items if with_what_hangs else rehung(kept.items, children, item.parent)
    if not with_what_hangs and any(each.parent == key for each in items):
        raise MendRefused(
            _("Algo cuelga de este texto y no tiene otro lugar: descártelo también, o muévalo.")
        )
    dropped = [Dropped(each, reason.strip()) for each in kept.items if each.key in gone]
    left = tuple(each for each in items if each.key not in gone)
    return replace(kept.with_items(left), dropped=(*kept.dropped, *dropped))


def restore(kept: KeptOutline, key: int) -> KeptOutline:
    """Take back what was set aside: below its parent, where that still holds it; else above."""
    item = next((each.item for each in kept.dropped if each.item.key == key), None)
    if item is None:
        raise MendRefused(_("Ese texto ya no está entre los descartados."))
    keys = {each.key: each for each in kept.items}
    parent = keys.get(item.parent) if item.parent is not None else None
    if not holds(parent, item.level):
        parent = next(
            (each for each in reversed(kept.items) if usually_holds(each, item.level)), None
        )
    items = (*kept.items, replace(item, parent=parent.key if parent else None))
    if holds(parent, item.level):
        items = hung(in_tree_order(items), key, parent.key if parent else None)
    left = tuple(each for each in kept.dropped if each.item.key != key)
    return replace(_apart(kept, in_tree_order(items)), dropped=left)


def add(
    kept: KeptOutline,
    words: str,
    source: SourceText,
    *,
    level: str,
    kind: str = "",
    parent: int | None = None,
    line: int = 0,
) -> KeptOutline:
    """A statement that the reader did not see: WORDS as they stand in the source (at LINE)."""
    upper = one_of(kept.items, parent) if parent is not None else None
    refuse_unfit(upper, level)
    targets = [upper, *above(kept.items, parent)] if level == Level.TARGET else []
    divided = {each.key for each in targets if each and each.level == level}
    others = [each for each in kept.items if each.key not in divided]
    spans, where = find(words, source, others, line)
    item = Item(
        key=kept.next_key,
        parent=parent,
        level=level,
        kind=kind,
        statement=source.quoted(spans),
        spans=spans,
        where=where,
    )
    return kept.with_items(hung((*kept.items, item), item.key, parent))


def add_heading(kept: KeptOutline, kind: str, words: str) -> KeptOutline:
    """The heading of the dimension KIND, which the source does not print: WORDS are the form's."""
    if any(item.level == Level.DIMENSION and item.kind == kind for item in kept.items):
        raise MendRefused(_("Esa dimensión ya está en el borrador."))
    heading = Item(kept.next_key, None, Level.DIMENSION, words, [], kind=kind)
    return kept.with_items((*kept.items, heading))


def settle(kept: KeptOutline, key: int | None, doubt: Doubt) -> KeptOutline:
    """Say that what is doubted is right as it stands; without KEY, of the source as a whole."""
    if key is None:
        left = tuple(each for each in kept.outline.doubts if each != doubt)
        return replace(kept, outline=replace(kept.outline, doubts=left))
    item = one_of(kept.items, key)
    left = tuple(each for each in item.doubts if each != doubt)
    return kept.with_items(changed(kept.items, replace(item, doubts=left)))


def settle_alike(kept: KeptOutline, kind: str) -> KeptOutline:
    """Say that every text with a doubt of KIND is right as it stands."""
    items = tuple(
        replace(item, doubts=tuple(each for each in item.doubts if each.kind != kind))
        for item in kept.items
    )
    return kept.with_items(items)


def explain(kept: KeptOutline, ref: str, reason: str) -> KeptOutline:
    """Say why the published REF is not in the plan any more; "" takes it back."""
    others = {each: why for each, why in kept.reasons.items() if each != ref}
    return replace(kept, reasons=others | ({ref: reason} if reason else {}))


def _apart(kept: KeptOutline, items: tuple[Item, ...]) -> KeptOutline:
    """KEPT with ITEMS. MendRefused where two of them take the same words, and did not before."""
    before = {(one.key, other.key) for one, other in shared_words(kept.items)}
    for one, other in shared_words(items):
        if (one.key, other.key) not in before:
            reason = _(
                "Parte de esas palabras ya son de otro texto del borrador («%(one)s» y "
                "«%(other)s»): solo una meta y sus medidas las comparten."
            )
            shown = {"one": one.statement[:60], "other": other.statement[:60]}
            raise MendRefused(reason % shown)
    return kept.with_items(items)
