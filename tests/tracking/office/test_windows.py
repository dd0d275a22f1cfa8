"""The days on which each semester is reported: proposed, changed, and shut once it is closed."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.term import Term
from tests.factories import make_plan
from tests.pages import told
from tests.tracking.office.sent import SEMESTER, send
from tracking.models import SemesterWindow
from tracking.services.semesters import close_semester

pytestmark = pytest.mark.django_db
WINDOWS = "/gestion/semestres/puno/"
ONE = "/gestion/semestres/puno/2019-I/"
DAYS = {"opens_on": "2019-07-01", "due_on": "2019-08-20", "closes_on": "2019-09-10"}


def days() -> tuple[str, str, str]:
    row = SemesterWindow.objects.get(semester=SEMESTER)
    return row.opens_on.isoformat(), row.due_on.isoformat(), row.closes_on.isoformat()


def test_the_windows_of_a_term_are_proposed(plan: Plan, puno: Municipality, desk: Client) -> None:
    assert "Generar los plazos del periodo 2019–2022" in desk.get(WINDOWS).content.decode()
    answer = desk.post(WINDOWS, {"term": "2019-2022", "desde": "2019-I"})
    assert (answer.status_code, answer["Location"]) == (302, WINDOWS)
    assert told(answer) == ["Se generaron los plazos de 8 semestres."]
    assert days() == ("2019-07-01", "2019-07-31", "2019-08-15")
    rows = SemesterWindow.objects.filter(municipality=puno)
    assert list(rows.values_list("semester", flat=True)) == Semester.all_of(Term(2019, 2022))
    page = desk.get(WINDOWS).content.decode()
    assert "Generar" not in page
    assert page.index("2022-II") < page.index("2019-I<")


def test_the_last_semester_is_due_before_the_term_ends(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    """Those who answer for it are gone the day after."""
    desk.post(WINDOWS, {"term": "2019-2022", "desde": "2022-I"})
    last = SemesterWindow.objects.get(semester=Semester(2022, 2))
    proposed = [last.opens_on, last.due_on, last.closes_on]
    assert list(map(str, proposed)) == ["2022-11-16", "2022-12-16", "2022-12-31"]
    later = {"opens_on": "2022-12-01", "due_on": "2023-01-01", "closes_on": "2023-01-15"}
    answer = desk.post(f"{WINDOWS}2022-II/", later)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["due_on"]
    assert "no puede vencer después" in answer.content.decode()
    later["due_on"] = "2022-12-31"
    assert desk.post(f"{WINDOWS}2022-II/", later).status_code == 302


def test_a_term_that_is_joined_late_asks_for_nothing_before(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    """Seven semesters would stand as overdue that nobody was asked for."""
    desk.post(WINDOWS, {"term": "2019-2022", "desde": "2022-I"})
    rows = SemesterWindow.objects.filter(municipality=puno)
    assert list(map(str, rows.values_list("semester", flat=True))) == ["2022-I", "2022-II"]
    assert "Generar" not in desk.get(WINDOWS).content.decode()
    page = desk.get("/m/puno/2019-2022/S.1.1.1/").content.decode()
    assert "2021-II: no se pidió" in page


@pytest.mark.parametrize("since", ["", "2018-II", "x"])
def test_since_when_it_is_reported_is_asked(plan: Plan, desk: Client, since: str) -> None:
    answer = desk.post(WINDOWS, {"term": "2019-2022", "desde": since})
    assert answer.status_code == 422
    assert "Elija desde qué semestre se informa." in answer.content.decode()
    assert not SemesterWindow.objects.exists()


def test_of_two_terms_the_one_that_was_sent_is_told(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    make_plan(puno, term=Term(2023, 2026))
    page = desk.post(WINDOWS, {"term": "2019-2022", "desde": ""}).content.decode()
    assert page.count("Elija desde qué semestre se informa.") == 1
    assert 'id="desde-2019-2022-error"' in page
    assert page.count('aria-invalid="true"') == 1


def test_the_public_pages_learn_of_new_windows(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    before = Municipality.objects.get(pk=puno.pk).revision
    desk.post(WINDOWS, {"term": "2019-2022", "desde": "2019-I"})
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1


def test_what_has_its_days_keeps_them(plan: Plan, window: SemesterWindow, desk: Client) -> None:
    SemesterWindow.objects.update(due_on=dt.date(2019, 8, 1))
    answer = desk.post(WINDOWS, {"term": "2019-2022", "desde": "2019-I"})
    assert told(answer) == ["Se generaron los plazos de 7 semestres."]
    assert days()[1] == "2019-08-01"
    again = desk.post(WINDOWS, {"term": "2019-2022", "desde": "2019-I"})
    assert told(again)[1:] == ["Todos los semestres tenían ya sus plazos."]


def test_only_terms_of_ones_own_plans(
    puno: Municipality, lamas: Municipality, desk: Client
) -> None:
    make_plan(puno)
    make_plan(lamas, term=Term(2015, 2018))
    for term in ("2015-2018", "2023-2026", "x", ""):
        assert desk.post(WINDOWS, {"term": term}).status_code == 404
    assert not SemesterWindow.objects.exists()


def test_without_a_plan_there_is_nothing_to_report(puno: Municipality, desk: Client) -> None:
    assert "no tiene un plan publicado" in desk.get(WINDOWS).content.decode()


def test_a_municipality_sets_its_own_days(
    plan: Plan, window: SemesterWindow, puno: Municipality, desk: Client
) -> None:
    assert 'value="2019-07-31"' in desk.get(ONE).content.decode()
    before = Municipality.objects.get(pk=puno.pk).revision
    answer = desk.post(ONE, DAYS)
    assert (answer.status_code, answer["Location"]) == (302, WINDOWS)
    assert days() == tuple(DAYS.values())
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1


@pytest.mark.parametrize("typed", ["05/08/2019", "5-8-2019", "05/08/19", "5-8-19"])
def test_days_may_be_typed_as_people_write_them(
    window: SemesterWindow, desk: Client, typed: str
) -> None:
    desk.post(ONE, {**DAYS, "due_on": typed})
    assert days()[1] == "2019-08-05"


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"opens_on": ""}, "opens_on", "Este campo es obligatorio."),
        ({"due_on": "31/02/2019"}, "due_on", "Escriba una fecha que exista: 30/06/2019."),
        ({"due_on": "2019-06-30"}, "due_on", "No puede vencer antes de abrirse."),
        ({"closes_on": "2019-08-19"}, "closes_on", "No puede cerrarse antes de vencer."),
        (
            {"opens_on": "2018-12-31"},
            "opens_on",
            "El semestre empieza el 1 de enero de 2019: no se informa antes.",
        ),
    ],
)
def test_days_that_do_not_fit_are_told_beside_them(
    window: SemesterWindow, desk: Client, wrong: dict[str, str], field: str, said: str
) -> None:
    before = days()
    answer = desk.post(ONE, {**DAYS, **wrong})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    assert f'value="{wrong.get("closes_on", DAYS["closes_on"])}"' in page
    assert days() == before


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        (
            {"due_on": "2023-01-01", "closes_on": "2023-02-01"},
            "due_on",
            "El periodo termina el 31 de diciembre de 2022: no puede vencer después.",
        ),
        (
            {"closes_on": "9999-12-31"},
            "closes_on",
            "Se cierra a más tardar un año después de vencer.",
        ),
    ],
)
def test_no_semester_is_put_off_for_ever(
    plan: Plan, window: SemesterWindow, desk: Client, wrong: dict[str, str], field: str, said: str
) -> None:
    """Nothing of it would be late, and nobody could close it."""
    before = days()
    answer = desk.post(ONE, {**DAYS, **wrong})
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [said]}
    assert days() == before


def test_a_closed_semester_keeps_its_days(
    plan: Plan, window: SemesterWindow, planner: User, desk: Client
) -> None:
    close_semester(window, by=planner)
    before = days()
    for answer in (desk.get(ONE), desk.post(ONE, DAYS)):
        assert (answer.status_code, answer["Location"]) == (302, f"{ONE}cerrar/")
    assert days() == before
    page = " ".join(desk.get(WINDOWS).content.decode().split())
    assert f"por {planner}. Sin informe: 2 de 2." in page
    assert f'href="{ONE}"' not in page


def test_what_waits_is_linked(activity: PlanElement, reporter: User, desk: Client) -> None:
    send(activity, reporter)
    link = '<a href="/gestion/revision/puno/2019-I/">1 en revisión</a>'
    assert link in desk.get(WINDOWS).content.decode()


def test_a_semester_without_days_has_no_page(plan: Plan, desk: Client) -> None:
    assert desk.get(ONE).status_code == 404


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_costs_the_same_however_long_it_is(
    count: int,
    plan: Plan,
    puno: Municipality,
    planner: User,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    desk.post(WINDOWS, {"term": "2019-2022", "desde": "2019-I"})
    keep = list(SemesterWindow.objects.order_by("semester")[:count])
    SemesterWindow.objects.exclude(pk__in=[each.pk for each in keep]).delete()
    for each in keep[:6]:
        close_semester(each, by=planner)
    desk.get(WINDOWS)
    with django_assert_num_queries(8):
        desk.get(WINDOWS)
