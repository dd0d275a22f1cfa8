"""What a target of a draft is measured by: its figures and indicator, as its text prints them."""

from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.draft import Spans, TermsDraft
from plans.importers.mending.arranging import MendRefused, changed, one_of, start_of
from plans.importers.mending.dividing import measures_of
from plans.importers.mending.flags import open_sign
from plans.importers.mending.kept import KeptOutline
from plans.importers.mending.quoting import find_near
from plans.importers.outline import DoubtKind, Item
from plans.importers.printed.proving import is_printed
from plans.source_text import SourceText

OF_FIGURES: Final = frozenset(
    {DoubtKind.FIGURE, DoubtKind.FIGURES, DoubtKind.UNREAD, DoubtKind.BASELINE}
)
"""The doubts that are settled once somebody says the figure."""


def set_terms(kept: KeptOutline, key: int, terms: TermsDraft | None) -> KeptOutline:
    """Say what figure KEY promises, None for none."""
    item = one_of(kept.items, key)
    if terms and terms != _printed_of(item, terms):
        raise MendRefused(_("Esa cifra no está en el texto: aquí va la que el plan imprime."))
    if terms and measures_of(kept.items, item):
        raise MendRefused(_("Esta meta está dividida: la cifra la dice cada una de sus medidas."))
    stated = replace(item.without(OF_FIGURES), terms=terms)
    return kept.with_items(changed(kept.items, stated))


def set_indicator(
    kept: KeptOutline, key: int, words: str, source: SourceText, line: int = 0
) -> KeptOutline:
    """Say by what the target KEY is measured: WORDS as they stand in the source; "" for nothing.

    They are looked for from the target on, and else from the beginning; or from LINE.
    """
    item = one_of(kept.items, key)
    if words.strip() and item.level != Level.TARGET:
        raise MendRefused(_("Solo una meta lleva un indicador."))
    without = replace(item, indicator="", indicator_spans=[])
    spans: Spans = []
    if words.strip():
        others = changed(kept.items, without)
        near = line or source.line_of(start_of(item) or 0)
        spans = find_near(words, source, others, near, is_fixed=bool(line))
    stated = replace(without, indicator=source.quoted(spans), indicator_spans=spans)
    if not open_sign(item.statement):
        stated = stated.without({DoubtKind.OPEN})
    return kept.with_items(changed(kept.items, with_printed_figures(stated)))


def with_printed_figures(item: Item) -> Item:
    """ITEM with what its words print of the figures that were said of it."""
    return replace(item, terms=_printed_of(item, item.terms)) if item.terms else item


def _printed_of(item: Item, terms: TermsDraft) -> TermsDraft | None:
    """What of TERMS the text of ITEM prints; None where it does not print the goal."""

    def prints(figure: Decimal | None) -> bool:
        printed = f"{item.statement}\n{item.indicator}"
        return figure is None or is_printed(figure, printed, terms.unit_of_measure)

    if not prints(terms.goal):
        return None
    return replace(
        terms,
        baseline=terms.baseline if prints(terms.baseline) else None,
        milestones={when: each for when, each in terms.milestones.items() if prints(each)},
    )
