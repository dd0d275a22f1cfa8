"""A made-up country of the municipalities that are there."""

from typing import Final

from benchmarks.country.loading import follow_on, without_triggers
from benchmarks.country.places import (
    Order,
    orders,
    write,
    write_closed_totals,
    write_newest,
    write_standings,
)
from benchmarks.country.words import Words

SIZE: Final = 20
WORDS: Final = Words.of_real_plans()


def written(size: int = SIZE) -> list[Order]:
    """All but editions and the portal's log, with plans of SIZE elements."""
    places = [each.place for each in orders()]
    made = [Order(place, size, n, n * size) for n, place in enumerate(places)]
    with without_triggers():
        write(made, WORDS)
    write_newest()
    write_standings(made)
    write_closed_totals()
    follow_on()
    return made
