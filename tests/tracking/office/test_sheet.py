"""The sheet: rows are read, typed in, and saved one by one or all at once."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import MeasureKind, Standing
from plans.models import Plan, PlanElement, Responsibility
from plans.semester import Semester
from tests.conftest import SignIn
from tests.factories import make_unit, state
from tests.tracking.office.sent import draft, publish, send
from tests.tracking.office.sheets import (
    SHEET,
    begun_and_returned,
    fields_of,
    long_plan,
    one_row,
    read,
    save,
    stored,
    with_typed,
)
from tracking.measuring.entry import TEXTS, Entry
from tracking.models import ProgressReport, SemesterWindow
from tracking.services.in_bulk import submit_complete
from tracking.services.review import return_report, start_correction

ALWAYS = ("locations", "as_of", "edit", "shown")
pytestmark = pytest.mark.django_db


def test_a_reporter_gets_the_rows_of_their_units(
    browser: Client, activity: PlanElement, target: PlanElement
) -> None:
    fields = fields_of(read(browser))
    assert {name for name in fields if name.startswith("r")} == {
        *(f"r{activity.pk}-{name}" for name in (*TEXTS, *ALWAYS)),
        *(f"r{target.pk}-{name}" for name in ("value", *TEXTS, *ALWAYS)),
        "reason",
    }
    assert fields["as_of"] == ["2019-06-30"]


def test_a_colleague_gets_none_and_can_save_none(
    activity: PlanElement, browser: Client, colleague: User, signed_in: SignIn
) -> None:
    fields = fields_of(read(browser))
    other = signed_in(colleague)
    assert "Aquí no hay promesas que informar." in read(other)
    typed = with_typed(fields, activity, step="2", narrative="Ajeno")
    assert one_row(other, typed, activity).status_code == 403
    answer = save(other, typed)
    assert "ya no están en esta página" in answer.content.decode()
    assert "Ajeno" in answer.content.decode()
    assert not ProgressReport.objects.exists()


@pytest.mark.parametrize("ref", ["S.9", "S.1", "x\x00", ""])
def test_a_row_that_is_no_row_is_not_there(browser: Client, ref: str) -> None:
    answer = browser.post(SHEET, {"fila": ref}, headers={"HX-Request": "true"})
    assert answer.status_code == (403 if ref == "S.1" else 404)


def test_planning_gets_all_units_or_one(
    activity: PlanElement,
    target: PlanElement,
    puno: Municipality,
    lamas_unit: Unit,
    planner: User,
    signed_in: SignIn,
) -> None:
    other = make_unit(puno, "Gerencia de Salud")
    Responsibility.objects.filter(element=target).update(unit=other)
    browser = signed_in(planner)
    assert {f"r{activity.pk}-edit", f"r{target.pk}-value"} <= set(fields_of(read(browser)))
    only = fields_of(read(browser, f"{SHEET}?unidad={other.pk}"))
    assert f"r{target.pk}-value" in only
    assert f"r{activity.pk}-edit" not in only
    assert browser.get(f"{SHEET}?unidad={lamas_unit.pk}").status_code == 404


def test_last_semesters_report_stands_beside(
    browser: Client, activity: PlanElement, reporter: User, planner: User
) -> None:
    for semester in (Semester(2018, 1), Semester(2018, 2)):
        Plan.objects.update(first_year=2018)
        SemesterWindow.objects.create(
            municipality=activity.plan.municipality,
            semester=semester,
            opens_on="2018-01-01",
            due_on="2018-01-02",
            closes_on="2018-01-03",
        )
    activity.plan.refresh_from_db()
    publish(activity, reporter, planner, semester=Semester(2018, 2), step=1, narrative="Acta.")
    draft(activity, reporter, semester=Semester(2018, 1), narrative="Nunca se envió.")
    page = " ".join(read(browser).split())
    assert "<b>2018-II</b>: en preparación" in page
    assert '<p class="typed">Acta.</p>' in page
    assert "Nunca se envió." not in page


def test_what_came_back_says_why_and_by_whom(
    browser: Client, activity: PlanElement, puno: Municipality, reporter: User, planner: User
) -> None:
    report = send(activity, reporter)
    return_report(report, "Falta <el> acta.", puno, read=report.edit, by=planner)
    page = read(browser)
    assert "Falta &lt;el&gt; acta." in page
    assert planner.email in page
    assert f"r{activity.pk}-narrative" in page


def test_what_is_sent_can_be_left_out(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    address = f"{SHEET}?ver=pendiente"
    draft(target, reporter, step=None)
    first = publish(activity, reporter, planner)
    page = read(browser, address)
    assert f'id="r{activity.pk}"' not in page
    assert f'id="r{target.pk}"' in page
    assert f'id="r{activity.pk}"' in read(browser)
    start_correction(first, "Otra fecha.", by=reporter)
    assert f'id="r{activity.pk}"' in read(browser, address)
    activity.responsibility_set.all().delete()
    report = stored(target)
    assert report
    submit_complete({report.pk: Entry.NARRATIVE}, by=reporter)
    assert "No falta nada: todo se envió." in read(browser, address)


def test_the_measure_is_asked_as_the_terms_say(
    browser: Client, activity: PlanElement, target: PlanElement, planner: User
) -> None:
    parts = ["Posta de Coata", 'Posta «Ichu» & "Acora"']
    state(activity, planner, parts=parts)
    state(target, planner, kind=MeasureKind.PERMANENT)
    fields = fields_of(read(browser))
    fields = with_typed(fields, activity, step="3", parts_done=[parts[1]])
    fields = with_typed(fields, target, done="3", required="4")
    assert save(browser, fields).status_code == 302
    delivered, counted = stored(activity), stored(target)
    assert delivered
    assert counted
    assert (delivered.step, delivered.parts_done) == (3, [parts[1]])
    assert (counted.done, counted.required) == (3, 4)
    page = read(browser)
    assert "1 de 2 partes" in page
    assert fields_of(page)[f"r{activity.pk}-parts_done"] == [parts[1]]
    assert save(browser, fields_of(page)).status_code == 302
    assert "No había cambios que guardar." in read(browser)


def test_what_was_sent_or_published_is_only_read(
    browser: Client, activity: PlanElement, target: PlanElement, reporter: User, planner: User
) -> None:
    send(activity, reporter, narrative="Lo enviado.")
    publish(target, reporter, planner, step=None, value=30, narrative="Lo publicado.")
    page = read(browser)
    assert {name for name in fields_of(page) if name.startswith("r") and "-" in name} == set()
    for words in ("Lo enviado.", "Lo publicado.", "Enviado a revisión", "Publicado"):
        assert words in page


def test_nothing_is_typed_where_nothing_can_be_entered(
    browser: Client, activity: PlanElement
) -> None:
    fields = with_typed(fields_of(read(browser)), activity, narrative="Antes.")
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    page = read(browser)
    assert "Solo se informa sobre el plan de una autoridad elegida." in page
    assert f"r{activity.pk}-narrative" not in page
    answer = save(browser, fields)
    assert answer.status_code == 422
    assert fields_of(answer.content.decode())[f"r{activity.pk}-narrative"] == ["Antes."]
    assert not ProgressReport.objects.exists()


def test_fifty_to_a_page_and_on_to_the_next(
    puno_unit: Unit, planner: User, reporter: User, window: SemesterWindow, signed_in: SignIn
) -> None:
    elements = long_plan(puno_unit, planner, more=60)
    browser = signed_in(reporter)
    fields = fields_of(read(browser))
    assert sum(name.endswith("-shown") for name in fields) == 50
    fields = with_typed(fields, elements[0], step="1")
    answer = save(browser, fields, accion="siguiente")
    assert answer["Location"] == f"{SHEET}?pagina=2"
    assert (
        sum(name.endswith("-shown") for name in fields_of(read(browser, answer["Location"]))) == 11
    )


@pytest.mark.parametrize("more", [2, 59])
def test_the_pages_queries_do_not_depend_on_how_many_rows(
    puno_unit: Unit,
    planner: User,
    reporter: User,
    window: SemesterWindow,
    signed_in: SignIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    more: int,
) -> None:
    begun_and_returned(long_plan(puno_unit, planner, more=more), reporter, planner)
    browser = signed_in(reporter)
    with django_assert_num_queries(13):
        read(browser)
    browser = signed_in(planner)
    with django_assert_num_queries(14):  # the units to choose from
        read(browser)
