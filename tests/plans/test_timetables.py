"""The usual shapes of a timetable."""

import pytest

from plans.choices import MeasureKind
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from plans.term import Term
from plans.timetables import Shape, timetable

SEMESTERS = Semester.all_of(Term(2027, 2030))


def planned(shape: Shape, semesters: list[Semester] = SEMESTERS, **fields: object) -> str:
    terms = MeasuringTerms(element=PlanElement(), **fields)
    table = timetable(shape, terms, semesters)
    return " ".join(table.get(str(each), "-") for each in semesters)


@pytest.mark.parametrize(
    ("shape", "in_percent", "in_steps"),
    [
        (Shape.LINEAR, "12.5 25 37.5 50 62.5 75 87.5 100", "0 1 1 2 2 3 3 4"),
        (Shape.YEARLY, "- 25 - 50 - 75 - 100", "- 1 - 2 - 3 - 4"),
        (Shape.AT_THE_END, "- - - - - - - 100", "- - - - - - - 4"),
    ],
)
def test_a_shape_goes_in_percent_or_in_steps(shape: Shape, in_percent: str, in_steps: str) -> None:
    assert planned(shape, kind=MeasureKind.LEVEL) == in_percent
    assert planned(shape, kind=MeasureKind.DELIVERY, goal=3) == in_percent
    assert planned(shape, kind=MeasureKind.DELIVERY) == in_steps


def test_what_is_met_in_each_semester_is_planned_whole_and_what_is_told_never() -> None:
    for shape in Shape:
        assert planned(shape, kind=MeasureKind.PERMANENT) == " ".join(["100"] * 8)
        assert planned(shape, kind=MeasureKind.UNVERIFIABLE) == " ".join(["-"] * 8)


def test_it_ends_whole_however_many_semesters_there_are() -> None:
    assert planned(Shape.LINEAR, SEMESTERS[:3], kind=MeasureKind.LEVEL) == "33.3 66.6 100"
    assert planned(Shape.LINEAR, [], kind=MeasureKind.LEVEL) == ""
