"""Giving a report back to its authors, with the reason that they read."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from plans.models import PlanElement
from tests.forms import drawn_with
from tests.tracking.office.sent import QUEUE, SEMESTER, send
from tracking.choices import Act, ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import recall, save_draft, submit

pytestmark = pytest.mark.django_db
REASON = "Falta decir cuántos comedores."


@pytest.fixture
def report(activity: PlanElement, reporter: User) -> ProgressReport:
    return send(activity, reporter)


def give_back(desk: Client, report: ProgressReport, reason: str = REASON, **fields: Any) -> Any:
    sent = {"reason": reason, "edit": report.edit, **fields}
    return desk.post(f"{QUEUE}{report.pk}/", sent)


def state_of(report: ProgressReport) -> str:
    return ProgressReport.objects.get(pk=report.pk).state


def test_it_goes_back_with_its_reason(report: ProgressReport, planner: User, desk: Client) -> None:
    answer = give_back(desk, report, f"  {REASON}\r\n")
    assert (answer.status_code, answer["Location"]) == (302, QUEUE)
    assert "Se devolvió S.1.1.1 a quienes lo escribieron." in desk.get(QUEUE).content.decode()
    stored = ProgressReport.objects.get()
    assert (stored.state, stored.edit) == (ReportState.RETURNED, report.edit + 1)
    step = stored.review_steps.get(act=Act.RETURNED)
    assert (step.by, step.reason) == (planner, REASON)


@pytest.mark.parametrize("reason", ["", "   \n", "x" * 1001])
def test_without_a_fitting_reason_it_stays(
    report: ProgressReport, desk: Client, reason: str
) -> None:
    answer = give_back(desk, report, reason)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'class="error"' in page
    assert reason.strip() in page
    assert state_of(report) == ReportState.SUBMITTED


def test_what_was_typed_stays_when_the_report_changed_meanwhile(
    report: ProgressReport, activity: PlanElement, reporter: User, desk: Client
) -> None:
    taken = recall(report, by=reporter)
    saved = save_draft(activity, SEMESTER, {"narrative": "Ahora sí."}, by=reporter, edit=taken.edit)
    newest = submit(saved, Entry.STEP, by=reporter)
    answer = give_back(desk, report)
    assert answer.status_code == 422
    page = answer.content.decode()
    for shown in ("Cambió después de que usted lo leyó", REASON, "Ahora sí."):
        assert shown in page
    assert f'name="edit" value="{newest.edit}"' in page
    assert state_of(report) == ReportState.SUBMITTED


def test_a_form_without_the_edition_that_was_read_is_refused(
    report: ProgressReport, desk: Client
) -> None:
    for strange in ("", "x", "-1"):
        assert give_back(desk, report, edit=strange).status_code == 422
    assert state_of(report) == ReportState.SUBMITTED


def test_what_was_typed_when_the_session_ended_is_offered_again(
    report: ProgressReport, planner: User
) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(planner)
    address = f"{QUEUE}{report.pk}/"
    drawn = drawn_with(browser.get(address))
    del browser.cookies["sessionid"]
    browser.post(address, {"reason": REASON, "edit": report.edit, **drawn})
    browser.force_login(planner)
    again = browser.get(address).content.decode()
    assert "Recuperamos lo que había escrito" in again
    assert REASON in again
    assert state_of(report) == ReportState.SUBMITTED
