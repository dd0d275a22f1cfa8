"""Planning's queue: what waits, beside what was reported before, for planning alone to read."""

import datetime as dt
import re

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_plan, state
from tests.tracking.office.sent import (
    QUEUE,
    SEMESTER,
    TEXT,
    add_link,
    draft,
    publish,
    send,
    send_again,
)
from tests.tracking.office.sheets import long_plan
from tests.tracking.published import open_window
from tracking.choices import Step
from tracking.models import SemesterWindow, Withholding
from tracking.services.drafts import save_draft
from tracking.services.review import publish_reports, return_report, start_correction

pytestmark = pytest.mark.django_db
NEXT = Semester(2019, 2)
NEXT_QUEUE = "/gestion/revision/puno/2019-II/"


@pytest.fixture
def next_window(puno: Municipality) -> SemesterWindow:
    """Its day to report is still to come."""
    return SemesterWindow.objects.create(
        municipality=puno,
        semester=NEXT,
        opens_on=dt.date(2020, 1, 1),
        due_on=dt.date(2190, 1, 31),
        closes_on=dt.date(2190, 2, 15),
    )


def shown(desk: Client, address: str = QUEUE) -> str:
    answer = desk.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def refs(page: str) -> list[str]:
    """The promises whose reports the page offers to publish, in its order."""
    return re.findall(r'Publicar<span class="visually-hidden"> ([A-Z.0-9]+)</span>', page)


def test_planning_reads_a_report_beside_the_semester_before(
    activity: PlanElement,
    next_window: SemesterWindow,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    publish(activity, reporter, planner, step=Step.PREPARING, narrative="Lo de antes.")
    send(activity, reporter, semester=NEXT, difficulties="Llovió.", next_steps="Abrir.")
    page = shown(desk, NEXT_QUEUE)
    assert refs(page) == ["S.1.1.1"]
    before = page[page.index('<div class="before"') :]
    now = page[: page.index('<div class="before"')]
    assert [text in now for text in (TEXT, "En ejecución", "Llovió.", "Abrir.")] == [True] * 4
    assert [text in before for text in ("2019-I<", "En preparación", "Lo de antes.")] == [True] * 3


def test_what_the_result_would_be_is_said(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    state(activity, planner, parts=["Uno", "Dos", "Tres", "Cuatro"], schedule={"2019-I": "50"})
    send(activity, reporter, parts_done=["Uno"])
    page = shown(desk)
    assert "en ejecución, 1 de 4 partes" in page.lower()
    assert "25 %, con retraso (programado: 50 %)" in page


def test_a_planned_step_is_named_and_no_percentage(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    state(activity, planner, schedule={"2019-I": "3"})
    send(activity, reporter)
    assert "con retraso (programado: Entregado en parte)" in shown(desk)


def test_supports_are_listed_and_their_lack_is_said(
    activity: PlanElement, target: PlanElement, reporter: User, desk: Client
) -> None:
    sustained = draft(activity, reporter)
    add_link(sustained, reporter, "Acta de los comedores")
    send_again(sustained, reporter)
    assert "Sin sustento" not in shown(desk)
    assert "Acta de los comedores</a> (enlace) · 1 de junio de 2019" in shown(desk)
    send(target, reporter, step=None)
    assert shown(desk).count("Sin sustento.") == 1


def test_a_withheld_support_is_no_link(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, desk: Client
) -> None:
    report = draft(activity, reporter)
    support = add_link(report, reporter)
    send_again(report, reporter)
    Withholding.objects.create(
        municipality=puno, sha256=support.sha256, reason="Tiene DNI.", by=planner
    )
    page = shown(desk)
    assert "Acta de entrega (retirado)" in page
    assert support.url not in page


def test_who_wrote_it_and_for_which_unit(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    report = draft(activity, planner)
    draft_again = {"narrative": "Con más detalle."}
    save_draft(activity, SEMESTER, draft_again, by=reporter, edit=report.edit)
    send_again(report, reporter)
    page = shown(desk)
    assert "planner@puno.pe; reporter@puno.pe · Gerencia de Obras" in page


def test_late_is_what_was_sent_after_its_day(
    activity: PlanElement, next_window: SemesterWindow, reporter: User, desk: Client
) -> None:
    send(activity, reporter)
    send(activity, reporter, semester=NEXT)
    assert "Enviado con atraso" in shown(desk)
    assert "Enviado con atraso" not in shown(desk, NEXT_QUEUE)


def test_what_was_sent_first_comes_first(
    activity: PlanElement, target: PlanElement, reporter: User, desk: Client
) -> None:
    send(target, reporter, step=None)
    send(activity, reporter)
    assert refs(shown(desk)) == ["S.1.1.2", "S.1.1.1"]


def test_only_what_was_sent_waits(
    activity: PlanElement, target: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    client = SignIn()(planner)
    draft(activity, reporter)
    report = send(target, reporter, step=None)
    assert refs(shown(client)) == ["S.1.1.2"]
    return_report(report, "Falta la fuente.", puno, read=report.edit, by=planner)
    assert "Nada espera revisión en este semestre." in shown(client)


def test_texts_are_shown_as_they_were_typed(
    activity: PlanElement, reporter: User, desk: Client
) -> None:
    send(activity, reporter, narrative="<script>alert(1)</script>\nOtra línea")
    page = desk.get(QUEUE).content.decode()
    assert "<script>alert" not in page
    assert '<p class="typed">&lt;script&gt;alert(1)&lt;/script&gt;\nOtra línea</p>' in page


def test_a_unit_can_be_chosen(
    activity: PlanElement,
    target: PlanElement,
    puno_unit: Unit,
    reporter: User,
    planner: User,
    desk: Client,
) -> None:
    send(activity, reporter)
    target.responsibility_set.all().delete()
    send(target, planner, step=None)
    assert refs(shown(desk, f"{QUEUE}?unidad={puno_unit.pk}")) == ["S.1.1.1"]
    assert "S.1.1.2" in shown(desk, f"{QUEUE}?unidad=ninguna")
    assert "S.1.1.1" not in shown(desk, f"{QUEUE}?unidad=ninguna")
    for strange in ("x", "99999999999999999999999", "-1"):
        assert "Con este filtro nada espera" in shown(desk, f"{QUEUE}?unidad={strange}")


def test_a_correction_shows_its_reason_and_what_it_changes(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    published = publish(activity, reporter, planner, narrative="Se entregaron 3 comedores.")
    correction = start_correction(published, "Se contó uno de más.", by=reporter)
    save_draft(
        activity,
        SEMESTER,
        {"narrative": "Se entregaron 2 comedores."},
        by=reporter,
        edit=correction.edit,
    )
    send_again(correction, reporter)
    page = shown(desk)
    assert "Motivo de la corrección: Se contó uno de más." in page
    assert re.search(r"<del>.{0,60}3 </del><ins>.{0,60}2 </ins>", page)


def test_ones_own_report_is_not_offered(
    activity: PlanElement, planner: User, second_planner: User, signed_in: SignIn
) -> None:
    send(activity, planner)
    page = shown(signed_in(planner))
    assert refs(page) == []
    assert "Usted escribió en él: lo publica otra persona" in page
    assert "Publicar lo marcado" not in page
    assert refs(shown(signed_in(second_planner))) == ["S.1.1.1"]


def test_who_is_alone_is_told_that_there_is_no_second_review(
    activity: PlanElement, planner: User, desk: Client
) -> None:
    send(activity, planner)
    page = shown(desk)
    assert refs(page) == ["S.1.1.1"]
    assert "se publicará «sin segunda revisión»" in page
    assert 'name="unreviewed"' in page


def test_one_report_has_a_page_with_its_history(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, desk: Client
) -> None:
    report = send(activity, reporter)
    back = return_report(report, "Falta el acta.", puno, read=report.edit, by=planner)
    page = shown(desk, f"{QUEUE}{report.pk}/")
    assert "Devuelto" in page
    assert "Falta el acta." in page
    assert "Su decisión" not in page
    send_again(back, reporter)
    page = shown(desk, f"{QUEUE}{report.pk}/")
    assert [step in page for step in ("Lo devolvió", "Su decisión", "Publicar")] == [True] * 3


def test_a_published_revision_stays_readable_beside_its_correction(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    state(activity, planner, parts=["Uno", "Dos"], schedule={"2019-I": "50"})
    published = publish(
        activity, reporter, planner, narrative="El primer texto.", parts_done=["Uno"]
    )
    state(activity, planner, parts=["Uno", "Dos", "Tres", "Cuatro"])
    start_correction(published, "Otra cifra.", by=reporter)
    page = shown(desk, f"{QUEUE}{published.pk}/")
    for text in ("El primer texto.", "Publicado", "50 %, al día (programado: 50 %)"):
        assert text in page
    assert "Su decisión" not in page


def test_other_semesters_that_wait_are_linked(
    activity: PlanElement, next_window: SemesterWindow, reporter: User, desk: Client
) -> None:
    send(activity, reporter, semester=NEXT)
    assert f'<a href="{NEXT_QUEUE}">2019-II: 1 espera</a>' in shown(desk)
    assert desk.get("/gestion/revision/puno/").headers["Location"] == NEXT_QUEUE


def test_the_door_without_a_semester_leads_somewhere(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    door = "/gestion/revision/puno/"
    assert desk.get(door).headers["Location"] == "/gestion/semestres/puno/"
    open_window(puno, SEMESTER)
    assert desk.get(door).headers["Location"] == QUEUE


def test_a_semester_outside_every_plan_is_no_address(plan: Plan, desk: Client) -> None:
    assert desk.get("/gestion/revision/puno/2031-I/").status_code == 404


def test_a_report_of_another_municipality_or_semester_is_not_here(
    activity: PlanElement, lamas: Municipality, reporter: User, outsider: User, desk: Client
) -> None:
    make_plan(lamas)
    report = send(activity, reporter)
    foreign = f"/gestion/revision/lamas/2019-I/{report.pk}/"
    assert SignIn()(outsider).get(foreign).status_code == 404
    assert SignIn()(outsider).post(foreign, {"reason": "x", "edit": 1}).status_code == 404
    assert desk.get(f"{NEXT_QUEUE}{report.pk}/").status_code == 404
    assert desk.get(f"{QUEUE}99999999999999999999999/").status_code == 404


@pytest.mark.parametrize("count", [3, 30])
def test_the_queue_costs_the_same_however_long_it_is(
    count: int,
    puno: Municipality,
    puno_unit: Unit,
    window: SemesterWindow,
    next_window: SemesterWindow,
    reporter: User,
    planner: User,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    guidelines = long_plan(puno_unit, planner, more=count - 1)
    assert len(guidelines) == count
    sent = [send(element, reporter) for element in guidelines]
    publish_reports({each.pk: each.edit for each in sent}, puno, by=planner)
    for element in guidelines:
        report = draft(element, reporter, semester=NEXT)
        add_link(report, reporter)
        send_again(report, reporter)
    desk.get(NEXT_QUEUE)
    with django_assert_num_queries(19):
        page = shown(desk, NEXT_QUEUE)
    assert len(refs(page)) == min(count, 25)
    assert page.count('class="before"') == min(count, 25)
