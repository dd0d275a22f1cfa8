"""Who is told of what others do, in the transaction that does it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Membership, Municipality, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.tracking.office.sent import SEMESTER, draft, publish, send, send_again
from tests.tracking.office.spent import add_activity
from tests.tracking.published import open_window
from tracking.choices import NoticeKind
from tracking.models import Notice
from tracking.services.drafts import recall, save_draft
from tracking.services.in_bulk import mark_idle
from tracking.services.review import publish_reports, return_report, start_correction
from tracking.services.talk import say

pytestmark = pytest.mark.django_db
MORE = {"narrative": "Se amplió."}


def told(person: User) -> list[str]:
    """The kinds of all that PERSON was told, oldest first."""
    return list(person.notices.order_by("pk").values_list("kind", flat=True))


def unread(person: User) -> list[str]:
    return list(person.notices.unread().order_by("pk").values_list("kind", flat=True))


def test_a_return_is_told_to_the_people_of_the_unit_with_its_reason(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, colleague: User
) -> None:
    report = send(activity, reporter)
    return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    (notice,) = reporter.notices.all()
    assert (notice.kind, notice.step and notice.step.reason) == (
        NoticeKind.RETURNED,
        "Falta el acta.",
    )
    assert notice.report == report
    assert not told(colleague)


def test_what_is_refused_tells_nobody(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = send(activity, reporter)
    with pytest.raises(ValidationError):
        return_report(report, " ", puno, read=report.edit, by=planner)
    assert not told(reporter)


def test_planning_is_told_once_a_day_and_semester_that_something_was_sent(
    activity: PlanElement, plan: Plan, puno: Municipality, reporter: User, planner: User
) -> None:
    other = add_activity(plan, 2)
    report = send(activity, reporter)
    send_again(recall(report, by=reporter), reporter)
    mark_idle([other], SEMESTER, "Sin fondos.", by=reporter)
    assert told(planner) == [NoticeKind.SENT]
    open_window(puno, SEMESTER.next)
    mark_idle([other], SEMESTER.next, "Sin fondos.", by=reporter)
    assert told(planner) == [NoticeKind.SENT] * 2
    Notice.objects.update(day=timezone.localdate() - dt.timedelta(1))
    mark_idle([activity], SEMESTER.next, "Sin fondos.", by=reporter)
    assert told(planner) == [NoticeKind.SENT] * 3


def test_publishing_is_told_to_who_wrote_it(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    publish(activity, reporter, planner)
    assert told(reporter) == [NoticeKind.PUBLISHED]


def test_nobody_is_told_what_they_did_themselves(
    activity: PlanElement, puno: Municipality, planner: User, reporter: User
) -> None:
    report = send(activity, planner)
    return_report(report, "Me equivoqué.", puno, read=report.edit, by=planner)
    assert not told(planner)
    assert told(reporter) == [NoticeKind.RETURNED]


def test_whoever_wrote_last_learns_that_somebody_else_wrote(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    report = draft(activity, reporter)
    saved = save_draft(activity, SEMESTER, MORE, by=planner, edit=report.edit)
    assert (told(reporter), told(planner)) == ([NoticeKind.CORRECTED], [])
    save_draft(activity, SEMESTER, {"narrative": "Otra vez."}, by=planner, edit=saved.edit)
    assert told(reporter) == [NoticeKind.CORRECTED]


def test_a_correction_is_told_to_who_wrote_what_is_corrected(
    activity: PlanElement, reporter: User, planner: User, second_planner: User
) -> None:
    published = publish(activity, planner, second_planner)
    start_correction(published, "Se contó dos veces.", by=second_planner)
    assert told(planner)[-1] == NoticeKind.CORRECTED
    assert told(reporter)[-1] == NoticeKind.CORRECTED
    assert NoticeKind.CORRECTED not in told(second_planner)


def test_a_question_reaches_the_unit_and_an_answer_reaches_planning(
    activity: PlanElement, reporter: User, planner: User, second_planner: User
) -> None:
    report = draft(activity, reporter)
    say(report, "¿Cuántos?", by=planner)
    assert (unread(reporter), told(second_planner)) == ([NoticeKind.QUESTION], [])
    say(report, "Doce.", by=reporter)
    assert (unread(planner), unread(second_planner)) == ([NoticeKind.ANSWER],) * 2


def test_who_acts_on_a_report_has_read_what_they_were_told_of_it(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, second_planner: User
) -> None:
    report = send(activity, reporter)
    assert unread(planner) == unread(second_planner) == [NoticeKind.SENT]
    back = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    assert (unread(planner), unread(second_planner)) == ([], [NoticeKind.SENT])
    assert unread(reporter) == [NoticeKind.RETURNED]
    send_again(back, reporter)
    assert unread(reporter) == []


def test_who_left_is_told_nothing(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = send(activity, reporter)
    Membership.objects.filter(user=reporter).update(ended_on=dt.date(2019, 7, 1))
    publish_reports({report.pk: report.edit}, puno, by=planner)
    assert not told(reporter)


def test_each_semester_has_its_own_writers(
    activity: PlanElement, puno: Municipality, planner: User, second_planner: User, reporter: User
) -> None:
    """Who wrote of the same promise in another semester is not told."""
    later = Semester(2019, 2)
    open_window(puno, later)
    publish(activity, planner, second_planner)
    before = len(told(planner))
    report = draft(activity, reporter, later)
    say(report, "¿Cuántos?", by=second_planner)
    assert told(reporter)[-1] == NoticeKind.QUESTION
    assert len(told(planner)) == before
