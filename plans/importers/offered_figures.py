"""The figures that a statement prints, to be taken over at a touch."""

from decimal import Decimal
from typing import Final, NamedTuple

from plans.figures import figure_text, typed_plainly
from plans.importers.statement_figures import figures_in

MOST: Final = 4


class OfferedFigure(NamedTuple):
    """A figure, and what it may be measured in."""

    figure: Decimal
    unit: str

    @property
    def typed(self) -> str:
        return typed_plainly(self.figure)

    @property
    def label(self) -> str:
        return figure_text(self.figure, self.unit)


def offered_figures(statement: str) -> list[OfferedFigure]:
    """The figures of STATEMENT, years and durations apart, at MOST four.

    One that can be read in two ways is offered in both: "1.500 toneladas" is 1.5 or 1,500.
    """
    found = {
        OfferedFigure(choice, figure.unit): None
        for figure in figures_in(statement)
        if not figure.is_duration
        for choice in figure.choices
    }
    return list(found)[:MOST]
