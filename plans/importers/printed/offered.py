"""The figures that a statement prints, to be taken over at a touch."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Final, NamedTuple

from plans.figures import figure_text, typed_plainly
from plans.importers.printed.figures import Figure, figures_in
from plans.units import is_counted_whole

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

    One that can be read in two ways is offered in both: "1.500 toneladas" is 1.5 or 1,500; of what
    is counted, as "1.500 comedores", only whole ones, where there are any.
    """
    found = {
        OfferedFigure(choice, figure.unit): None
        for figure in figures_in(statement)
        if not figure.is_duration
        for choice in _sensible(figure)
    }
    return list(found)[:MOST]


def _sensible(figure: Figure) -> Iterable[Decimal]:
    whole = [choice for choice in figure.choices if choice == choice.to_integral_value()]
    return whole if whole and is_counted_whole(figure.unit) else figure.choices
