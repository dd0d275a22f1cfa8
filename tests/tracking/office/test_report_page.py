"""The page of one report: read, written, sent, recalled; by its owner, a colleague, an outsider."""

import re
from decimal import Decimal
from http import HTTPStatus
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Municipality, User
from plans.choices import MeasureKind, Standing
from plans.models import Plan, PlanElement
from plans.services.editing import withdraw_elements
from tests.conftest import SignIn
from tests.factories import make_plan, state
from tests.pages import text
from tests.tracking.office.reporting import PAGE, ROOM, TARGET_PAGE, TYPED, draft
from tests.tracking.office.sent import SEMESTER
from tests.tracking.published import open_window
from tracking.choices import ReportState, Step
from tracking.measuring.entry import Entry
from tracking.models import ProgressReport
from tracking.services.drafts import submit
from tracking.services.review import publish_reports, return_report

pytestmark = pytest.mark.django_db


def queries(client: Client, typed: dict[str, str]) -> int:
    """How many queries a POST makes, transaction control aside."""
    with CaptureQueriesContext(connection) as captured:
        assert client.post(PAGE, typed).status_code == HTTPStatus.FOUND
    return sum("SAVEPOINT" not in query["sql"] for query in captured)


def test_the_owner_saves_a_draft_and_reads_it_back(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    page = text(client.get(PAGE))
    assert "Programa de comedores de Puno" in page
    assert "Sin empezar" in page
    saved = client.post(PAGE, {**TYPED, "accion": "guardar"}, follow=True)
    assert saved.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    report = ProgressReport.objects.get()
    hour = timezone.localtime(report.updated_at).strftime("%H:%M")
    assert f"Guardado a las {hour}." in text(saved)
    assert (report.state, report.step) == (ReportState.DRAFT, Step.RUNNING)
    assert (report.narrative, report.difficulties, report.next_steps) == (
        TYPED["narrative"],
        TYPED["difficulties"],
        TYPED["next_steps"],
    )
    for typed in ("Se firmó el contrato.", "La lluvia.", "Empezar la obra.", "2019-06-30"):
        assert typed in text(saved)


def test_a_figure_is_read_back(
    target: PlanElement, planner: User, reporter: User, signed_in: SignIn
) -> None:
    level = {"kind": MeasureKind.LEVEL, "unit_of_measure": "viviendas", "goal": Decimal(4000)}
    state(target, planner, **level)
    client = signed_in(reporter)
    typed = {"value": "1,500", "as_of": "2019-06-30", "entry": "valor", "narrative": "Se contó."}
    refused = client.post(TARGET_PAGE, typed)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Escribió «1,500». Elija qué quiso decir." in text(refused)
    assert "Se contó." in text(refused)
    assert not ProgressReport.objects.exists()
    meant = {**typed, "value_como": "1500:1,500"}
    saved = client.post(TARGET_PAGE, meant, follow=True)
    assert "Se entendió: 1,500 viviendas." in text(saved)
    assert ProgressReport.objects.get().value == 1500


def test_what_does_not_fit_is_said_and_everything_typed_comes_back(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    typed = {**TYPED, "as_of": "2019-07-02", "halted_cause": "Sin presupuesto"}
    refused = signed_in(reporter).post(PAGE, {**typed, "accion": "enviar"})
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    page = text(refused)
    assert "Ese día no es del semestre 2019-I" in page
    assert "Diga desde cuándo está paralizado." in page
    assert '<a href="#id_as_of">' in page
    for kept in ("Se firmó el contrato.", "La lluvia.", "Sin presupuesto", "2019-07-02"):
        assert kept in page
    assert not ProgressReport.objects.exists()


def test_sending_saves_first_and_goes_back_to_the_semester(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    sent = signed_in(reporter).post(PAGE, {**TYPED, "accion": "enviar"}, follow=True)
    assert sent.redirect_chain == [(ROOM, HTTPStatus.FOUND)]
    assert "S.1.1.1 se envió a revisión." in text(sent)
    report = ProgressReport.objects.get()
    assert (report.state, report.narrative) == (ReportState.SUBMITTED, "Se firmó el contrato.")


def test_what_is_missing_is_said_and_the_text_stays_saved(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    lacking = {**TYPED, "step": "0", "narrative": "", "accion": "enviar"}
    refused = client.post(PAGE, lacking)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Diga por qué no hubo actividad." in text(refused)
    report = ProgressReport.objects.get()
    assert (report.state, report.difficulties) == (ReportState.DRAFT, "La lluvia.")
    assert f'name="edit" value="{report.edit}"' in text(refused)
    again = {**lacking, "narrative": "Sin presupuesto.", "edit": str(report.edit)}
    assert client.post(PAGE, again).status_code == HTTPStatus.FOUND
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED


def test_what_is_missing_stands_at_its_field_as_well(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    page = text(signed_in(reporter).post(PAGE, {**TYPED, "step": "", "accion": "enviar"}))
    reason = "Elija en qué paso está."
    assert f'<p class="error" id="id_step_error">{reason}</p>' in page
    assert "Se guardó lo que escribió. Para enviarlo a revisión falta:" in page
    assert re.search(f'<li><a href="#id_step">[^<]+</a>: {reason}</li>', page)


def test_a_text_that_is_too_long_is_counted_and_comes_back_whole(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    """A browser's own maxlength would have cut what was pasted, without a word."""
    client = signed_in(reporter)
    assert "maxlength" not in text(client.get(PAGE))
    pasted = "Se firmó.\r\n" * 2_000 + "a"  # a line end is one letter
    page = text(client.post(PAGE, {**TYPED, "narrative": pasted}))
    assert "Caben 20,000 letras y escribió 20,001" in page
    assert 'Hasta 20,000 letras; lleva <span data-counts="id_narrative">20,001</span>' in page
    assert "\n" + pasted.replace("\r\n", "\n") + "</textarea>" in page


def test_what_was_sent_is_read_and_can_be_recalled(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    submit(draft(activity, reporter), Entry.STEP, by=reporter)
    client = signed_in(reporter)
    page = text(client.get(PAGE))
    assert 'name="narrative"' not in page
    assert "Se firmó." in page
    assert "Recuperar" in page
    recalled = client.post(f"{PAGE}recuperar/", follow=True)
    assert recalled.redirect_chain == [(PAGE, HTTPStatus.FOUND)]
    assert 'name="narrative"' in text(recalled)
    again = client.post(f"{PAGE}recuperar/", follow=True)
    assert "Este informe está en preparación: ya puede cambiarlo." in text(again)


def test_who_returned_it_and_why_stands_above_the_form(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, signed_in: SignIn
) -> None:
    sent = submit(draft(activity, reporter), Entry.STEP, by=reporter)
    return_report(sent, "Falta el acta.", puno, read=sent.edit, by=planner)
    page = text(signed_in(reporter).get(PAGE))
    assert page.index("Falta el acta.") < page.index('name="narrative"')
    assert f"{planner} lo devolvió" in page


def test_last_semester_stands_beside_the_fields(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, signed_in: SignIn
) -> None:
    sent = submit(draft(activity, reporter), Entry.STEP, by=reporter)
    publish_reports({sent.pk: sent.edit}, puno, by=planner)
    open_window(puno, SEMESTER.next)
    page = text(signed_in(reporter).get("/gestion/semestre/puno/2019-II/S.1.1.1/"))
    assert "Antes: 2019-I" in page
    assert "Lo último publicado, en 2019-I: en ejecución." in page
    assert "Se firmó." in page


def test_a_colleague_reads_it_without_a_form(
    activity: PlanElement, reporter: User, colleague: User, signed_in: SignIn
) -> None:
    draft(activity, reporter)
    client = signed_in(colleague)
    page = text(client.get(PAGE))
    assert "Se firmó." in page
    assert 'name="narrative"' not in page


def test_what_the_plan_does_not_have_is_not_found(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    assert client.get(f"{ROOM}S.9.9/").status_code == HTTPStatus.NOT_FOUND
    assert client.get("/gestion/semestre/puno/2031-I/S.1.1.1/").status_code == HTTPStatus.NOT_FOUND


def test_without_an_elected_authority_nothing_is_entered(
    activity: PlanElement, plan: Plan, reporter: User, signed_in: SignIn
) -> None:
    Plan.objects.filter(pk=plan.pk).update(standing=Standing.UNCONFIRMED)
    client = signed_in(reporter)
    page = text(client.get(PAGE))
    assert "autoridad elegida" in page
    assert 'name="narrative"' not in page
    refused = client.post(PAGE, TYPED)
    assert refused.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Se firmó el contrato." in text(refused)


def test_what_is_typed_is_shown_as_text(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    draft(activity, reporter, narrative="<script>alert(1)</script>")
    page = text(signed_in(reporter).get(PAGE))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_saving_takes_nine_queries(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    client = signed_in(reporter)
    assert queries(client, TYPED) == 9  # with the first step of its history
    assert queries(client, {**TYPED, "narrative": "Otra.", "edit": "1"}) == 8


def test_a_dimension_is_told_in_words_alone(
    activity: PlanElement, planner: User, signed_in: SignIn
) -> None:
    client = signed_in(planner)
    listed = text(client.get(f"{ROOM}narrativos/"))
    assert [ref for ref in ("S", "S.1", "S.1.1") if f'href="{ROOM}{ref}/"' in listed] == [
        "S",
        "S.1",
        "S.1.1",
    ]
    assert f'href="{PAGE}"' not in listed
    page = text(client.get(f"{ROOM}S/"))
    assert 'name="step"' not in page
    typed = {"narrative": "Va bien.", "as_of": "2019-06-30", "entry": "narrativo"}
    sent = client.post(f"{ROOM}S/", {**typed, "accion": "enviar"})
    assert sent.status_code == HTTPStatus.FOUND
    assert ProgressReport.objects.get().state == ReportState.SUBMITTED


def test_a_unit_chooses_among_what_it_answers_for(
    activity: PlanElement, reporter: User, signed_in: SignIn
) -> None:
    listed = text(signed_in(reporter).get(f"{ROOM}narrativos/"))
    assert "Su unidad no responde por ninguno." in listed


@pytest.mark.parametrize("more", [3, 48])
def test_the_list_to_choose_from_takes_as_many_queries_however_long(
    puno: Municipality, planner: User, signed_in: SignIn, more: int, django_assert_num_queries: Any
) -> None:
    make_plan(puno, more=more)
    client = signed_in(planner)
    with django_assert_num_queries(12):
        listed = text(client.get(f"{ROOM}narrativos/"))
    assert listed.count(f'href="{ROOM}M.') == min(more, 46)


def test_what_was_withdrawn_is_read_and_takes_no_report(
    activity: PlanElement, planner: User, signed_in: SignIn
) -> None:
    withdraw_elements([activity], by=planner)
    browser = signed_in(planner)
    page = browser.get(PAGE)
    assert (page.status_code, page.context["form"]) == (HTTPStatus.OK, None)
    assert browser.post(PAGE, TYPED).status_code == HTTPStatus.NOT_FOUND
    assert not ProgressReport.objects.exists()
