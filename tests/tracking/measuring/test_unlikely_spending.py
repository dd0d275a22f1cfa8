"""What is unlikely in an activity's figures of a year, and what is plausible and never asked."""

import datetime as dt
from decimal import Decimal

import pytest

from tracking.measuring.unlikely_spending import unlikely_spending
from tracking.models import Expenditure

PIA, PIM, ACCRUED = "pia", "pim", "accrued"

ASKED = [
    # what was stated before, what is typed now (PIA, PIM, devengado); which fields are asked about
    ((100, 200, 50), (100, 200, "49.99"), [(ACCRUED, "menos-que-antes")]),
    ((100, 200, 50), (100, 2001, 50), [(PIM, "salto")]),
    ((100, 200, 50), (100, "19.9", 15), [(PIM, "salto"), (ACCRUED, "menos-que-antes")]),
    ((100, 200, 50), (1001, 200, 50), [(PIA, "salto")]),
]
PLAUSIBLE = [
    (None, (0, 900, 0)),
    (None, (1, 900, 900)),  # most of a project's budget comes after the year began
    ((100, 200, 0), (100, 2000, 1000)),
    ((100, 200, 50), (100, 200, 50)),
    ((100, 200, 1), (100, 200, 200)),  # spending starts slowly
    ((0, 0, 0), (0, 5_000_000, 0)),
    ((0, 500, 0), (0, 0, 0)),
]


def spent(figures: tuple[object, ...]) -> Expenditure:
    pia, pim, accrued = (Decimal(str(each)) for each in figures)
    return Expenditure(pia=pia, pim=pim, accrued=accrued, as_of=dt.date(2019, 6, 30))


@pytest.mark.parametrize(("before", "now", "asked"), ASKED)
def test_what_is_unlikely_is_asked_beside_its_field(
    before: tuple[object, ...], now: tuple[object, ...], asked: list[tuple[str, str]]
) -> None:
    doubts = unlikely_spending(spent(now), spent(before))
    assert [(doubt.field, doubt.name.value) for doubt in doubts] == asked


@pytest.mark.parametrize(("before", "now"), PLAUSIBLE)
def test_what_is_plausible_is_never_asked_about(
    before: tuple[object, ...] | None, now: tuple[object, ...]
) -> None:
    assert unlikely_spending(spent(now), spent(before) if before else None) == []


def test_it_is_asked_with_both_figures_and_the_day_of_the_former() -> None:
    less, more = (100, 200, 49), (1500, 200, 50)
    (doubt,) = unlikely_spending(spent(less), spent((100, 200, 50)))
    assert doubt.claim == ("un devengado de S/ 49, y al 30 de junio de 2019 ya era de S/ 50")
    (doubt,) = unlikely_spending(spent(more), spent((100, 200, 50)))
    assert doubt.claim == (
        "1,500 soles de PIA, más de diez veces lo de antes (30 de junio de 2019: 100)"
    )
