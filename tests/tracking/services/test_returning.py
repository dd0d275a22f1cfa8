"""Giving a report back to its authors, with the reason that they read."""

from typing import Any

import pytest
from django.test import Client

from accounts.choices import Role
from accounts.models import Municipality, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.factories import make_person
from tests.forms import drawn_with
from tests.tracking.office.sent import QUEUE, SEMESTER, publish, send
from tracking.choices import Act, ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, ReviewStep
from tracking.services.drafts import recall, save_draft, submit

pytestmark = pytest.mark.django_db
REASON = "Falta decir cuántos comedores."


@pytest.fixture
def desk(planner: User, signed_in: SignIn) -> Client:
    return signed_in(planner)


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


def test_its_authors_write_in_it_and_send_it_again(
    report: ProgressReport, activity: PlanElement, reporter: User, desk: Client
) -> None:
    give_back(desk, report)
    saved = save_draft(
        activity, SEMESTER, {"narrative": "Dos comedores."}, by=reporter, edit=report.edit + 1
    )
    submit(saved, Entry.STEP, by=reporter)
    page = desk.get(QUEUE).content.decode()
    assert "Dos comedores." in page


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


def test_what_was_recalled_is_not_returned(
    report: ProgressReport, reporter: User, desk: Client
) -> None:
    recall(report, by=reporter)
    answer = give_back(desk, report)
    assert answer.status_code == 422
    assert "Ya no está en revisión" in answer.content.decode()
    assert state_of(report) == ReportState.DRAFT


def test_what_is_published_is_not_returned(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    published = publish(activity, reporter, planner)
    assert give_back(desk, published).status_code == 422
    assert state_of(published) == ReportState.PUBLISHED
    assert not ReviewStep.objects.filter(act=Act.RETURNED).exists()


def test_the_same_form_twice_returns_once(report: ProgressReport, desk: Client) -> None:
    give_back(desk, report)
    assert give_back(desk, report).status_code == 422
    assert ReviewStep.objects.filter(act=Act.RETURNED).count() == 1


def test_a_form_without_the_edition_that_was_read_is_refused(
    report: ProgressReport, desk: Client
) -> None:
    for strange in ("", "x", "-1"):
        assert give_back(desk, report, edit=strange).status_code == 422
    assert state_of(report) == ReportState.SUBMITTED


def test_one_may_return_ones_own(activity: PlanElement, planner: User, desk: Client) -> None:
    report = send(activity, planner)
    assert give_back(desk, report).status_code == 302
    assert state_of(report) == ReportState.RETURNED


def test_only_planning_of_this_municipality_returns(
    report: ProgressReport,
    puno: Municipality,
    reporter: User,
    colleague: User,
    operator: User,
    outsider: User,
    signed_in: SignIn,
) -> None:
    manager = make_person("manager@puno.pe", Role.ADMINISTRATION, puno)
    for person in (reporter, colleague, operator, manager):
        assert give_back(signed_in(person), report).status_code == 403
    assert give_back(signed_in(outsider), report).status_code == 404
    assert give_back(Client(), report).status_code == 302
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
