"""What activities cost in a year: typed row by row, each change a revision with its reason."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Municipality, Unit, User
from plans.choices import Standing
from plans.models import Plan, PlanElement
from plans.term import Term
from tests.factories import make_plan
from tests.pages import told
from tests.tracking.office.sheets import answer_for
from tests.tracking.office.spent import PAGE, SHARED, add_activity, post, row, stored
from tracking.models import Expenditure
from tracking.reading.spending import financial_progress

pytestmark = pytest.mark.django_db


def test_figures_are_stated_with_their_day_and_source(
    activity: PlanElement, puno: Municipality, planner: User, desk: Client
) -> None:
    before = Municipality.objects.get(pk=puno.pk).revision
    answer = post(desk, row(activity))
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert told(answer) == ["Se guardaron las cifras de 1 actividad."]
    found = Expenditure.objects.get()
    assert (found.element, found.year, found.revision, found.by) == (activity, 2019, 1, planner)
    assert (found.pia, found.pim) == (Decimal(1000), Decimal("1234567.50"))
    assert (found.accrued, financial_progress(found)) == (Decimal("617283.75"), Decimal(50))
    assert (found.as_of, found.source) == (dt.date(2019, 12, 31), SHARED["source"])
    assert Municipality.objects.get(pk=puno.pk).revision == before + 1
    page = desk.get(PAGE).content.decode()
    for shown in ("50 %", 'value="1234567.5"', "Al 31 de diciembre de 2019", SHARED["source"]):
        assert shown in page


def test_a_row_may_have_its_own_day_and_source(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    post(desk, row(activity, as_of="2019-06-30", source="Ejecutora"), row(other))
    rows = Expenditure.objects.order_by("element__position")
    assert [(each.as_of.isoformat(), each.source) for each in rows] == [
        ("2019-06-30", "Ejecutora"),
        ("2019-12-31", SHARED["source"]),
    ]


def test_a_change_is_a_revision_with_its_reason(activity: PlanElement, desk: Client) -> None:
    post(desk, row(activity))
    answer = post(desk, row(activity, seen=1, pim="1234568"))
    assert answer.status_code == 422
    assert "Diga por qué cambian las cifras" in answer.content.decode()
    assert len(stored(activity)) == 1
    answer = post(desk, row(activity, seen=1, pim="1234568"), reason="Crédito suplementario")
    assert answer.status_code == 302
    assert [each[0] for each in stored(activity)] == [1, 2]
    assert Expenditure.objects.get(revision=2).reason == "Crédito suplementario"
    page = desk.get(PAGE).content.decode()
    assert 'value="1234568"' in page
    assert f'name="r{activity.pk}-seen" value="2"' in page


def test_figures_can_be_of_today(activity: PlanElement, desk: Client) -> None:
    today = timezone.localdate()
    assert post(desk, row(activity), as_of=today.isoformat()).status_code == 302
    assert Expenditure.objects.get().as_of == today


def test_a_revision_that_no_page_showed_is_refused(activity: PlanElement, desk: Client) -> None:
    for seen in ("-1", "9" * 5000):
        assert post(desk, {**row(activity), f"r{activity.pk}-seen": seen}).status_code == 422
    assert stored(activity) == []


def test_what_did_not_change_is_left_alone(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    blank = row(other, pia="", pim="", accrued="")
    answer = post(desk, row(activity, seen=1, pim="1234567.50"), blank, source="", as_of="")
    assert answer.status_code == 302
    assert told(answer)[-1] == "No había cifras nuevas que guardar."
    assert Expenditure.objects.count() == 1


def test_the_same_form_twice_is_written_once(activity: PlanElement, desk: Client) -> None:
    for _ in range(2):
        assert post(desk, row(activity)).status_code == 302
    assert len(stored(activity)) == 1


def test_only_activities_of_this_plan(
    activity: PlanElement, target: PlanElement, lamas_plan: Plan, desk: Client
) -> None:
    foreign = lamas_plan.elements.get(ref="S.1.1.1")
    for element in (foreign, target):
        assert post(desk, row(activity), row(element)).status_code == 404
    assert post(desk, {"row": ["x", "1" * 30]}).status_code in {302, 404}
    assert not Expenditure.objects.exists()


def test_a_plan_that_takes_no_reports_takes_no_figures(activity: PlanElement, desk: Client) -> None:
    Plan.objects.update(standing=Standing.UNCONFIRMED)
    page = desk.get(PAGE).content.decode()
    assert "Solo se registra el gasto del plan de una autoridad elegida." in page
    assert "Guardar todo" not in page
    assert post(desk, row(activity)).status_code == 422
    assert not Expenditure.objects.exists()


@pytest.mark.parametrize("year", [2018, 2023, 99999999999999999999])
def test_a_year_outside_every_plan_is_no_address(plan: Plan, desk: Client, year: int) -> None:
    assert desk.get(f"/gestion/gasto/puno/{year}/").status_code == 404


def test_the_door_leads_to_the_last_year_or_to_this_one(
    plan: Plan, puno: Municipality, desk: Client
) -> None:
    door = "/gestion/gasto/puno/"
    assert desk.get(door)["Location"] == "/gestion/gasto/puno/2022/"
    now = timezone.localdate().year
    make_plan(puno, term=Term(now - 1, now + 2))
    make_plan(puno, term=Term(now + 3, now + 6))
    assert desk.get(door)["Location"] == f"/gestion/gasto/puno/{now}/"
    page = desk.get(PAGE).content.decode()
    assert f'href="/gestion/gasto/puno/{now + 2}/"' in page


def test_without_a_plan_the_door_leads_where_it_is_said(puno: Municipality, desk: Client) -> None:
    assert desk.get("/gestion/gasto/puno/")["Location"] == "/gestion/semestres/puno/"


def test_activities_are_found_by_their_words_and_unit(
    activity: PlanElement, other: PlanElement, colleague: User, desk: Client
) -> None:
    unit = Unit.objects.get(name="Gerencia de Ambiente")
    answer_for(unit, other)

    def found(query: str) -> list[str]:
        page = desk.get(f"{PAGE}?{query}")
        return [each.element.ref for each in page.context["sheet"].rows]

    assert found("") == ["S.1.1.1", "S.1.1.3"]
    assert found("q=posta") == ["S.1.1.3"]
    assert found("q=s.1.1.1") == ["S.1.1.1"]
    assert found(f"unidad={unit.pk}") == ["S.1.1.3"]
    assert found("unidad=ninguna") == []
    assert found("q=%00zzz") == []
    assert desk.get(f"{PAGE}?unidad=999999").status_code == 404


def test_the_search_is_kept_after_saving(activity: PlanElement, desk: Client) -> None:
    assert post(desk, row(activity), at=f"{PAGE}?q=comedores")["Location"] == f"{PAGE}?q=comedores"


@pytest.mark.parametrize("count", [3, 50])
def test_the_page_and_its_saving_cost_the_same_however_many_rows(
    count: int,
    plan: Plan,
    desk: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    elements = [add_activity(plan, number) for number in range(2, count + 2)]
    rows = [row(each) for each in elements]
    post(desk, *rows)
    changed = [row(each, seen=1, pia="700") for each in elements]
    with django_assert_num_queries(10):
        page = desk.get(PAGE)
    assert len(page.context["sheet"].rows) == min(count + 1, 50)
    with django_assert_num_queries(18):
        assert post(desk, *changed, reason="Se corrigió").status_code == 302
    assert Expenditure.objects.filter(revision=2).count() == count
