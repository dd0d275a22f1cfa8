"""What the terms of a promise foresee, drawn from nothing to the goal."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import MeasureKind
from plans.curve import HEIGHT, WIDTH, Mark, curve_of
from plans.models import MeasuringTerms
from plans.term import Term

TERM = Term(2019, 2022)


def terms(**fields: Any) -> MeasuringTerms:
    return MeasuringTerms(**{"kind": MeasureKind.LEVEL, "goal": Decimal(80), **fields})


def test_the_timetable_is_a_line_from_the_foot_to_the_top() -> None:
    curve = curve_of(terms(schedule={"2019-I": "0", "2020-II": "50", "2022-II": "100"}), TERM)
    assert curve
    assert curve.path == "M20 96 L140 48 L300 0"
    assert [year for _x, year in curve.years] == [2019, 2020, 2021, 2022]


def test_steps_are_drawn_over_the_rubric() -> None:
    foreseen = terms(kind=MeasureKind.DELIVERY, goal=None, schedule={"2019-I": "2", "2019-II": "4"})
    curve = curve_of(foreseen, TERM)
    assert curve
    assert curve.path == "M20 48 L60 0"


@pytest.mark.parametrize(
    ("baseline", "figure", "y"),
    [(None, "40", 48), (Decimal(60), "70", 48), (Decimal(60), "20", 96), (None, "90", 0)],
)
def test_a_milestone_stands_where_it_is_on_the_way(
    baseline: Decimal | None, figure: str, y: int
) -> None:
    curve = curve_of(terms(baseline=baseline, milestones={"2020-II": figure}), TERM)
    assert curve
    assert (curve.path, curve.marks) == ("", [Mark(140, y, "2020-II", figure)])


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"goal": None, "milestones": {"2020-II": "40"}},
        {"baseline": Decimal(80), "milestones": {"2020-II": "40"}},
        {"schedule": {"2023-I": "10"}},
    ],
)
def test_nothing_is_drawn_where_nothing_is_foreseen(fields: dict[str, Any]) -> None:
    assert curve_of(terms(**fields), TERM) is None


def test_all_of_it_is_within_its_box() -> None:
    every = {str(each): "100" for each in ("2019-I", "2022-II")}
    curve = curve_of(terms(schedule=every, milestones={"2022-II": "900"}), TERM)
    assert curve
    assert all(0 <= mark.x <= WIDTH and 0 <= mark.y <= HEIGHT for mark in curve.marks)
