"""Reviewing one report after the other: what is next, and where a decision leads."""

import re
from typing import Any

import pytest
from django.test import Client

from accounts.models import Unit, User
from plans.models import PlanElement
from tests.tracking.office.sent import QUEUE, mark, send, send_again
from tests.tracking.office.sheets import long_plan
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.review import return_report

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(
    puno_unit: Unit, window: SemesterWindow, reporter: User, planner: User
) -> list[ProgressReport]:
    """Three reports, in the order in which they were sent."""
    return [send(element, reporter) for element in long_plan(puno_unit, planner, more=2)]


def address(report: ProgressReport, query: str = "") -> str:
    return f"{QUEUE}{report.pk}/{query}"


def neighbours(desk: Client, place: str) -> dict[str, str]:
    page = desk.get(place).content.decode()
    return dict(re.findall(r'<a rel="(prev|next)"[^>]* href="([^"]+)"', page))


def publish(desk: Client, report: ProgressReport, query: str = "") -> Any:
    return desk.post(address(report, query), {"read": mark(report)})["Location"]


def test_each_report_leads_to_its_neighbours(waiting: list[ProgressReport], desk: Client) -> None:
    first, middle, last = waiting
    assert neighbours(desk, address(first)) == {"next": address(middle)}
    assert neighbours(desk, address(middle)) == {"prev": address(first), "next": address(last)}
    assert neighbours(desk, address(last)) == {"prev": address(middle)}
    assert "2 de 3" in desk.get(address(middle)).content.decode()


def test_a_decision_leads_to_the_next_and_the_last_one_back(
    waiting: list[ProgressReport], desk: Client
) -> None:
    first, middle, last = waiting
    assert publish(desk, middle) == address(last)
    reason = {"reason": "Falta el acta.", "edit": last.edit}
    assert desk.post(address(last), reason)["Location"] == address(first)
    assert publish(desk, first) == QUEUE


def test_what_is_returned_from_the_queue_leaves_one_in_the_queue(
    waiting: list[ProgressReport], desk: Client
) -> None:
    sent = {"reason": "Falta el acta.", "edit": waiting[0].edit, "desde": "cola"}
    assert desk.post(address(waiting[0]), sent)["Location"] == QUEUE


def test_the_unit_that_was_chosen_stays_chosen(
    waiting: list[ProgressReport], puno_unit: Unit, planner: User, desk: Client
) -> None:
    first, middle, _last = waiting
    ProgressReport.objects.filter(pk=middle.pk).update(unit=None)
    query = f"?unidad={puno_unit.pk}"
    page = desk.get(f"{QUEUE}{query}").content.decode()
    assert f'href="{address(first, query)}"' in page
    assert neighbours(desk, address(first, query)) == {"next": address(waiting[2], query)}
    assert publish(desk, first, query) == address(waiting[2], query)


def test_a_report_that_waits_no_longer_leads_to_what_does(
    waiting: list[ProgressReport], desk: Client
) -> None:
    publish(desk, waiting[0])
    assert neighbours(desk, address(waiting[0])) == {"next": address(waiting[1])}


def test_what_was_given_back_before_says_why(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    report = send(activity, reporter)
    back = return_report(
        report, "Falta el acta.", report.municipality, read=report.edit, by=planner
    )
    send_again(back, reporter)
    assert "Se devolvió antes: Falta el acta." in desk.get(QUEUE).content.decode()
