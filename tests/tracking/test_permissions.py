"""From a person to the elements on which they may report."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from accounts.models import Membership, Municipality, User
from plans.models import Plan, PlanElement, Responsibility
from plans.services.editing import withdraw_elements
from tests.tracking.office.sent import SEMESTER, draft
from tracking.permissions import (
    element_to_read,
    element_to_report,
    others_who_review,
    reports_to_write,
    unit_ids,
)

pytestmark = pytest.mark.django_db


def test_planning_and_the_unit_that_answers_write_on_a_promise(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, colleague: User
) -> None:
    for person in (reporter, planner):
        assert element_to_report(person, puno, SEMESTER, "S.1.1.1") == activity
    with pytest.raises(PermissionDenied, match="otra unidad orgánica"):
        element_to_report(colleague, puno, SEMESTER, "S.1.1.1")
    assert element_to_read(colleague, puno, SEMESTER, "S.1.1.1") == activity


def test_a_role_in_another_municipality_is_none_in_this(
    activity: PlanElement, puno: Municipality, outsider: User
) -> None:
    with pytest.raises(PermissionDenied):
        element_to_report(outsider, puno, SEMESTER, "S.1.1.1")
    assert unit_ids(outsider, puno) == frozenset()


def test_what_is_not_in_the_published_plan_is_not_there(
    activity: PlanElement, puno: Municipality, lamas: Municipality, planner: User
) -> None:
    for place, semester, ref in (
        (puno, SEMESTER, "S.9.9"),
        (puno, type(SEMESTER)(2031, 1), "S.1.1.1"),
        (lamas, SEMESTER, "S.1.1.1"),
    ):
        with pytest.raises(Http404):
            element_to_read(planner, place, semester, ref)
    Plan.objects.update(version=0)
    with pytest.raises(Http404):
        element_to_read(planner, puno, SEMESTER, "S.1.1.1")


def test_what_was_withdrawn_is_read_and_not_written(
    activity: PlanElement, puno: Municipality, planner: User
) -> None:
    withdraw_elements([activity], by=planner)
    assert element_to_read(planner, puno, SEMESTER, "S.1.1.1") == activity
    with pytest.raises(Http404, match="se retiró"):
        element_to_report(planner, puno, SEMESTER, "S.1.1.1")


def test_open_reports_are_written_by_whose_unit_answers_today(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, colleague: User
) -> None:
    report = draft(activity, reporter)
    assert list(reports_to_write(reporter, puno)) == [report]
    assert not reports_to_write(colleague, puno)
    Responsibility.objects.all().delete()
    assert not reports_to_write(reporter, puno)
    assert list(reports_to_write(planner, puno)) == [report]


def test_another_reviewer_is_one_who_still_plans_here(
    puno: Municipality, planner: User, second_planner: User
) -> None:
    assert others_who_review(puno, planner)
    Membership.objects.filter(user=second_planner).update(ended_on="2019-01-02")
    assert not others_who_review(puno, planner)
