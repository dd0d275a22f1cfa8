"""Why a promise is behind is told wherever it is asked, with the last report that said it."""

import csv
from html import unescape

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.models import Plan, PlanElement
from plans.semester import Semester
from tests.factories import state
from tests.tracking.accountability.printing.pdfs import printed, squeezed, text_of
from tests.tracking.issued import content_of, promise_of
from tests.tracking.plan_page import page_of
from tests.tracking.published import FIRST, draft, elect, element_of, open_window, publish
from tracking.accountability.edition import Edition
from tracking.accountability.issuing import issue
from tracking.accountability.printing.table import csv_of
from tracking.models import AccountabilityReport, ProgressReport
from tracking.services.semesters import close_semester

pytestmark = pytest.mark.django_db

SECOND, THIRD = Semester(2019, 2), Semester(2020, 1)
RAIN = "Las lluvias cortaron el camino."
SAID_BEFORE = f"En 2019-I, al 30/06/2019, dijo: {RAIN}"
PROMISE = "/m/puno/2019-2022/S.1.1.1/"


@pytest.fixture
def late(puno_plan: Plan, puno_unit: Unit, planner: User) -> PlanElement:
    """An activity that should have been working since the first semester."""
    elect(puno_plan)
    activity = element_of(puno_plan, "S.1.1.1", puno_unit)
    state(activity, planner, schedule={"2019-I": "4"})
    for semester in (FIRST, SECOND, THIRD):
        open_window(puno_plan.municipality, semester)
    return activity


@pytest.fixture
def said_once(late: PlanElement, reporter: User, planner: User) -> ProgressReport:
    """The report of the first semester, which gave a cause; that of the second gave none."""
    first = publish(draft(late, FIRST, reporter, difficulties=RAIN), by=planner)
    publish(draft(late, SECOND, reporter), by=planner)
    return first


def answer(client: Client) -> str:
    page = unescape(client.get(PROMISE).content.decode())
    return " ".join(page.partition('<dl class="facts answer">')[2].partition("</dl>")[0].split())


def test_its_page_says_what_an_earlier_report_gave(
    client: Client, said_once: ProgressReport
) -> None:
    told = answer(client)
    assert "El informe 2019-II no indica dificultades." in told
    assert f'{SAID_BEFORE} <a href="#2019-I">' in told


def test_the_report_itself_comes_first(
    client: Client, said_once: ProgressReport, reporter: User, planner: User
) -> None:
    publish(draft(said_once.element, THIRD, reporter, difficulties="Faltó agua."), by=planner)
    assert "Faltó agua." in answer(client)
    assert RAIN not in answer(client)


def test_the_list_of_what_is_behind_says_why(client: Client, said_once: ProgressReport) -> None:
    assert f">{RAIN}</p>" in page_of(client, "?semestre=2019-I&senal=muy-retrasado")
    assert f">{SAID_BEFORE}</p>" in page_of(client, "?semestre=2019-II&senal=muy-retrasado")


def test_the_list_asks_once_for_all(
    client: Client, said_once: ProgressReport, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(13):
        page_of(client, "?semestre=2019-II&senal=muy-retrasado")


@pytest.fixture
def edition(said_once: ProgressReport, planner: User) -> AccountabilityReport:
    """The edition of the semester that gave no cause."""
    plan = said_once.plan
    window = plan.municipality.windows.get(semester=SECOND)
    close_semester(window, by=planner)
    window.refresh_from_db()
    return issue(plan, window, edition=1, by=planner)


def test_an_edition_tells_it_on_its_page_its_paper_and_its_table(
    client: Client, edition: AccountabilityReport
) -> None:
    chapter = f"{edition.get_absolute_url()}dificultades/"
    page = " ".join(unescape(client.get(chapter).content.decode()).split())
    assert "Van tarde, y su informe no dice por qué" in page
    assert SAID_BEFORE in page
    assert squeezed(f"En 2019-I dijo: {RAIN}") in text_of(printed(edition))
    table = csv_of(content_of(edition), edition.code).decode("utf-8-sig").splitlines()
    (row,) = (row for row in csv.DictReader(table) if row["codigo"] == "S.1.1.1")
    told = [row[f"causa_anterior{each}"] for each in ("", "_de", "_al")]
    assert told == [RAIN, "2019-I", "2019-06-30"]


def test_what_nobody_explained_is_named(edition: AccountabilityReport) -> None:
    told = Edition(content_of(edition))
    assert [line.promise.ref for line in told.explained_before] == ["S.1.1.1"]
    assert told.never_explained == []


def test_an_edition_without_such_a_promise_says_nothing_of_it(
    said_once: ProgressReport, planner: User
) -> None:
    """Its JSON is what it was before causes were told: who counts in it finds the same keys."""
    window = said_once.plan.municipality.windows.get(semester=FIRST)
    close_semester(window, by=planner)
    window.refresh_from_db()
    issued = issue(said_once.plan, window, edition=1, by=planner)
    assert promise_of(issued, "S.1.1.1").report
    assert "cause_before" not in issued.content
