"""How a promise could be measured, by the one figure of its text: for people to confirm."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.core.exceptions import ValidationError

from plans.choices import PERCENT, Direction, Level, MeasureKind, Nature
from plans.figures import read_figure
from plans.importers.printed_figures import PRINTED, YEAR
from plans.models import PlanElement

FALLS: Final = re.compile(
    r"\b(?:reduc|disminu|baj[aáeo]|minimi|erradic|elimin|descen|mengu)\w*", re.IGNORECASE
)
RISES: Final = re.compile(
    r"\b(?:aument|increment|elev|ampli|mejor|subi|crec|fortalec|logr|alcanz|llegar|cubr|garanti)\w*",
    re.IGNORECASE,
)
STAYS: Final = re.compile(r"\b(?:manten|conserv|sosten)\w*", re.IGNORECASE)
DELIVERS: Final = re.compile(
    r"\b(?:constru|implement|instal|cre(?:ar|aci|ó)|repotenci|equip|elabor|rehabilit|asfalt"
    r"|paviment|adquir|entreg|ejecut|realiz|capacit|culmin|gestion|formul|habilit|remodel)\w*",
    re.IGNORECASE,
)
TO: Final = re.compile(r"(?:\b(?:a|al|hasta|del?)\s+(?:un|el|la)?\s*)\Z", re.IGNORECASE)
UNIT: Final = re.compile(r"\s*(?:de\s+)?(?:nuev[oa]s\s+)?(?P<word>[^\W\d_]{2,20}[\u00b2\u00b3]?)")
NO_UNIT: Final = frozenset(
    {"de", "del", "por", "para", "en", "que", "con", "al", "los", "las", "el", "la", "a", "y"}
)


@dataclass(frozen=True)
class Printed:
    """The one figure of a text, as it stands in it."""

    value: Decimal
    is_percent: bool
    before: str
    after: str


def proposal_of(element: PlanElement) -> dict[str, Any]:
    """What the text of ELEMENT suggests, by field of its terms; what it does not say is left out.

    Nothing where it prints no figure and names nothing that is delivered, where it prints two, or
    one that could be read in two ways.
    """
    text = element.statement
    printed = _printed(text)
    if len(printed) > 1 or any(each is None for each in printed):
        return {}
    if not printed or printed[0] is None:
        is_delivery = element.level == Level.ACTIVITY or DELIVERS.search(text)
        return {"kind": MeasureKind.DELIVERY} if is_delivery else {}
    return _of_percent(printed[0], text) if printed[0].is_percent else _of_count(printed[0], text)


def _of_percent(found: Printed, text: str) -> dict[str, Any]:
    proposed: dict[str, Any] = {"goal": found.value, "unit_of_measure": PERCENT}
    is_level = bool(TO.search(found.before))
    if STAYS.search(text):
        return proposed | {"kind": MeasureKind.LEVEL, "direction": Direction.KEEP}
    direction = _direction(text)
    if found.value == 100 and direction != Direction.DOWN:
        is_level = True
    if is_level or not direction:
        nature = {"nature": Nature.SHARE} if found.value <= 100 else {}
        return proposed | {
            "kind": MeasureKind.LEVEL,
            "direction": direction or Direction.UP,
            **nature,
        }
    return proposed | {"kind": MeasureKind.CHANGE, "direction": direction}


def _of_count(found: Printed, text: str) -> dict[str, Any]:
    unit = UNIT.match(found.after)
    if unit is None or unit["word"].casefold() in NO_UNIT or found.value <= 0:
        return {}
    proposed: dict[str, Any] = {"goal": found.value, "unit_of_measure": unit["word"].casefold()}
    if found.value == found.value.to_integral_value() and len(unit["word"]) > 2:
        proposed["nature"] = Nature.WHOLES
    direction = _direction(text)
    if direction and not DELIVERS.search(text):
        kind = MeasureKind.LEVEL if TO.search(found.before) else MeasureKind.CHANGE
        return proposed | {"kind": kind, "direction": direction}
    return proposed | {"kind": MeasureKind.DELIVERY}


def _direction(text: str) -> str:
    """The one way in which TEXT says that something goes; "" where it says none, or both."""
    falls, rises = bool(FALLS.search(text)), bool(RISES.search(text))
    if falls == rises:
        return ""
    return Direction.DOWN if falls else Direction.UP


def _printed(text: str) -> list[Printed | None]:
    """The figures that TEXT prints, years apart; None for one that can be read in two ways."""
    found: list[Printed | None] = []
    for match in PRINTED.finditer(text):
        if YEAR.fullmatch(match["body"]) and not match["percent"]:
            continue
        try:
            reading = read_figure(match["body"])
        except ValidationError:
            found.append(None)
            continue
        value = reading.value
        if value is None and len(reading.choices) == 1:
            value = reading.choices[0]
        if value is None:
            found.append(None)
        else:
            before, after = text[: match.start()], text[match.end() :]
            found.append(Printed(value, bool(match["percent"]), before, after))
    return found
