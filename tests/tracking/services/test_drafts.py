"""Save a report, send it to review, take it back."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Municipality, User
from plans.choices import Standing
from plans.models import Plan, PlanElement
from plans.services.editing import save_plan
from tests.meanwhile import PATIENCE, Meanwhile
from tests.tracking.office.sent import SEMESTER
from tracking.choices import Act, ReportState, Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.drafts import EditConflict, recall, save_draft, submit
from tracking.services.in_bulk import mark_idle, submit_complete
from tracking.services.review import publish_reports

pytestmark = pytest.mark.django_db
VALUES = {"step": Step.RUNNING, "narrative": "Se firmó el contrato.", "as_of": dt.date(2019, 6, 30)}


def test_the_first_saving_begins_a_draft(activity: PlanElement, reporter: User) -> None:
    report = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    assert (report.state, report.revision, report.edit) == (ReportState.DRAFT, 1, 1)
    assert report.unit == reporter.current_memberships[0].unit
    assert [step.act for step in report.review_steps.all()] == [Act.WRITTEN]


def test_saving_again_needs_the_edition_that_was_seen(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    first = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    second = save_draft(
        activity, SEMESTER, {**VALUES, "step": Step.PARTLY}, by=planner, edit=first.edit
    )
    with pytest.raises(EditConflict) as refused:
        save_draft(
            activity, SEMESTER, {**VALUES, "narrative": "Otra."}, by=reporter, edit=first.edit
        )
    assert refused.value.stored.edit == second.edit
    stored = ProgressReport.objects.get()
    assert (stored.step, stored.narrative) == (Step.PARTLY, VALUES["narrative"])


def test_two_who_begin_at_once_do_not_overwrite_each_other(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    with pytest.raises(EditConflict):
        save_draft(activity, SEMESTER, {**VALUES, "narrative": "Otra."}, by=planner, edit=0)
    assert ProgressReport.objects.get().narrative == VALUES["narrative"]


@pytest.mark.parametrize(
    ("edit", "own", "colleague"),
    [
        (0, "Usted ya tiene un borrador de este informe.", "Otra persona ya comenzó este informe."),
        (
            1,
            "Usted guardó este informe en otra ventana.",
            "Otra persona guardó este informe mientras usted escribía.",
        ),
    ],
)
def test_whoever_comes_second_is_told_whose_hand_was_first(
    activity: PlanElement, reporter: User, planner: User, edit: int, own: str, colleague: str
) -> None:
    save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    save_draft(activity, SEMESTER, {**VALUES, "step": Step.PARTLY}, by=reporter, edit=1)
    for person, told in ((reporter, own), (planner, colleague)):
        with pytest.raises(EditConflict) as refused:
            save_draft(activity, SEMESTER, VALUES, by=person, edit=edit)
        assert str(refused.value) == told


def test_a_form_sent_twice_is_written_once(activity: PlanElement, reporter: User) -> None:
    first = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    again = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    assert (again.pk, again.edit) == (first.pk, first.edit)


def test_everybody_who_writes_is_noted(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    report = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    save_draft(activity, SEMESTER, {**VALUES, "step": 1}, by=planner, edit=report.edit)
    assert [step.by for step in report.review_steps.all()] == [reporter, planner]


def test_what_was_sent_is_not_written_in_until_it_is_recalled(
    activity: PlanElement, reporter: User
) -> None:
    report = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    sent = submit(report, Entry.STEP, by=reporter)
    with pytest.raises(ValidationError, match="recupérelo"):
        save_draft(activity, SEMESTER, {"narrative": "Otra."}, by=reporter, edit=sent.edit)
    recalled = recall(sent, by=reporter)
    save_draft(activity, SEMESTER, {"narrative": "Otra."}, by=reporter, edit=recalled.edit)
    assert ProgressReport.objects.get().narrative == "Otra."
    with pytest.raises(ValidationError, match="ya no está en revisión"):
        recall(recalled, by=reporter)


def test_a_form_left_open_until_it_was_published_is_told_of_the_correction(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    sent = submit(report, Entry.STEP, by=reporter)
    publish_reports({sent.pk: sent.edit}, puno, by=planner)
    for edit in (0, report.edit):
        with pytest.raises(ValidationError, match="lo que cambie va en una corrección"):
            save_draft(activity, SEMESTER, {"narrative": "Otra."}, by=reporter, edit=edit)


@pytest.mark.parametrize(
    ("entry", "values", "sentence"),
    [
        (Entry.STEP, {"step": 2}, "Diga a qué día corresponde lo informado."),
        (Entry.STEP, {"as_of": dt.date(2019, 6, 30)}, "Elija en qué paso está."),
        (Entry.STEP, {"as_of": dt.date(2019, 6, 30), "step": 0}, "Diga por qué no hubo actividad."),
        (
            Entry.VALUE,
            {"as_of": dt.date(2019, 6, 30)},
            "Dé la cifra, o diga en «Qué se hizo» por qué no la hay.",
        ),
        (Entry.NARRATIVE, {"as_of": dt.date(2019, 6, 30)}, "Cuente qué se hizo."),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_sent(
    activity: PlanElement, reporter: User, entry: Entry, values: dict[str, object], sentence: str
) -> None:
    report = save_draft(activity, SEMESTER, values, by=reporter, edit=0)
    with pytest.raises(ValidationError) as refused:
        submit(report, entry, by=reporter)
    assert refused.value.messages == [sentence]
    assert ProgressReport.objects.get().state == ReportState.DRAFT


@pytest.mark.parametrize("standing", [Standing.NOT_ELECTED, Standing.UNCONFIRMED])
def test_only_the_plan_of_an_elected_authority_is_reported_on(
    activity: PlanElement, plan: Plan, reporter: User, standing: Standing
) -> None:
    Plan.objects.filter(pk=plan.pk).update(standing=standing)
    activity.plan.refresh_from_db()
    with pytest.raises(ValidationError, match="autoridad elegida"):
        save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)


def test_a_draft_is_prepared_before_the_semester_opens_and_sent_only_then(
    activity: PlanElement, window: SemesterWindow, reporter: User
) -> None:
    SemesterWindow.objects.filter(pk=window.pk).update(
        opens_on="2099-07-01", due_on="2099-07-31", closes_on="2099-08-15"
    )
    report = save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)
    with pytest.raises(ValidationError, match="se abre el 1 de julio de 2099"):
        submit(report, Entry.STEP, by=reporter)
    assert submit_complete({report.pk: Entry.STEP}, by=reporter).sent == []
    with pytest.raises(ValidationError, match="se abre el 1 de julio de 2099"):
        mark_idle([activity], SEMESTER, "No empezó.", by=reporter)
    assert ProgressReport.objects.get().state == ReportState.DRAFT


def test_without_a_window_nothing_is_entered(
    activity: PlanElement, window: SemesterWindow, reporter: User
) -> None:
    window.delete()
    with pytest.raises(ValidationError, match="no tiene plazos"):
        save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0)


@pytest.mark.django_db(transaction=True)
def test_nobody_waits_to_write_while_the_plan_is_corrected(
    activity: PlanElement, reporter: User, planner: User
) -> None:
    writing = Meanwhile(lambda: save_draft(activity, SEMESTER, VALUES, by=reporter, edit=0))
    activity.plan.note = "Dos páginas se leyeron a mano."
    with transaction.atomic():
        save_plan(activity.plan, by=planner)
        writing.start()
        writing.join(PATIENCE)
        assert ProgressReport.objects.get().narrative == VALUES["narrative"]
    assert writing.refused is None
