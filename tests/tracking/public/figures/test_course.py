"""The course of a promise in figures: comparable ones, and gaps where there are none."""

from decimal import Decimal
from typing import Any

from plans.choices import Direction, Level, MeasureKind
from plans.models import MeasuringTerms, PlanElement
from plans.semester import Semester
from tracking.models import ProgressReport
from tracking.public.charts.lines import Course
from tracking.public.figures.course import course_of
from tracking.reading.story import Chapter, Revision
from tracking.reading.strips import Arrival, Cell

FIRST, SECOND, THIRD = Semester(2019, 1), Semester(2019, 2), Semester(2020, 1)
TARGET = PlanElement(level=Level.TARGET)


def measured(kind: str, **stated: Any) -> MeasuringTerms:
    return MeasuringTerms(kind=kind, unit_of_measure=stated.pop("unit", "casos"), **stated)


def reported(semester: Semester, terms: MeasuringTerms | None, **said: Any) -> Chapter:
    report = ProgressReport(element=TARGET, semester=semester, terms=terms, **said)
    return Chapter(
        Cell(semester, Arrival.REPORTED, is_supported=True), revisions=[Revision(report)]
    )


def silent(semester: Semester) -> Chapter:
    return Chapter(Cell(semester, Arrival.MISSING))


def figures(course: Course | None) -> list[Decimal | None]:
    assert course
    return [point.value for point in course.points]


def test_values_stand_in_their_own_unit_beside_goal_baseline_and_milestones() -> None:
    terms = measured(
        MeasureKind.LEVEL, goal=Decimal(20), baseline=Decimal(5), milestones={"2019-II": "12"}
    )
    course = course_of([reported(FIRST, terms, value=Decimal(8)), silent(SECOND)])
    assert figures(course) == [Decimal(8), None]
    assert course
    assert (course.unit, course.goal, course.baseline) == ("casos", Decimal(20), Decimal(5))
    assert [point.planned for point in course.points] == [None, Decimal(12)]


def test_a_change_aims_at_what_it_changes_to() -> None:
    def goal(**stated: Any) -> Decimal | None:
        terms = measured(MeasureKind.CHANGE, **stated)
        course = course_of([reported(FIRST, terms, value=Decimal(1))])
        assert course
        return course.goal

    down, up = Direction.DOWN, Direction.UP
    assert goal(goal=Decimal(10), baseline=Decimal(40), direction=down) == 30
    assert goal(goal=Decimal(50), baseline=Decimal(40), direction=down, unit="%") == 20
    assert goal(goal=Decimal(50), baseline=Decimal(40), direction=up, unit="%") == 60
    assert goal(goal=Decimal(50), baseline=None, direction=up) is None
    assert goal(goal=Decimal(50), baseline=Decimal(40), direction="") is None


def test_a_value_in_another_unit_is_a_gap() -> None:
    old, new = measured(MeasureKind.LEVEL, unit="km"), measured(MeasureKind.LEVEL, unit="casos")
    course = course_of(
        [reported(FIRST, old, value=Decimal(3)), reported(SECOND, new, value=Decimal(7))]
    )
    assert figures(course) == [None, Decimal(7)]


def test_parts_are_told_as_percentages_beside_their_schedule() -> None:
    terms = measured(MeasureKind.DELIVERY, parts=["a", "b", "c"])
    said = {"step": 3, "progress": Decimal("66.666666"), "planned": Decimal(50)}
    course = course_of([reported(FIRST, terms, **said), silent(SECOND)])
    assert figures(course) == [Decimal("66.7"), None]
    assert course
    assert (course.unit, course.goal) == ("%", Decimal(100))
    assert course.points[0].planned == 50


def test_steps_and_words_have_no_course() -> None:
    step = reported(FIRST, measured(MeasureKind.DELIVERY), step=2, planned=Decimal(3))
    assert course_of([step, silent(SECOND)]) is None
    assert course_of([reported(FIRST, None, narrative="Se hizo.")]) is None
    assert course_of([silent(FIRST)]) is None
