"""What the queue says of a report in few lines, and what may be published without opening it."""

import re

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind
from plans.models import PlanElement
from plans.semester import Semester
from tests.factories import state
from tests.tracking.office.sent import QUEUE, SEMESTER, add_link, draft, publish, send, send_again
from tests.tracking.office.sheets import long_plan
from tracking.choices import Step
from tracking.models import Preview, ProgressReport, SemesterWindow, Support, Withholding
from tracking.services.drafts import recall
from tracking.services.review import publish_reports, start_correction
from tracking.services.talk import say

pytestmark = pytest.mark.django_db
PLAIN = f"{QUEUE}sin-dudas/"


def lines(desk: Client, address: str = QUEUE) -> str:
    """The text of the page, its marks kept, without what unfolds."""
    page = re.sub(r"<details.*?</details>", "", desk.get(address).content.decode(), flags=re.S)
    page = re.sub(r'<span class="visually-hidden">.*?</span>', "", page)
    return " ".join(re.sub(r"<(?!/?(?:del|ins)>)[^>]*>", "", page).split())


def offered(desk: Client) -> list[str]:
    """The refs of the reports that the page of those without doubts names."""
    return re.findall(
        r'<li><span class="muted">([A-Z.0-9]+)</span>', desk.get(PLAIN).content.decode()
    )


def test_a_step_forward_is_marked_with_words_and_not_by_colour_alone(
    activity: PlanElement, next_semester: Semester, reporter: User, planner: User, desk: Client
) -> None:
    publish(activity, reporter, planner, step=Step.PREPARING)
    send(activity, reporter, semester=next_semester)
    address = f"/gestion/revision/puno/{next_semester}/"
    told = "2019-I: <del>en preparación</del> → <ins>en ejecución</ins> · sin cronograma"
    assert told in lines(desk, address)
    page = desk.get(address).content.decode()
    assert '<span class="visually-hidden">antes: </span>en preparación' in page


def test_what_stayed_as_it_was_says_so_and_a_text_told_again_too(
    activity: PlanElement, next_semester: Semester, reporter: User, planner: User, desk: Client
) -> None:
    publish(activity, reporter, planner)
    send(activity, reporter, semester=next_semester)
    page = lines(desk, f"/gestion/revision/puno/{next_semester}/")
    assert "En ejecución (igual que en 2019-I)" in page
    assert "Qué se hizo (igual): " in page
    assert "Repite el texto anterior" in page


def test_a_first_report_says_so(activity: PlanElement, reporter: User, desk: Client) -> None:
    send(activity, reporter)
    assert "En ejecución (primer informe)" in lines(desk)


def test_what_is_told_in_words_has_no_measure_to_compare(
    target: PlanElement, next_semester: Semester, reporter: User, planner: User, desk: Client
) -> None:
    state(target, planner, kind=MeasureKind.UNVERIFIABLE)
    publish(target, reporter, planner, step=None)
    send(target, reporter, semester=next_semester, step=None)
    assert "En palabras · sin cronograma" in lines(desk, f"/gestion/revision/puno/{next_semester}/")


def test_a_correction_is_compared_with_what_it_would_replace(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    published = publish(activity, reporter, planner, step=Step.PREPARING)
    correction = start_correction(published, "Ya se firmó.", by=reporter)
    ProgressReport.objects.filter(pk=correction.pk).update(step=Step.RUNNING)
    send_again(ProgressReport.objects.get(pk=correction.pk), reporter)
    page = lines(desk)
    assert "2019-I: <del>en preparación</del> → <ins>en ejecución</ins>" in page
    assert "Corrección" in page
    assert offered(desk) == []


def test_what_is_unlikely_is_said_and_waits_for_a_second_look(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    state(activity, planner, goal=3, unit_of_measure="postas")
    unlikely = send(activity, reporter, value=300)
    send(target, reporter, step=None)
    page = lines(desk)
    assert "Poco probable: informa 300 postas de una meta de 3." in page
    assert "Uno pide que se lo mire dos veces: S.1.1.1." in page
    assert f'<a href="#informe-{unlikely.pk}">' in desk.get(QUEUE).content.decode()
    assert offered(desk) == ["S.1.1.2"]
    assert "Queda 1 en revisión: S.1.1.1." in lines(desk, PLAIN)


def test_all_without_doubts_are_published_by_two_taps(
    activity: PlanElement, target: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    sustained = draft(activity, reporter)
    add_link(sustained, reporter)
    send_again(sustained, reporter)
    send(target, reporter, step=None)
    page = desk.get(QUEUE).content.decode()
    assert f'href="{PLAIN}"' in page
    confirm = desk.get(PLAIN).content.decode()
    assert "Publicar estos 2 informes" in confirm
    assert "1 no tiene sustento: se publica así, y lo dice." in confirm
    read = re.findall(r'name="read" value="([^"]+)"', confirm)
    answer = desk.post(QUEUE, {"read": read})
    assert [str(each) for each in get_messages(answer.wsgi_request)] == [
        "Se publicaron 2 informes."
    ]
    assert ProgressReport.objects.published().count() == 2
    assert "Nada que publicar junto" in desk.get(PLAIN).content.decode()


def test_ones_own_report_is_never_published_along(
    activity: PlanElement, planner: User, desk: Client
) -> None:
    send(activity, planner)
    assert offered(desk) == []
    assert PLAIN not in desk.get(QUEUE).content.decode()


def test_what_was_asked_under_it_is_said_and_holds_it_back_until_it_is_sent_again(
    activity: PlanElement, reporter: User, planner: User, desk: Client
) -> None:
    report = send(activity, reporter)
    talk = "/gestion/semestre/puno/2019-I/S.1.1.1/conversacion/"
    asked = desk.post(talk, {"mensaje": "¿Cuántos comedores?", "desde": "cola"})
    assert asked["Location"] == f"{QUEUE}#informe-{report.pk}"
    assert "Se preguntó: ¿Cuántos comedores?" in lines(desk)
    assert offered(desk) == []
    say(report, "Tres, y uno en obra.", by=reporter)
    assert "Respondió la unidad: Tres, y uno en obra." in lines(desk)
    assert offered(desk) == []
    send_again(recall(report, by=reporter), reporter)
    assert "Respondió la unidad" not in lines(desk)
    assert offered(desk) == ["S.1.1.1"]


def test_only_what_the_page_shows_is_published_along(
    puno_unit: Unit, window: SemesterWindow, reporter: User, planner: User, desk: Client
) -> None:
    for element in long_plan(puno_unit, planner, more=29):
        send(element, reporter)
    assert len(offered(desk)) == 25
    second = desk.get(f"{PLAIN}?pagina=2").content.decode()
    assert "Publicar estos 5 informes" in second
    assert f'href="{PLAIN}?pagina=2"' in desk.get(f"{QUEUE}?pagina=2").content.decode()


def test_a_photograph_is_shown_small_until_it_is_withheld(
    activity: PlanElement, puno: Municipality, reporter: User, planner: User, desk: Client
) -> None:
    report = draft(activity, reporter)
    photograph = Support.objects.create(
        report=report,
        title="La obra",
        taken_on=SEMESTER.last_day,
        file_name="obra.jpg",
        media_type="image/jpeg",
        size=1,
        sha256="b" * 64,
        added_by=reporter,
    )
    Preview.objects.create(
        original="b" * 64, sha256="c" * 64, width=320, height=240, made_at=timezone.now()
    )
    send_again(report, reporter)
    small = f"/gestion/semestre/puno/2019-I/S.1.1.1/sustentos/{photograph.pk}/vista/"
    shown = f'<img src="{small}" width="320" height="240" alt="La obra"'
    assert shown in desk.get(QUEUE).content.decode()
    Withholding.objects.create(municipality=puno, sha256="b" * 64, reason="DNI.", by=planner)
    assert small not in desk.get(QUEUE).content.decode()
    assert "La obra (retirado)" in lines(desk)


@pytest.mark.parametrize("count", [3, 25])
def test_naming_what_is_published_costs_the_same_however_much_it_is(
    count: int,
    puno: Municipality,
    puno_unit: Unit,
    window: SemesterWindow,
    next_semester: Semester,
    reporter: User,
    planner: User,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    elements = long_plan(puno_unit, planner, more=count - 1)
    sent = [send(element, reporter) for element in elements]
    publish_reports({each.pk: each.edit for each in sent}, puno, by=planner)
    for element in elements:
        send(element, reporter, semester=next_semester)
    address = f"/gestion/revision/puno/{next_semester}/sin-dudas/"
    desk.get(address)
    with django_assert_num_queries(18):
        page = desk.get(address).content.decode()
    assert page.count('name="read"') == count
