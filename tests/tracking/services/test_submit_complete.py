"""Send to review, at once, whatever is complete."""

import datetime as dt

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import PlanElement
from tests.conftest import SignIn
from tests.tracking.office.sent import SEMESTER, draft, publish, send
from tests.tracking.office.sheets import SEMESTER_PAGE, long_plan
from tracking.choices import Act, ReportState
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft
from tracking.services.in_bulk import submit_complete
from tracking.services.review import return_report, start_correction

pytestmark = pytest.mark.django_db
SEND = f"{SEMESTER_PAGE}enviar/"


def said_by(browser: Client) -> list[str]:
    """What the messages after sending said."""
    answer = browser.post(SEND)
    assert answer["Location"] == SEMESTER_PAGE
    return [str(message) for message in get_messages(answer.wsgi_request)]


def states() -> list[str]:
    return list(ProgressReport.objects.order_by("pk").values_list("state", flat=True))


def test_what_is_complete_goes_and_the_rest_is_named(
    puno_unit: Unit, planner: User, reporter: User, window: object, signed_in: SignIn
) -> None:
    one, two, three, four, _untouched = long_plan(puno_unit, planner, more=4)
    draft(one, reporter)
    draft(two, reporter, step=None)
    draft(three, reporter)
    draft(four, reporter, as_of=None)
    browser = signed_in(reporter)
    assert "Enviar a revisión los 2 completos" in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == [
        "Se enviaron 2 informes a revisión.",
        "A 2 les falta algo: M.1, M.3.",
    ]
    assert states() == ["enviado", "borrador", "enviado", "borrador"]


def test_each_notes_its_step_and_its_moment(activity: PlanElement, reporter: User) -> None:
    report = draft(activity, reporter)
    result = submit_complete({report.pk: Entry.STEP}, by=reporter)
    stored = ProgressReport.objects.get()
    assert [each.pk for each in result.sent] == [stored.pk]
    assert result.left == []
    assert (stored.state, stored.edit) == (ReportState.SUBMITTED, report.edit + 1)
    assert stored.submitted_at is not None
    steps = stored.review_steps.values_list("act", "by", "at")
    assert list(steps)[1:] == [(Act.SUBMITTED, reporter.pk, stored.submitted_at)]


def test_what_is_missing_is_what_sending_one_would_say(
    activity: PlanElement, reporter: User
) -> None:
    report = draft(activity, reporter, step=None, as_of=None)
    result = submit_complete({report.pk: Entry.STEP}, by=reporter)
    assert [(each.pk, missing) for each, missing in result.left] == [
        (report.pk, ["Diga a qué día corresponde lo informado.", "Elija en qué paso está."])
    ]
    assert states() == ["borrador"]


def test_what_came_back_goes_again_only_once_somebody_changed_it(
    activity: PlanElement, puno: Municipality, planner: User, reporter: User, signed_in: SignIn
) -> None:
    report = send(activity, reporter)
    report = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    browser = signed_in(reporter)
    assert "Enviar a revisión" not in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == ["A 1 le falta algo: S.1.1.1."]
    assert states() == ["devuelto"]
    save_draft(activity, SEMESTER, {"narrative": "Con acta."}, by=reporter, edit=report.edit)
    assert "Enviar a revisión 1 completo" in browser.get(SEMESTER_PAGE).content.decode()
    assert said_by(browser) == ["Se envió 1 informe a revisión."]
    assert states() == ["enviado"]


def test_a_correction_goes_too(activity: PlanElement, planner: User, reporter: User) -> None:
    correction = start_correction(publish(activity, reporter, planner), "Otra fecha.", by=reporter)
    submit_complete({correction.pk: Entry.STEP}, by=reporter)
    assert states() == ["publicado", "enviado"]


def test_what_was_sent_meanwhile_is_passed_over(activity: PlanElement, reporter: User) -> None:
    report = send(activity, reporter)
    result = submit_complete({report.pk: Entry.STEP}, by=reporter)
    assert (result.sent, result.left) == ([], [])
    assert ProgressReport.objects.get().edit == report.edit


def test_planning_sends_what_it_wrote_and_not_what_a_unit_is_writing(
    puno_unit: Unit, planner: User, reporter: User, window: object, signed_in: SignIn
) -> None:
    theirs, mine = long_plan(puno_unit, planner, more=1)
    draft(theirs, reporter)
    draft(mine, planner)
    assert said_by(signed_in(planner)) == ["Se envió 1 informe a revisión."]
    assert states() == ["borrador", "enviado"]


def test_a_unit_sends_what_planning_wrote_for_it(
    activity: PlanElement, planner: User, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, planner)
    assert said_by(signed_in(reporter)) == ["Se envió 1 informe a revisión."]


def test_a_colleague_sends_nothing_of_another_unit(
    activity: PlanElement, reporter: User, colleague: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    assert said_by(signed_in(colleague)) == ["No hay nada que enviar: empiece por informar."]
    assert states() == ["borrador"]


def test_a_stranger_finds_nothing_and_the_operator_may_not(
    activity: PlanElement, reporter: User, outsider: User, operator: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    assert signed_in(outsider).post(SEND).status_code == 404
    assert signed_in(operator).post(SEND).status_code == 403
    assert states() == ["borrador"]


def test_reading_the_address_sends_nothing(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    assert signed_in(reporter).get(SEND).status_code == 405
    assert states() == ["borrador"]


@pytest.mark.parametrize("more", [2, 59])
def test_the_queries_do_not_depend_on_how_many_there_are(
    puno_unit: Unit,
    planner: User,
    reporter: User,
    window: object,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    values = {"step": 2, "as_of": dt.date(2019, 6, 30)}
    reports = [
        save_draft(element, SEMESTER, values, by=reporter, edit=0)
        for element in long_plan(puno_unit, planner, more=more)
    ]
    entries = {report.pk: Entry.STEP for report in reports}
    with django_assert_num_queries(5):  # two of them begin and end the transaction
        assert len(submit_complete(entries, by=reporter).sent) == more + 1
