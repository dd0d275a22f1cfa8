"""Send to review, at once, whatever is complete, and whatever was idle."""

import datetime as dt

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import PlanElement
from tests.tracking.office.sent import SEMESTER, TEXT, draft, publish, send, states
from tests.tracking.office.sheets import long_plan
from tracking.choices import Act, ReportState, Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import save_draft
from tracking.services.in_bulk import mark_idle, submit_complete
from tracking.services.review import start_correction

pytestmark = pytest.mark.django_db


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


def test_a_correction_goes_too(activity: PlanElement, planner: User, reporter: User) -> None:
    correction = start_correction(publish(activity, reporter, planner), "Otra fecha.", by=reporter)
    submit_complete({correction.pk: Entry.STEP}, by=reporter)
    assert states() == ["publicado", "enviado"]


def test_what_was_sent_meanwhile_is_passed_over(activity: PlanElement, reporter: User) -> None:
    report = send(activity, reporter)
    result = submit_complete({report.pk: Entry.STEP}, by=reporter)
    assert (result.sent, result.left) == ([], [])
    assert ProgressReport.objects.get().edit == report.edit


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
    with django_assert_num_queries(9):  # two of them begin and end the transaction
        assert len(submit_complete(entries, by=reporter).sent) == more + 1


def test_idle_activities_are_sent_with_one_reason(
    activity: PlanElement, puno: Municipality, reporter: User
) -> None:
    reports = mark_idle([activity], SEMESTER, "Sin presupuesto.", by=reporter)
    stored = ProgressReport.objects.get()
    assert [each.pk for each in reports] == [stored.pk]
    assert (stored.step, stored.narrative) == (Step.NONE, "Sin presupuesto.")
    assert (stored.state, stored.as_of) == (ReportState.SUBMITTED, dt.date(2019, 6, 30))
    assert [step.act for step in stored.review_steps.all()] == [Act.WRITTEN, Act.SUBMITTED]


def test_what_somebody_began_is_not_marked_idle(activity: PlanElement, reporter: User) -> None:
    draft(activity, reporter)
    assert mark_idle([activity], SEMESTER, "Sin presupuesto.", by=reporter) == []
    assert ProgressReport.objects.get().narrative == TEXT
