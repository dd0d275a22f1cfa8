"""A target with several figures as several measures: targets below it, each with part of its words.

The target keeps its words and promises no figure itself; its measures are what is reported.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.draft import Spans
from plans.importers.mending.arranging import (
    MendRefused,
    after_family,
    changed,
    in_tree_order,
    one_of,
    taken_out,
)
from plans.importers.mending.kept import KeptOutline
from plans.importers.mending.quoting import cut, word_starts
from plans.importers.outline import DoubtKind, Item
from plans.importers.printed.figures import figures_in
from plans.importers.printed.proving import is_printed
from plans.importers.proposing import proposed
from plans.source_text import SourceText, left_of
from plans.term import Term

SETTLED: Final = frozenset({DoubtKind.FIGURES, DoubtKind.FIGURE, DoubtKind.UNREAD})
"""What is doubted of a figure is of the measures, once there are any."""
# What stands between two measures and is of neither: "… y", ", además", the number of the second.
_LINK: Final = re.compile(
    r"(?:[\s,;:]+(?:y|e|así como|además)(?=\W*\Z))?[\s,;:]*(?:(?<=[.;])\s+[0-9]{1,2}[.)]\s*)?\Z",
    re.I,
)
_INFINITIVE: Final = re.compile(r"[^\W\d_]{2,}(?:ar|er|ir)(?:se|las?|los?)?\W*", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]{1,2}[.)]")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")


class Division(NamedTuple):
    """Where a target may be divided, as an offset of its source, and the words of its measures."""

    at: int
    first: str
    second: str


def divide(
    kept: KeptOutline, key: int, at: int, source: SourceText, term: Term | None = None
) -> KeptOutline:
    """Two measures of the target KEY: the second begins with the word at the offset AT of SOURCE.

    Each has the figure that was said of it, or what its words propose in a plan of TERM. What is a
    measure already becomes two of the same target.
    """
    item = one_of(kept.items, key)
    if item.level != Level.TARGET:
        raise MendRefused(_("Solo una meta se divide en medidas."))
    if measures_of(kept.items, item):
        raise MendRefused(_("Esta meta ya está dividida: divida una de sus medidas."))
    before, after = cut(item, at, source)
    new = kept.next_key
    if key in wholes(kept.items):
        first = _measure(item, _unlinked(before, source), source, term)
        second = _measure(replace(item, key=new, ref=""), after, source, term)
        items = after_family(changed(kept.items, first), key, second)
        return kept.with_items(in_tree_order(items))
    part = replace(item, parent=key, ref="", also_under=None)
    measures = (
        _measure(replace(part, key=new), _unlinked(before, source), source, term),
        _measure(replace(part, key=new + 1), after, source, term),
    )
    items = changed(kept.items, replace(item.without(SETTLED), terms=None))
    return kept.with_items(in_tree_order((*items, *measures)))


def wholes(items: Iterable[Item]) -> dict[int, Item]:
    """By the key of each measure the target that it is one of: whose words it takes, below it."""
    by_key = {item.key: item for item in items}
    found: dict[int, Item] = {}
    for item in by_key.values():
        upper = by_key.get(item.parent) if item.parent is not None else None
        while upper and upper.level == item.level == Level.TARGET:
            if left_of(upper.spans, item.spans) != upper.spans:
                found[item.key] = upper
                break
            upper = by_key.get(upper.parent) if upper.parent is not None else None
    return found


def measures_of(items: Iterable[Item], item: Item) -> list[Item]:
    """The measures that the target ITEM is divided into, in the order of ITEMS."""
    rows = [*items]
    whole = wholes(rows)
    return [each for each in rows if each.key in whole and whole[each.key].key == item.key]


def rejoined(items: Sequence[Item], whole: Item, measures: Sequence[Item]) -> tuple[Item, ...]:
    """ITEMS with WHOLE as it was before it was divided into MEASURES, with the figure of one."""
    terms = next((each.terms for each in measures if each.terms), None)
    for measure in measures:
        items = taken_out(items, measure.key)
    return changed(items, replace(whole, terms=terms))


def proposed_division(item: Item, source: SourceText) -> Division | None:
    """Where ITEM says a second thing with a figure of its own; None where its words do not tell.

    "Bajar 5 % los robos y subir a 70 % la confianza" does; "bajar de 40 % a 20 %" does not.
    """
    starts = word_starts(item, source)
    said = " ".join(word for _start, word in starts)
    places = [0]
    for _start, word in starts:
        places.append(places[-1] + len(word) + 1)
    figures = [each for each in figures_in(said) if not each.is_duration]
    for one, other in pairwise(figures):
        for n in range(len(starts) - 1, 0, -1):
            if not one.end <= places[n] <= other.start:
                continue
            # "5 y 10 postas" is one thing, "5 aulas y 10 postas" two.
            is_counted = _WORD.search(said, one.end, other.start) is not None
            is_figure = is_counted and places[n] == other.start
            if _begins(starts[n - 1][1], starts[n][1], is_figure=is_figure):
                before, after = cut(item, starts[n][0], source)
                found = Division(
                    starts[n][0], source.quoted(_unlinked(before, source)), source.quoted(after)
                )
                if _WORD.search(found.first) and _WORD.search(found.second):
                    return found
    return None


def _begins(before: str, word: str, *, is_figure: bool) -> bool:
    """Whether WORD, with BEFORE right before it, begins something else."""
    if _NUMBER.fullmatch(word):
        return False
    if (before[-1] in ".;" and not before[0].isdigit()) or _NUMBER.fullmatch(before):
        return True
    is_linked = before.lower() in {"y", "e", "además"} or before[-1] == ","
    return is_linked and (is_figure or _INFINITIVE.fullmatch(word) is not None)


def _measure(item: Item, spans: Spans, source: SourceText, term: Term | None) -> Item:
    """ITEM as a measure that takes SPANS; what was said of its figure stays where they print it."""
    statement = source.quoted(spans)
    terms, doubts = proposed(statement, term=term)
    said = item.terms
    if said and said.goal is not None and is_printed(said.goal, statement, said.unit_of_measure):
        terms, doubts = said, ()
    return Item(
        key=item.key,
        parent=item.parent,
        level=item.level,
        statement=statement,
        spans=spans,
        where=item.where,
        ref=item.ref,
        terms=terms,
        doubts=doubts,
    )


def _unlinked(spans: Spans, source: SourceText) -> Spans:
    """SPANS without what only links them with what comes next: "… los robos y"."""
    *others, (start, end) = spans
    link = _LINK.search(source.text, start, end)
    left = link.start() if link else end
    return [*others, [start, left]] if left > start else spans
