"""Publish, return and correct: what each leaves behind."""

import datetime as dt
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from accounts.models import Municipality, User
from plans.choices import MeasureKind, Standing
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import save_plan, withdraw_elements
from tests.factories import state
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Act, ReportState, Signal, Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, ReviewStep, SemesterWindow
from tracking.services.drafts import EditConflict, recall, save_draft, submit
from tracking.services.review import Publication, publish_reports, return_report, start_correction

pytestmark = pytest.mark.django_db
PARTS = [f"Comedor {n}" for n in range(8)]
VALUES = {
    "step": Step.PARTLY,
    "parts_done": PARTS[:3],
    "narrative": "Tres comedores atienden.",
    "as_of": dt.date(2019, 6, 30),
}


def sent(element: PlanElement, by: User) -> ProgressReport:
    draft = save_draft(element, SEMESTER, VALUES, by=by, edit=0)
    return submit(draft, Entry.PARTS, by=by)


@pytest.fixture
def terms(activity: PlanElement, planner: User) -> MeasuringTerms:
    return state(activity, planner, parts=PARTS, schedule={"2019-I": "50"})


def test_publication_freezes_the_terms_and_the_result(
    activity: PlanElement,
    terms: MeasuringTerms,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    report = sent(activity, reporter)
    before = Municipality.objects.get(pk=puno.pk).revision
    done = publish_reports({report.pk: report.edit}, puno, by=planner)
    assert ([each.pk for each in done.published], done.left) == ([report.pk], [])
    stored = ProgressReport.objects.published().get()
    assert (stored.progress, stored.planned) == (Decimal("37.5"), Decimal(50))
    assert (stored.signal, stored.terms) == (Signal.LATE, terms)
    assert (stored.published_by, stored.second_review) == (planner, True)
    assert [step.act for step in stored.review_steps.all()] == [
        Act.WRITTEN,
        Act.SUBMITTED,
        Act.PUBLISHED,
    ]
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1


def reasons(done: Publication) -> list[str]:
    return [reason for _report, reason in done.left]


def test_nobody_publishes_what_they_wrote_while_somebody_else_can(
    activity: PlanElement, puno: Municipality, planner: User, second_planner: User
) -> None:
    report = sent(activity, planner)
    read = {report.pk: report.edit}
    done = publish_reports(read, puno, by=planner)
    assert done.published == []
    assert reasons(done) == ["Usted escribió en él: lo publica otra persona."]
    assert publish_reports(read, puno, by=second_planner).published[0].second_review is True


def test_whoever_sent_it_counts_as_its_author(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, second_planner: User
) -> None:
    written = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    report = submit(written, Entry.PARTS, by=planner)
    assert publish_reports({report.pk: report.edit}, puno, by=planner).published == []


def test_who_is_alone_publishes_without_a_second_review_and_it_is_said(
    activity: PlanElement, puno: Municipality, planner: User, second_planner: User
) -> None:
    """Who left counts no more as somebody else."""
    User.objects.filter(pk=second_planner.pk).update(is_active=False)
    report = sent(activity, planner)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    assert ProgressReport.objects.published().get().second_review is False


def test_only_what_was_sent_is_published_and_once(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, second_planner: User
) -> None:
    draft = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    assert publish_reports({draft.pk: draft.edit}, puno, by=planner).published == []
    report = submit(draft, Entry.PARTS, by=reporter)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    again = publish_reports({report.pk: report.edit}, puno, by=planner)
    assert ([each.pk for each in again.published], again.left) == ([report.pk], [])
    late = publish_reports({report.pk: report.edit}, puno, by=second_planner)
    assert reasons(late) == ["Ya no está en revisión: ahora está «Publicado»."]
    assert ReviewStep.objects.filter(act=Act.PUBLISHED).count() == 1


def test_what_changed_since_it_was_read_is_left(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = sent(activity, reporter)
    done = publish_reports({report.pk: report.edit - 1}, puno, by=planner)
    assert reasons(done) == ["Cambió después de que usted lo leyó: léalo otra vez."]
    assert not ProgressReport.objects.published().exists()


def test_another_municipality_publishes_nothing_here(
    activity: PlanElement, lamas: Municipality, reporter: User, outsider: User
) -> None:
    report = sent(activity, reporter)
    done = publish_reports({report.pk: report.edit}, lamas, by=outsider)
    assert (done.published, done.left) == ([], [])


def test_a_returned_report_says_why_and_can_be_written_in(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = sent(activity, reporter)
    with pytest.raises(ValidationError, match="Diga por qué"):
        return_report(report, " ", puno, read=report.edit, by=planner)
    back = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    assert back.state == ReportState.RETURNED
    assert back.review_steps.get(act=Act.RETURNED).reason == "Falta el acta."
    save_draft(activity, SEMESTER, {"narrative": "Con acta."}, by=reporter, edit=back.edit)


def test_only_what_waits_for_review_is_returned(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = sent(activity, reporter)
    recalled = recall(report, by=reporter)
    with pytest.raises(ValidationError, match="Ya no está en revisión"):
        return_report(recalled, "Falta.", puno, read=recalled.edit, by=planner)
    again = submit(recalled, Entry.PARTS, by=reporter)
    publish_reports({again.pk: again.edit}, puno, by=planner)
    with pytest.raises(ValidationError, match="Ya no está en revisión"):
        return_report(again, "Falta.", puno, read=again.edit, by=planner)
    assert not ReviewStep.objects.filter(act=Act.RETURNED).exists()


def test_one_may_return_ones_own_and_once(
    activity: PlanElement, puno: Municipality, planner: User, lamas: Municipality
) -> None:
    report = sent(activity, planner)
    with pytest.raises(ProgressReport.DoesNotExist):
        return_report(report, "Falta.", lamas, read=report.edit, by=planner)
    back = return_report(report, "Falta.", puno, read=report.edit, by=planner)
    assert return_report(back, "Falta. ", puno, read=report.edit, by=planner) == back
    with pytest.raises(ValidationError):
        return_report(back, "Falta otra cosa.", puno, read=report.edit, by=planner)
    assert back.review_steps.filter(act=Act.RETURNED).count() == 1


def test_a_correction_is_a_copy_beside_what_was_published(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = sent(activity, reporter)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    published = ProgressReport.objects.get()
    with pytest.raises(ValidationError, match="Diga por qué se corrige"):
        start_correction(published, "", by=reporter)
    correction = start_correction(published, "Se contó un comedor de más.", by=reporter)
    assert (correction.revision, correction.state) == (2, ReportState.DRAFT)
    assert correction.parts_done == PARTS[:3]
    with pytest.raises(ValidationError, match="Ya hay una corrección"):
        start_correction(published, "Otra vez.", by=reporter)
    assert start_correction(published, correction.correction_reason, by=reporter) == correction
    save_draft(activity, SEMESTER, {"parts_done": PARTS[:2]}, by=reporter, edit=correction.edit)
    again = submit(correction, Entry.PARTS, by=reporter)
    publish_reports({again.pk: again.edit}, puno, by=planner)
    assert [
        (each.revision, each.parts_done)
        for each in ProgressReport.objects.published().order_by("revision")
    ] == [(1, PARTS[:3]), (2, PARTS[:2])]


@pytest.mark.parametrize(
    "stated",
    [
        {"kind": MeasureKind.DELIVERY, "parts": PARTS[1:]},
        {"kind": MeasureKind.PERMANENT},
    ],
)
def test_what_does_not_answer_its_new_terms_is_left_and_can_be_returned(
    terms: MeasuringTerms,
    activity: PlanElement,
    puno: Municipality,
    reporter: User,
    planner: User,
    stated: dict[str, object],
) -> None:
    report = save_draft(activity, SEMESTER, VALUES | {"narrative": ""}, by=reporter, edit=0)
    report = submit(report, Entry.PARTS, by=reporter)
    state(activity, planner, **stated)
    done = publish_reports({report.pk: report.edit}, puno, by=planner)
    assert reasons(done) == [
        "Su forma de medir cambió después de que se envió: devuélvalo para completarlo."
    ]
    assert not ProgressReport.objects.published().exists()
    back = return_report(report, "Complételo.", puno, read=report.edit, by=planner)
    assert back.state == ReportState.RETURNED


def test_what_was_withdrawn_since_keeps_its_measure(
    terms: MeasuringTerms,
    activity: PlanElement,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    report = sent(activity, reporter)
    withdraw_elements([activity], by=planner)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    stored = ProgressReport.objects.published().get()
    assert (stored.progress, stored.signal) == (Decimal("37.5"), Signal.LATE)


def test_what_its_plan_no_longer_lets_publish_can_be_returned(
    plan: Plan, activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = sent(activity, reporter)
    plan.standing, plan.standing_source = Standing.UNCONFIRMED, ""
    save_plan(plan, by=planner)
    done = publish_reports({report.pk: report.edit}, puno, by=planner)
    assert reasons(done) == ["Su plan no es el de una autoridad elegida."]
    back = return_report(report, "Espere la fuente.", puno, read=report.edit, by=planner)
    assert back.state == ReportState.RETURNED


def test_a_form_left_open_since_before_publication_does_not_fit_the_correction(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    seen = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    report = submit(seen, Entry.PARTS, by=reporter)
    publish_reports({report.pk: report.edit}, puno, by=planner)
    start_correction(report, "Se contó un comedor de más.", by=planner)
    with pytest.raises(EditConflict):
        save_draft(activity, SEMESTER, {"narrative": "De antes."}, by=reporter, edit=1)


def test_a_plan_with_reports_does_not_turn_into_a_demonstration(
    plan: Plan, activity: PlanElement, reporter: User, planner: User
) -> None:
    sent(activity, reporter)
    plan.simulated = True
    with pytest.raises(ValidationError, match="no pasa de demostración a real, ni al revés"):
        save_plan(plan, by=planner)
    plan.refresh_from_db()
    assert plan.simulated is False


def test_what_is_measured_otherwise_than_it_was_read_is_left(
    activity: PlanElement,
    terms: MeasuringTerms,
    puno: Municipality,
    reporter: User,
    planner: User,
) -> None:
    report = sent(activity, reporter)
    read, under = {report.pk: report.edit}, {report.pk: terms.version}
    newer = state(activity, planner, parts=PARTS, schedule={"2019-I": "25"})
    done = publish_reports(read, puno, by=planner, under=under)
    assert reasons(done) == ["Su forma de medir cambió después de que usted lo leyó."]
    assert not ProgressReport.objects.published().exists()
    assert publish_reports(read, puno, by=planner, under={report.pk: newer.version}).published


def test_nothing_is_published_before_its_semester_opens(
    activity: PlanElement, terms: MeasuringTerms, puno: Municipality, reporter: User, planner: User
) -> None:
    """The days can be moved once it was sent."""
    report = sent(activity, reporter)
    SemesterWindow.objects.update(
        opens_on="2099-07-01", due_on="2099-07-31", closes_on="2099-08-15"
    )
    done = publish_reports({report.pk: report.edit}, puno, by=planner)
    assert done.published == []
    assert "se abre el 1 de julio de 2099" in done.left[0][1]
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED
