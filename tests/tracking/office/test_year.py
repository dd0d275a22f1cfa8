"""A year as it is planned, its days for a calendar, and a semester's work on paper."""

import datetime as dt

import pytest
from django.test import Client
from icalendar import Calendar
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, User
from plans.choices import MeasureKind
from plans.models import MeasuringTerms, Plan, PlanElement, Responsibility
from plans.semester import Semester
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_unit
from tests.tracking.office.measured import stated
from tracking.models import SemesterWindow
from tracking.office.worklists.year import planned_words
from tracking.services.semesters import generate_windows

pytestmark = pytest.mark.django_db
YEAR = "/gestion/semestres/puno/2020/"
CALENDAR = "/gestion/semestres/puno/calendario.ics"
PAPER = "/gestion/semestre/puno/2019-I/papel/"


def text(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def planned(element: PlanElement, by: User, **schedule: str) -> None:
    figures = {each.replace("_", "-"): value for each, value in schedule.items()}
    stated(element, by, kind=MeasureKind.DELIVERY, goal=4, schedule=figures)


def test_its_days_stand_in_their_order(plan: Plan, puno: Municipality, desk: Client) -> None:
    generate_windows(puno, Term(2019, 2022))
    page = text(desk, YEAR)
    days = ("1 de enero", "31 de enero", "15 de febrero", "1 de julio", "31 de julio")
    places = [page.index(f"<strong>{day}</strong>") for day in days]
    assert places == sorted(places)
    assert "Último día a tiempo: <a" in page


def test_a_year_without_windows_says_so(plan: Plan, desk: Client) -> None:
    assert "Ningún semestre de este año tiene plazos todavía." in text(desk, YEAR)


def test_it_says_what_each_promise_is_to_reach(
    plan: Plan, activity: PlanElement, planner: User, desk: Client
) -> None:
    planned(activity, planner, **{"2020_I": "25", "2020_II": "50", "2021_I": "75"})
    page = text(desk, YEAR)
    assert '<td data-label="Al 30 de junio">25 %</td>' in page
    assert '<td data-label="Al 31 de diciembre">50 %</td>' in page
    assert "1 promesa con cronograma" in page


@pytest.mark.parametrize(
    ("kind", "figure", "words"),
    [
        (MeasureKind.LEVEL, "12.5", "12.5 %"),
        (MeasureKind.DELIVERY, "2", "En ejecución"),
        (MeasureKind.DELIVERY, "0", ""),
        (MeasureKind.LEVEL, "", ""),
    ],
)
def test_what_is_planned_is_said_in_its_kind(kind: MeasureKind, figure: str, words: str) -> None:
    goal = 4 if kind == MeasureKind.LEVEL else None
    schedule = {"2020-I": figure} if figure else {}
    terms = MeasuringTerms(kind=kind, goal=goal, schedule=schedule)
    assert planned_words(terms, Semester(2020, 2)) == words
    assert planned_words(terms, Semester(2019, 2)) == ""
    assert planned_words(None, Semester(2020, 2)) == ""


@pytest.mark.parametrize(
    ("today", "year"),
    [(dt.date(2018, 11, 30), 2019), (dt.date(2020, 2, 3), 2020), (dt.date(2026, 2, 3), 2022)],
)
def test_the_semesters_lead_to_the_nearest_year_that_is_there(
    plan: Plan, desk: Client, monkeypatch: pytest.MonkeyPatch, today: dt.date, year: int
) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_args: today)
    page = text(desk, "/gestion/semestres/puno/")
    assert f'href="/gestion/semestres/puno/{year}/">Qué toca en {year}' in page


def test_who_reports_for_a_unit_sees_its_promises(
    plan: Plan, activity: PlanElement, planner: User, reporter: User, signed_in: SignIn
) -> None:
    planned(activity, planner, **{"2020_I": "25"})
    other = make_unit(plan.municipality, "Gerencia de otra cosa")
    stranger = plan.elements.reportable().exclude(pk=activity.pk).first()
    assert stranger
    Responsibility.objects.create(element=stranger, unit=other)
    page = text(signed_in(reporter), YEAR)
    assert activity.ref in page
    assert "Gerencia de otra cosa" not in page


@pytest.mark.parametrize("year", ["2018", "2023", "1979", "99999"])
def test_a_year_of_no_plan_is_not_found(plan: Plan, desk: Client, year: str) -> None:
    assert desk.get(f"/gestion/semestres/puno/{year}/").status_code == 404


def test_the_calendar_has_the_days_that_are_still_to_come(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    generate_windows(puno, Term(2019, 2022), since=Semester(2022, 1))
    answer = desk.get(CALENDAR)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    due = next(each for each in events if each["summary"] == "Vence el informe 2022-I")
    assert due.decoded("dtstart") == dt.date(2022, 7, 31)
    assert str(due["url"]).endswith("/gestion/semestre/puno/2022-I/")
    assert due.walk("VALARM")
    assert len(events) == 6


def test_a_day_that_moves_keeps_its_name_in_the_calendar(
    plan: Plan, window: SemesterWindow, desk: Client
) -> None:
    def names() -> list[str]:
        events = Calendar.from_ical(desk.get(CALENDAR).content).walk("VEVENT")
        return [str(each["uid"]) for each in events]

    before = names()
    window.due_on += dt.timedelta(days=5)
    window.closes_on += dt.timedelta(days=5)
    window.save()
    assert names() == before
    assert len(set(before)) == 3


def test_the_paper_has_room_for_each_promise_of_ones_unit(
    activity: PlanElement, reporter: User, window: SemesterWindow, signed_in: SignIn
) -> None:
    page = text(signed_in(reporter), PAPER)
    assert page.count('<section class="paper">') == 1
    assert activity.statement in page
    assert "En ejecución" in page
    assert "<input" not in page.split("<h1>")[1]


def test_they_cost_the_same_however_many_promises(
    plan: Plan,
    activity: PlanElement,
    window: SemesterWindow,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for address, count in ((YEAR, 11), (PAPER, 12)):
        with django_assert_num_queries(count):
            desk.get(address)
