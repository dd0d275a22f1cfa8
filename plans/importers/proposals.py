"""The figures that a statement prints, to be taken over at a touch."""

from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from plans.choices import PERCENT
from plans.figures import figure_text, read_figure, typed_plainly
from plans.importers.printed_figures import PRINTED, YEAR

MOST = 4


class Proposal(NamedTuple):
    """A figure with the word that follows it: what it may be measured in."""

    figure: Decimal
    unit: str

    @property
    def typed(self) -> str:
        return typed_plainly(self.figure)

    @property
    def label(self) -> str:
        return figure_text(self.figure, self.unit)


def proposals(statement: str) -> list[Proposal]:
    """The figures of STATEMENT that can be read in one way, years apart, at MOST four."""
    found: dict[Proposal, None] = {}
    for match in PRINTED.finditer(statement):
        if YEAR.fullmatch(match["body"]) and not match["percent"]:
            continue
        try:
            reading = read_figure(match["body"])
        except ValidationError:
            continue
        if reading.value is not None:
            word = statement[match.end() :].split(maxsplit=1)
            unit = PERCENT if match["percent"] else (word[0].strip(".,;:()") if word else "")
            found[Proposal(reading.value, unit[:40])] = None
    return list(found)[:MOST]
