"""The plan page tells how the promise stands, and each of its figures can be counted again."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Level
from plans.models import Plan, PlanElement
from plans.semester import Semester
from plans.services.editing import save_element
from tests.factories import child
from tests.tracking.plan_page import PUNO, page_of, table_of
from tests.tracking.published import (
    FIRST,
    draft,
    elect,
    element_of,
    open_window,
    publish,
    report_everything,
    sustain,
)
from tracking.choices import Step
from tracking.models import SemesterWindow, Standing
from tracking.services.standings import recount


@pytest.fixture
def office(puno_plan: Plan, puno: Municipality, puno_unit: Unit) -> PlanElement:
    """An activity of an elected authority's plan, whose first semester is due."""
    elect(puno_plan)
    open_window(puno, FIRST)
    element = element_of(puno_plan, "S.1.1.1", puno_unit)
    recount(puno_plan)
    return element


def test_the_answer_is_one_sentence_that_moves_with_what_is_published(
    client: Client, office: PlanElement, reporter: User, planner: User
) -> None:
    assert "De 1 actividad: 1 sin informe." in page_of(client)
    report = draft(office, FIRST, reporter)
    sustain(report)
    assert "De 1 actividad: 1 sin informe." in page_of(client)
    publish(report, by=planner)
    page = page_of(client)
    assert "De 1 meta: 1 sin informe. De 1 actividad: 1 en ejecución." in page
    assert "1 de 1 con informe, 1 a tiempo; 1 con sustento." in page
    assert "Balance del periodo 2019–2022" not in page


def test_a_plan_that_takes_no_reports_says_nothing_of_progress(
    client: Client, puno_plan: Plan
) -> None:
    page = page_of(client)
    assert "sin informe" not in page
    assert "Cómo va" not in page


def test_it_names_who_owes_what_and_since_when(client: Client, office: PlanElement) -> None:
    page = page_of(client)
    owed = page[page.index("Informes que no llegaron") :]
    assert "vencían el 31 de julio de 2019" in owed
    unit = Unit.objects.get()
    assert f'<a href="{unit.get_absolute_url()}">Gerencia de Obras</a>: <b>1</b>' in owed
    assert "Sin oficina asignada: <b>1</b>" in owed


def test_what_is_asked_of_what_lies_below_is_not_among_what_is_counted(
    client: Client, office: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(office, FIRST, reporter), by=planner)
    query = "?semestre=2019-I&estado=en-ejecucion"
    assert "Lo elegido: 1 texto del plan." in page_of(client, query)
    kind = office.activity_kind
    below = child(office.plan, office, "S.1.1.1.1", level=Level.ACTIVITY, activity_kind=kind)
    save_element(below, by=planner)
    assert "Lo elegido: 0 textos del plan." in page_of(client, query)


def test_the_term_to_report_is_over_or_still_runs(client: Client, office: PlanElement) -> None:
    assert "El plazo para informar venció el 31 de julio de 2019." in page_of(client)
    tomorrow = timezone.localdate() + dt.timedelta(1)
    SemesterWindow.objects.update(due_on=tomorrow, closes_on=tomorrow)
    Municipality.objects.let_pages_know()
    assert "El plazo para informar vence el" in page_of(client, "?semestre=2019-I")


def test_a_table_holds_no_draft(client: Client, office: PlanElement, reporter: User) -> None:
    draft(office, FIRST, reporter, step=Step.WORKING)
    (row,) = [row for row in table_of(client) if row["codigo"] == "S.1.1.1"]
    assert (row["estado"], row["paso"], row["revision"]) == ("Sin informe", "", "")


@pytest.mark.parametrize(
    "query",
    [
        "?semestre=2018-I",
        "?estado=x",
        "?senal=sin-informe",
        "?oficina=0",
        "?nivel=dimension",
        "?ver=x",
    ],
)
def test_what_nothing_offers_is_a_404(client: Client, office: PlanElement, query: str) -> None:
    assert client.get(f"{PUNO}{query}").status_code == 404


def test_an_office_of_another_place_is_no_filter_here(
    client: Client, office: PlanElement, lamas_unit: Unit
) -> None:
    assert client.get(f"{PUNO}?oficina={lamas_unit.pk}").status_code == 404


def test_the_number_of_queries_does_not_grow_with_what_was_reported(
    client: Client,
    office: PlanElement,
    real_lamas: Plan,
    operator: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    report_everything(real_lamas, operator)
    for semester in Semester.all_of(real_lamas.term):
        open_window(real_lamas.municipality, semester)
    recount(real_lamas)
    assert Standing.objects.filter(plan=real_lamas).count() > 30
    for address in (PUNO, "/m/lamas/2019-2022/"):
        with django_assert_num_queries(12):
            client.get(address)
