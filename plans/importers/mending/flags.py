"""What a person should look at in a statement before it is published. Nothing is mended."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final

from django.utils.translation import gettext as _

from plans.choices import Level
from plans.importers.draft import TermsDraft
from plans.importers.mending.also_under import are_apart, said
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.importers.printed.figures import years_in
from plans.importers.proposing import proposed
from plans.term import Term

_CUT: Final = re.compile(
    r"(?:[,;\-–¿¡(«“]|\.\.\.|…|\b(?:a|al|con|de|del|e|el|en|la|las|los|o|para|por|que|su|sus|un|una|y))\Z",
    re.IGNORECASE,
)
_CLOSES: Final = {")": "(", "]": "[", "»": "«", "”": "“"}
_OPENS: Final = frozenset((*_CLOSES.values(), '"'))
PROMISED: Final = frozenset({Level.OBJECTIVE, Level.ACTIVITY, Level.TARGET})
"""Levels that speak of what will be: a year outside the term is unlikely there."""


def looked_over(items: Iterable[Item], term: Term | None = None) -> tuple[Item, ...]:
    """ITEMS of a plan of TERM with what each proposes and all that is to be looked at.

    What a reader already doubts or states stays as it is. Their term has to be known, where it can
    be: whether a year is past, and a figure where things stood, depends on it.
    """
    rows = tuple(items)
    by_key = {item.key: item for item in rows}
    seen: dict[tuple[str, str], Item] = {}
    return tuple(_looked_over(item, _twin_to_ask_of(item, seen, by_key), term) for item in rows)


def doubts_of(statement: str, level: str, term: Term | None = None) -> Iterator[Doubt]:
    """What is unlikely in the words of one STATEMENT alone."""
    if _CUT.search(statement.rstrip()):
        yield Doubt(DoubtKind.CUT, _("Termina en «%s».") % statement.rstrip()[-30:])
    if opened := open_sign(statement):
        yield Doubt(DoubtKind.OPEN, _("«%s» se abre y no se cierra.") % opened)
    if term and level in PROMISED:
        outside = sorted({year for year in years_in(statement) if not term.holds(year)})
        if outside:
            years = ", ".join(map(str, outside))
            shown = {"years": years, "term": term.printed}
            yield Doubt(DoubtKind.DATE, _("Nombra %(years)s; el plan es de %(term)s.") % shown)


def open_sign(text: str) -> str:
    """The last bracket or quotation mark that TEXT opens and does not close; "" for none."""
    if _OPENS.isdisjoint(text):
        return ""
    waiting: list[str] = []
    for letter in text:
        if letter in _CLOSES.values():
            waiting.append(letter)
        elif waiting and _CLOSES.get(letter) == waiting[-1]:
            waiting.pop()
    if not waiting and text.count('"') % 2:
        return '"'
    return waiting[-1] if waiting else ""


def _twin_to_ask_of(
    item: Item, seen: dict[tuple[str, str], Item], by_key: Mapping[int, Item]
) -> Item | None:
    """What has the words of ITEM before it, unless what is asked of their parents settles it."""
    twin = seen.setdefault(said(item), item)
    if twin is item or item.level == Level.DIMENSION:
        return None
    keys = [each.parent for each in (twin, item)]
    uppers = [by_key[key] for key in keys if key is not None and key in by_key]
    is_asked_above = (
        are_apart(twin, item)
        and len({said(upper) for upper in uppers}) == 1
        and uppers[0].level != Level.DIMENSION
    )
    return None if is_asked_above else twin


def _looked_over(item: Item, twin: Item | None, term: Term | None) -> Item:
    doubts = [*item.doubts, *doubts_of(item.statement, item.level, term)]
    if item.indicator and (opened := open_sign(item.indicator)):
        doubts.append(Doubt(DoubtKind.OPEN, _("«%s» se abre y no se cierra.") % opened))
    if twin is not None:
        words = twin.where.words or twin.statement[:60]
        reason = _("Ya está en %s.")
        if are_apart(twin, item):
            reason = _("Ya está en %s, bajo otro texto: ¿es uno solo, que está en los dos?")
        doubts.append(Doubt(DoubtKind.REPEATED, reason % words))
    if item.level != Level.TARGET:
        return replace(item, doubts=_first_of_each(doubts))
    terms, doubts = _measured(item, doubts, term)
    return replace(item, terms=terms, doubts=_first_of_each(doubts))


def _measured(
    item: Item, doubts: list[Doubt], term: Term | None
) -> tuple[TermsDraft | None, list[Doubt]]:
    """What a target proposes, in the unit that its source says beside it."""
    if item.terms and item.terms.goal is not None:
        return item.terms, doubts
    terms, of_figures = proposed(item.statement, item.indicator, term)
    if terms and item.terms:
        terms = replace(terms, unit_of_measure=item.terms.unit_of_measure)
    return terms, [*doubts, *of_figures]


def _first_of_each(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """DOUBTS with one of each kind: what a reader knows comes before what words suggest."""
    return tuple({doubt.kind: doubt for doubt in reversed([*doubts])}.values())[::-1]
