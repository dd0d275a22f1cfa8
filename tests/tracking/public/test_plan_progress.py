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
    open_window,
    publish,
    report_everything,
    sustain,
)
from tracking.choices import Step
from tracking.models import SemesterWindow, Standing
from tracking.services.standings import recount


def test_the_answer_is_one_sentence_that_moves_with_what_is_published(
    client: Client, office: PlanElement, reporter: User, planner: User
) -> None:
    assert "2 no se sabe cómo van" in page_of(client)
    report = draft(office, FIRST, reporter)
    sustain(report)
    assert "2 no se sabe cómo van" in page_of(client)
    publish(report, by=planner)
    page = page_of(client)
    assert "1 no se sabe cómo va<" in page
    assert "1 no se sabe si va a tiempo<" in page
    assert "De 1 meta: 1 sin informe. De 1 actividad: 1 en ejecución." in page
    assert "Tienen el del semestre 2019-I, al 30 de junio de 2019, 1 de 2;" in page


def test_a_plan_that_takes_no_reports_says_nothing_of_progress(
    client: Client, puno_plan: Plan
) -> None:
    page = page_of(client)
    assert "sin informe" not in page
    assert "Cómo va" not in page


def test_it_names_who_owes_what_and_since_when(client: Client, office: PlanElement) -> None:
    owed = page_of(client, "sin-informe/")
    assert "Vencía el 31 de julio de 2019." in owed
    unit = Unit.objects.get()
    one = '<span class="muted">1</span>'
    assert f'<a href="{unit.get_absolute_url()}">Gerencia de Obras</a> {one}' in owed
    assert f"Sin oficina asignada {one}" in owed


def test_what_is_asked_of_what_lies_below_is_not_among_what_is_counted(
    client: Client, office: PlanElement, reporter: User, planner: User
) -> None:
    publish(draft(office, FIRST, reporter), by=planner)
    query = "?semestre=2019-I&estado=en-ejecucion"
    assert "Lo elegido: 1 promesa." in page_of(client, query)
    kind = office.activity_kind
    below = child(office.plan, office, "S.1.1.1.1", level=Level.ACTIVITY, activity_kind=kind)
    save_element(below, by=planner)
    assert "Lo elegido: 0 promesas." in page_of(client, query)


def test_the_term_to_report_is_over_or_still_runs(client: Client, office: PlanElement) -> None:
    page = page_of(client, "semestres/")
    assert "2019-I, que va hasta el 30 de junio de 2019." in page  # the last is due before it ends
    assert "El plazo para informar venció el 31 de julio de 2019." in page
    tomorrow = timezone.localdate() + dt.timedelta(1)
    SemesterWindow.objects.update(due_on=tomorrow, closes_on=tomorrow)
    Municipality.objects.let_pages_know()
    assert "El plazo para informar vence el" in page_of(client, "semestres/?semestre=2019-I")


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
        "?vista=x",
        "?va=x",
        "semestres/?semestre=2018-I",
        "cambios/",
    ],
)
def test_what_nothing_offers_is_a_404(client: Client, office: PlanElement, query: str) -> None:
    assert client.get(f"{PUNO}{query}").status_code == 404


def test_an_office_of_another_place_is_no_filter_here(
    client: Client, office: PlanElement, lamas_unit: Unit
) -> None:
    assert client.get(f"{PUNO}?oficina={lamas_unit.pk}").status_code == 404


def test_neither_the_queries_nor_the_page_grow_with_what_was_reported(
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
    lamas = "/m/lamas/2019-2022/"
    for address, queries in ((PUNO, 12), (lamas, 13), (f"{lamas}?va=tarde", 13)):
        with django_assert_num_queries(queries):
            page = client.get(address, headers={"accept-encoding": "gzip"})
        assert len(page.content) < 30_000
