"""The semester strip: what each of its cells tells."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import withdraw_elements
from tests.tracking.published import (
    FIRST,
    correct,
    draft,
    element_of,
    open_window,
    publish,
    sustain,
)
from tracking.choices import Signal, Stage, Step
from tracking.measuring.due import windows_of
from tracking.models import SemesterWindow
from tracking.reading.strips import Arrival, Cell, closings_of, strips_of
from tracking.services.semesters import close_semester

TODAY = dt.date(2026, 1, 15)


def strip_of(element: PlanElement, *, at: dt.date = TODAY) -> list[Cell]:
    plan = Plan.objects.get(pk=element.plan_id)
    fresh = PlanElement.objects.with_reportability().get(pk=element.pk)
    return strips_of(plan, [fresh], windows_of(plan), closings_of([fresh]), at=at).get(fresh.pk, [])


def arrivals(strip: list[Cell]) -> list[Arrival]:
    return [cell.arrival for cell in strip]


UNASKED = [Arrival.UNASKED]


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (dt.date(2019, 6, 30), []),
        (dt.date(2019, 7, 1), [Arrival.DUE]),
        (dt.date(2019, 7, 31), [Arrival.DUE]),
        (dt.date(2019, 8, 1), [Arrival.MISSING]),
    ],
)
def test_a_silence_depends_on_the_days_of_its_semester(
    activity: PlanElement, day: dt.date, first: list[Arrival]
) -> None:
    assert arrivals(strip_of(activity, at=day))[:1] == first


def test_a_semester_without_days_is_not_held_against_anybody(activity: PlanElement) -> None:
    assert arrivals(strip_of(activity)) == [Arrival.MISSING, *UNASKED * 7]


def test_of_a_report_it_holds_what_fits_in_a_cell(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, FIRST, reporter)
    sustain(report)
    published = publish(report, by=planner)
    expected = Cell(
        FIRST,
        Arrival.REPORTED,
        step=Step.RUNNING,
        signal=Signal.NO_SCHEDULE,
        is_supported=True,
        stage=Stage.RUNNING,
    )
    assert strip_of(activity)[0] == expected
    correction = correct(published, "Faltaba", reporter, step=Step.PARTLY)
    assert strip_of(activity)[0] == expected
    correction.supports.all().delete()
    publish(correction, by=planner)
    assert strip_of(activity)[0] == expected._replace(
        step=Step.PARTLY,
        stage=Stage.PARTLY,
        is_supported=False,
        is_corrected=True,
    )


def test_what_the_closing_did_not_ask_for_is_not_missing(
    puno: Municipality, plan: Plan, window: SemesterWindow, puno_unit: Unit, planner: User
) -> None:
    """A guideline that planning chose to follow after its first semester was closed."""
    close_semester(window, by=planner)
    guideline = element_of(plan, "L", puno_unit)
    guideline.terms.create(version=1, in_force_from=TODAY, reason="Se sigue", by=planner)
    open_window(puno, Semester(2019, 2))
    assert arrivals(strip_of(guideline))[:2] == [Arrival.UNASKED, Arrival.MISSING]


def test_a_closing_before_the_last_day_leaves_nothing_to_wait_for(
    activity: PlanElement, window: SemesterWindow, planner: User
) -> None:
    close_semester(window, by=planner)
    assert arrivals(strip_of(activity, at=window.due_on))[:1] == [Arrival.MISSING]


def test_what_was_withdrawn_is_asked_nothing_more(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(activity, FIRST, reporter), by=planner)
    withdraw_elements([activity], by=planner)
    assert arrivals(strip_of(activity)) == [Arrival.REPORTED, *UNASKED * 7]


def test_a_plan_that_takes_no_reports_has_none(
    puno_plan: Plan, window: SemesterWindow, puno_unit: Unit
) -> None:
    assert strip_of(element_of(puno_plan, "S.1.1.1", puno_unit)) == []


def test_all_the_strips_of_a_plan_take_three_queries(
    plan: Plan, activity: PlanElement, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    elements = list(plan.elements.with_reportability())
    with django_assert_num_queries(3):
        strips = strips_of(plan, elements, windows_of(plan), closings_of(elements), at=TODAY)
    assert len(strips) == 2
