"""How a promise could be measured, by its own words: for people to confirm, never saved alone."""

import re
from typing import Any, Final

from plans.choices import PERCENT, Direction, Level, MeasureKind, Nature
from plans.importers.draft import TermsDraft
from plans.importers.printed.figures import figures_in, words_in
from plans.importers.proposing import proposed
from plans.models import PlanElement

DELIVERS: Final = re.compile(
    r"\b(?:constru|implement|instal|crear|creaci[oó]n|se cre[oó]|repotenci|equip|elabor|rehabilit"
    r"|asfalt|paviment|adquir|entreg|ejecut|realiz|capacit|culmin|gestion|formul|habilit|remodel"
    r"|reforest|sembr)\w*",
    re.IGNORECASE,
)
LONGEST_SIGN: Final = 2
"""A unit of so few letters is a sign: km, ha, m². What is counted in it has parts."""


def proposal_of(element: PlanElement) -> dict[str, Any]:
    """What the words of ELEMENT suggest, by field of its terms; what is in doubt is left out.

    Something that is done or handed over is a delivery, counted where one clear figure says how
    many; of others the one clear figure says kind, goal, unit and direction.
    """
    terms, _doubts = proposed(element.statement, element.indicator, element.plan.term)
    delivers = element.level == Level.ACTIVITY or DELIVERS.search(element.statement) is not None
    if terms is None or terms.goal is None:
        has_figures = bool(figures_in(element.statement)) or any(words_in(element.statement))
        return {"kind": MeasureKind.DELIVERY} if delivers and not has_figures else {}
    if delivers and terms.unit_of_measure not in {"", PERCENT} and terms.goal > 0:
        return _counted(terms) | {"kind": MeasureKind.DELIVERY}
    return _valued(terms)


def _counted(terms: TermsDraft) -> dict[str, Any]:
    said = {"goal": terms.goal, "unit_of_measure": terms.unit_of_measure}
    is_sign = len(terms.unit_of_measure) <= LONGEST_SIGN
    is_whole = terms.goal is not None and terms.goal == terms.goal.to_integral_value()
    return said | ({"nature": Nature.WHOLES} if is_whole and not is_sign else {})


def _valued(terms: TermsDraft) -> dict[str, Any]:
    names = ("kind", "goal", "unit_of_measure", "direction")
    said = {name: getattr(terms, name) for name in names if getattr(terms, name)}
    if terms.kind != MeasureKind.LEVEL or terms.unit_of_measure != PERCENT:
        return said
    if terms.goal is not None and 0 <= terms.goal <= 100:
        said["nature"] = Nature.SHARE
    return {"direction": Direction.UP} | said
