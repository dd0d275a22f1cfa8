"""In the admin what officers wrote is read, where one may enter it, and never written."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Membership, Municipality, Unit, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.tracking.office.sent import SEMESTER, TEXT, add_link, draft, publish, send_again
from tracking.models import ProgressReport
from tracking.services.drafts import recall

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
LIST = reverse("admin:tracking_progressreport_changelist")


@pytest.fixture
def report(activity: PlanElement, reporter: User) -> ProgressReport:
    begun = draft(activity, reporter)
    add_link(begun, reporter)
    return send_again(begun, reporter)


def change_page(report: ProgressReport) -> str:
    return reverse("admin:tracking_progressreport_change", args=[report.pk])


def found(browser: Client, query: str = "") -> list[ProgressReport]:
    answer = browser.get(f"{LIST}?{query}")
    assert answer.status_code == 200
    return list(answer.context["cl"].queryset)


def test_a_report_is_shown_with_its_supports_and_steps(
    report: ProgressReport, planner: User, signed_in: SignIn
) -> None:
    page = signed_in(planner).get(change_page(report)).content.decode()
    for shown in (TEXT, "Acta de entrega", "Lo envió a revisión", "En ejecución"):
        assert shown in page
    assert 'name="_save"' not in page


def test_its_page_costs_the_same_however_often_it_was_sent(
    report: ProgressReport,
    reporter: User,
    planner: User,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = signed_in(planner)
    browser.get(change_page(report))  # what an admin remembers from then on is asked once
    with django_assert_num_queries(15):
        browser.get(change_page(report))
    for _twice in range(2):
        send_again(recall(report, by=reporter), reporter)
    with django_assert_num_queries(15):
        browser.get(change_page(report))


def test_nothing_of_it_is_written_there(
    report: ProgressReport, planner: User, operator: User, signed_in: SignIn
) -> None:
    for person in (planner, operator):
        fields = {"narrative": "Otro texto", "state": "publicado"}
        assert signed_in(person).post(change_page(report), fields).status_code == 403
    assert ProgressReport.objects.get().narrative == TEXT


def test_reports_are_found_by_promise_semester_and_state(
    report: ProgressReport, target: PlanElement, reporter: User, planner: User, signed_in: SignIn
) -> None:
    published = publish(target, reporter, planner, step=None)
    browser = signed_in(planner)
    assert found(browser) == [report, published]
    assert found(browser, "q=comedores") == [report]
    assert found(browser, "q=s.1.1.2") == [published]
    assert found(browser, "state__exact=publicado") == [published]
    assert found(browser, f"semestre={SEMESTER}") == [report, published]
    assert found(browser, "semestre=2020-I") == []


def test_who_reports_in_another_municipality_sees_only_where_they_plan(
    report: ProgressReport, puno: Municipality, puno_unit: Unit, outsider: User, signed_in: SignIn
) -> None:
    Membership.objects.create(user=outsider, role=Role.REPORTER, municipality=puno, unit=puno_unit)
    assert found(signed_in(outsider)) == []
    assert signed_in(outsider).get(change_page(report)).status_code == 302


@pytest.mark.parametrize("model", ["semesterwindow", "expenditure", "progressreport"])
def test_any_words_may_be_looked_for(
    model: str, report: ProgressReport, planner: User, signed_in: SignIn
) -> None:
    address = reverse(f"admin:tracking_{model}_changelist")
    for words in ("2019", "agua", "%00", "S.1"):
        assert signed_in(planner).get(f"{address}?q={words}").status_code == 200


@pytest.mark.parametrize(("name", "status"), [("state__exact", 400), ("semestre", 400), ("q", 200)])
def test_a_null_character_in_the_address_is_no_error_of_ours(
    planner: User, signed_in: SignIn, name: str, status: int
) -> None:
    assert signed_in(planner).get(LIST, {name: "\x00"}).status_code == status
