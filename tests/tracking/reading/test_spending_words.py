"""What was spent, in words: a budget of nothing is none, and what passed its budget is told."""

import datetime as dt
from decimal import Decimal

import pytest

from tracking.reading.spending import YearOfSpending
from tracking.reading.spending_words import accrued_of_pim, spent_of_budget


@pytest.mark.parametrize(
    ("figures", "citizen", "official"),
    [
        (
            (100, 200, 50),
            "gastado S/ 50 de un presupuesto de S/ 200",
            "devengado S/ 50 de un PIM de S/ 200",
        ),
        ((0, 0, 0), "sin presupuesto", "sin presupuesto"),
        (
            (100, 0, 0),
            "sin presupuesto: el inicial era de S/ 100",
            "sin presupuesto: el PIA era de S/ 100",
        ),
        ((0, 0, 50), "gastado S/ 50 sin presupuesto", "devengado S/ 50 sin presupuesto"),
        (
            (0, 20, 1500),
            "gastado S/ 1,500, más que su presupuesto de S/ 20",
            "devengado S/ 1,500, más que su PIM de S/ 20",
        ),
    ],
)
def test_what_was_spent_in_words(
    figures: tuple[int, int, int], citizen: str, official: str
) -> None:
    pia, pim, accrued = (Decimal(each) for each in figures)
    day = dt.date(2021, 12, 31)
    spent = YearOfSpending(2021, pia, pim, accrued, known=1, of=1, as_of=day)
    said = [each(spent, 0).replace("\u00a0", " ") for each in (spent_of_budget, accrued_of_pim)]
    assert said == [citizen, official]
