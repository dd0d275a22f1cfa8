"""What a semester brought that the one before it had not."""

from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Level
from plans.models import PlanElement
from plans.semester import Semester
from tracking.public.figures.changes import Changes, changes_in
from tracking.reading.strips import Arrival, Cell

FIRST, SECOND, THIRD = Semester(2019, 1), Semester(2019, 2), Semester(2020, 1)
PROMISE = PlanElement(pk=1, ref="S.1")


def reported(semester: Semester, **said: Any) -> Cell:
    return Cell(semester, Arrival.REPORTED, **said)


def missing(semester: Semester) -> Cell:
    return Cell(semester, Arrival.MISSING)


def changed(*cells: Cell, semester: Semester = SECOND) -> set[str]:
    changes = changes_in(semester, [PROMISE], {1: cells})
    assert changes.since == semester.previous
    kinds = set(Changes.__dataclass_fields__) - {"since"}
    return {kind for kind in kinds if getattr(changes, kind)}


@pytest.mark.parametrize(
    ("cells", "kinds"),
    [
        ((missing(FIRST), reported(SECOND, step=1)), {"first"}),
        ((reported(FIRST, step=1), missing(SECOND)), {"silent"}),
        ((missing(FIRST), missing(SECOND)), set()),
        ((reported(FIRST, step=1), Cell(SECOND, Arrival.DUE)), set()),
        ((reported(FIRST, step=1), reported(SECOND, step=2)), {"ahead"}),
        ((reported(FIRST, step=3), reported(SECOND, step=2)), {"back"}),
        ((reported(FIRST, step=2), reported(SECOND, step=2)), set()),
        ((reported(FIRST, progress=Decimal(20)), reported(SECOND, progress=Decimal(10))), {"back"}),
        (
            (reported(FIRST, step=1, terms_id=1), reported(SECOND, step=4, terms_id=2)),
            {"remeasured"},
        ),
        (
            (
                reported(FIRST, step=2, progress=Decimal(20)),
                reported(SECOND, step=3, progress=Decimal(20)),
            ),
            {"ahead"},
        ),
        ((reported(FIRST), reported(SECOND, is_corrected=True)), {"corrected"}),
        ((reported(FIRST, step=2), reported(SECOND, progress=Decimal(50))), set()),
    ],
)
def test_each_kind_of_change(cells: tuple[Cell, ...], kinds: set[str]) -> None:
    assert changed(*cells) == kinds


def test_what_is_told_of_a_dimension_is_no_promise_reported_for_the_first_time() -> None:
    dimension = PlanElement(pk=1, ref="S", level=Level.DIMENSION)
    assert changes_in(SECOND, [dimension], {1: (reported(SECOND),)}).by_kind == []


def test_what_comes_back_after_a_silence_is_no_first_time() -> None:
    cells = (reported(FIRST, step=1), missing(SECOND), reported(THIRD, step=3))
    assert changed(*cells, semester=THIRD) == set()


def test_each_change_is_told_with_its_promises() -> None:
    changes = changes_in(SECOND, [PROMISE], {1: (missing(FIRST), reported(SECOND))})
    assert changes.by_kind == [("Informadas por primera vez", [PROMISE])]


def test_a_promise_without_a_strip_changes_nothing() -> None:
    assert changes_in(SECOND, [PROMISE], {}).by_kind == []
