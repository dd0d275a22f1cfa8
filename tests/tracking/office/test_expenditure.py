"""What activities cost in a year: typed row by row, each change a revision with its reason."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import transaction
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.choices import Role
from accounts.models import Municipality, Unit, User
from plans.choices import ActivityKind, Level, Standing
from plans.models import MeasuringTerms, Plan, PlanElement
from plans.services.editing import state_terms
from plans.services.publishing import locked
from plans.term import Term
from tests.conftest import SignIn
from tests.factories import make_person, make_plan
from tests.meanwhile import PATIENCE, Meanwhile, wait_for_a_lock
from tests.tracking.office.sheets import answer_for, sent_by
from tracking.models import Expenditure
from tracking.reading.spending import financial_progress
from tracking.services.spending import state_expenditures

pytestmark = pytest.mark.django_db
PAGE = "/gestion/gasto/puno/2019/"
SHARED = {"as_of": "2019-12-31", "source": "SIAF, 2 de enero de 2020", "reason": ""}
AMOUNTS = {"pia": "1000", "pim": "S/ 1,234,567.50", "accrued": "617,283.75"}


@pytest.fixture
def desk(planner: User, signed_in: SignIn) -> Client:
    return signed_in(planner)


@pytest.fixture
def other(plan: Plan) -> PlanElement:
    """A second activity, beside the programme of the small plan."""
    return add_activity(plan, 2)


def add_activity(plan: Plan, number: int) -> PlanElement:
    objective = plan.elements.get(ref="S.1.1")
    element = PlanElement(
        plan=plan,
        parent=objective,
        level=Level.ACTIVITY,
        activity_kind=ActivityKind.PROJECT,
        ref=f"S.1.1.{number + 1}",
        statement=f"Construir la posta número {number}",
        spans=[[0, 1]],
        position=1000 + number,
    )
    element.save()
    return element


def row(element: PlanElement, seen: int = 0, **typed: Any) -> dict[str, Any]:
    """What a browser sends of one row."""
    name = f"r{element.pk}"
    fields = {f"{name}-{key}": value for key, value in {**AMOUNTS, **typed}.items()}
    return {"row": [element.pk], f"{name}-seen": seen, **fields}


def post(desk: Client, *rows: dict[str, Any], at: str = PAGE, **shared: str) -> Any:
    sent: dict[str, Any] = {**SHARED, **shared, "row": []}
    for each in rows:
        sent |= {**each, "row": sent["row"] + each["row"]}
    return desk.post(at, sent)


def told(answer: Any) -> list[str]:
    return [str(each) for each in get_messages(answer.wsgi_request)]


def stored(element: PlanElement) -> list[tuple[int, Decimal, Decimal, Decimal]]:
    rows = Expenditure.objects.filter(element=element).order_by("revision")
    return list(rows.values_list("revision", "pia", "pim", "accrued"))


def faults(answer: Any, element: PlanElement) -> dict[str, list[str]]:
    (found,) = (each for each in answer.context["sheet"].rows if each.element == element)
    return dict(found.errors)


def ticked(answer: Any, name: str) -> list[str]:
    """What the boxes called NAME of that page send once they are confirmed."""
    page = answer.content.decode()
    return sent_by(page.replace('<input type="checkbox"', '<input type="checkbox" checked'))[name]


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


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"pia": "-5"}, "pia", "No puede ser negativo."),
        ({"pia": ""}, "pia", "Escriba la cifra; si no hay, 0."),
        ({"pia": "1,500"}, "pia", "Escribió «1,500». Elija qué quiso decir."),
        ({"pia": "10.123"}, "pia", "Escribió «10.123». Confirme que quiso decir 10123."),
        ({"pia": "doce"}, "pia", "«doce» no se entiende como cifra."),
        ({"pia": "9" * 13}, "pia", "No puede pasar de 999,999,999,999.99 soles."),
        ({"pim": "10", "accrued": "10.01"}, "accrued", "El devengado no puede pasar del PIM."),
        ({"as_of": "2190-01-01"}, "as_of", "Ese día todavía no llega."),
        ({"as_of": "2018-12-31"}, "as_of", "Ese día es anterior al año fiscal 2019."),
        ({"as_of": "31/02/2019"}, "as_of", "Escriba una fecha que exista"),
        ({"source": "x" * 301}, "source", "300"),
    ],
)
def test_what_cannot_be_is_told_in_its_row_and_the_rest_is_saved(
    activity: PlanElement,
    other: PlanElement,
    desk: Client,
    typed: dict[str, Any],
    field: str,
    said: str,
) -> None:
    answer = post(desk, row(activity, **typed), row(other))
    assert answer.status_code == 422
    assert list(faults(answer, activity)) == [field]
    assert said in faults(answer, activity)[field][0]
    page = answer.content.decode()
    assert typed[field if field in typed else "pim"] in page
    assert f'href="#id_r{activity.pk}-{field}">S.1.1.1, ' in page
    assert told(answer) == ["Se guardaron las cifras de 1 actividad."]
    assert (stored(activity), len(stored(other))) == ([], 1)


def test_a_figure_in_doubt_is_saved_once_it_is_confirmed(
    activity: PlanElement, desk: Client
) -> None:
    page = post(desk, row(activity, pia="1,500")).content.decode()
    assert 'value="1500:1,500"' in page
    answer = post(desk, row(activity, pia="1,500", pia_como="1500:1,500"))
    assert answer.status_code == 302
    assert stored(activity)[0][1] == Decimal(1500)


def test_what_is_unlikely_is_asked_once_more_beside_its_field(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    less = row(activity, seen=1, accrued="617283", source="Ejecutora")
    answer = post(desk, less, row(other), reason="Se anuló un pago")
    assert answer.status_code == 422
    asked = "un devengado de S/ 617,283, y al 31 de diciembre de 2019 ya era de S/ 617,283.75"
    assert faults(answer, activity) == {"accrued": [f"Usted informa {asked}. ¿Es así?"]}
    page = " ".join(answer.content.decode().split())
    assert f"Sí, es así: {asked}</label>" in page
    for typed in ('value="617283"', 'value="Ejecutora"', 'value="Se anuló un pago"'):
        assert typed in page
    assert (len(stored(activity)), len(stored(other))) == (1, 1)
    name = f"r{activity.pk}-seguro"
    sure = ticked(answer, name)
    assert post(desk, {**less, name: sure}, reason="Se anuló un pago").status_code == 302
    assert len(stored(activity)) == 2
    lower = row(activity, seen=2, accrued="500000")
    again = post(desk, {**lower, name: sure}, reason="Otro pago")
    assert list(faults(again, activity)) == ["accrued"]  # it was of other figures


def test_two_unlikely_figures_are_confirmed_each_for_itself(
    activity: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    name = f"r{activity.pk}-seguro"
    typed = row(activity, seen=1, pia="100000", pim="12345675", accrued="700000")
    answer = post(desk, typed, reason="Ampliación")
    assert list(faults(answer, activity)) == ["pia"]
    typed = row(activity, seen=1, pia="100000", pim="99999999", accrued="700000")
    answer = post(desk, {**typed, name: ticked(answer, name)}, reason="Ampliación")
    assert list(faults(answer, activity)) == ["pim"]
    both = ticked(answer, name)
    assert post(desk, {**typed, name: both}, reason="Ampliación").status_code == 302


def test_figures_that_somebody_else_changed_are_compared_before_anything_is_asked(
    activity: PlanElement, desk: Client
) -> None:
    post(desk, row(activity))
    post(desk, row(activity, seen=1, accrued="700000"), reason="Más pagos")
    answer = post(desk, row(activity, seen=1, accrued="650000"), reason="Otros pagos")
    assert list(faults(answer, activity)) == ["__all__"]
    answer = post(desk, row(activity, seen=2, accrued="650000"), reason="Otros pagos")
    assert list(faults(answer, activity)) == ["accrued"]


def test_the_source_and_the_day_are_asked_once_for_all(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    answer = post(desk, row(activity), row(other), source="", as_of="")
    assert answer.status_code == 422
    assert answer.context["sheet"].shared.errors == {
        "as_of": ["Diga a qué día corresponden las cifras."],
        "source": ["Diga de dónde salen las cifras."],
    }
    assert answer.content.decode().count("Diga de dónde salen las cifras.") == 2
    assert AMOUNTS["pim"] in answer.content.decode()
    assert not Expenditure.objects.exists()


def test_a_day_to_come_is_told_once(
    activity: PlanElement, other: PlanElement, desk: Client
) -> None:
    answer = post(desk, row(activity), row(other), as_of="2190-01-01")
    assert answer.context["sheet"].shared.errors == {"as_of": ["Ese día todavía no llega."]}
    assert (answer.status_code, Expenditure.objects.count()) == (422, 0)


def test_two_people_on_one_row(
    activity: PlanElement, planner: User, second_planner: User, signed_in: SignIn
) -> None:
    one, other = signed_in(planner), signed_in(second_planner)
    post(one, row(activity))
    post(one, row(activity, seen=1, pim="2000000"), reason="Ampliación")
    answer = post(other, row(activity, seen=1, pim="3000000"), reason="Otra ampliación")
    assert answer.status_code == 422
    page = " ".join(answer.content.decode().split())
    for shown in ("Otra persona registró cifras", "PIM 2,000,000.00", 'value="3000000"'):
        assert shown in page
    assert f'name="r{activity.pk}-seen" value="2"' in page
    assert len(stored(activity)) == 2
    post(other, row(activity, seen=2, pim="3000000"), reason="Otra ampliación")
    assert [each[2] for each in stored(activity)][1:] == [Decimal(2000000), Decimal(3000000)]


def test_what_somebody_else_changed_is_not_undone_by_a_row_that_nobody_touched(
    activity: PlanElement, other: PlanElement, planner: User, desk: Client
) -> None:
    post(desk, row(activity))
    post(desk, row(activity, seen=1, pim="2000000"), reason="Ampliación")
    answer = post(desk, row(activity, seen=1), row(other, pia="-1"), reason="Otra")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert 'value="2000000"' in page
    assert f'name="r{activity.pk}-seen" value="2"' in page
    assert len(stored(activity)) == 2


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


def test_only_planning_of_this_municipality_states_figures(
    activity: PlanElement,
    puno: Municipality,
    reporter: User,
    operator: User,
    outsider: User,
    signed_in: SignIn,
) -> None:
    manager = make_person("manager@puno.pe", Role.ADMINISTRATION, puno)
    for person in (reporter, manager, operator):
        assert signed_in(person).get(PAGE).status_code == 403
        assert post(signed_in(person), row(activity)).status_code == 403
    assert post(signed_in(outsider), row(activity)).status_code == 404
    assert post(Client(), row(activity)).status_code == 302
    assert not Expenditure.objects.exists()


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
    with django_assert_num_queries(9):
        page = desk.get(PAGE)
    assert len(page.context["sheet"].rows) == min(count + 1, 50)
    with django_assert_num_queries(18):
        assert post(desk, *changed, reason="Se corrigió").status_code == 302
    assert Expenditure.objects.filter(revision=2).count() == count


def make_row(element: PlanElement, **columns: Any) -> Expenditure:
    usual = {"year": 2019, "pia": 1, "pim": 2, "accrued": 1, "source": "SIAF"}
    return Expenditure(element=element, **{**usual, "as_of": dt.date(2019, 6, 30), **columns})


def test_one_statement_alone(activity: PlanElement, planner: User) -> None:
    (first,) = state_expenditures([(make_row(activity), 0)], by=planner).saved
    assert first.revision == 1
    again = state_expenditures([(make_row(activity), 0)], by=planner)
    assert (again.saved, again.refused) == ([], {})


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"year": 2023}, "Ese año no es del periodo del plan."),
        ({"pia": -1}, "Un monto no es negativo."),
        ({"accrued": 3}, "El devengado no puede pasar del PIM."),
        ({"source": ""}, "Este campo no puede estar vacío"),
        ({"as_of": dt.date(2190, 1, 1)}, "Ese día todavía no llega."),
    ],
)
def test_the_service_refuses_what_a_form_would(
    activity: PlanElement, planner: User, columns: dict[str, Any], said: str
) -> None:
    done = state_expenditures([(make_row(activity, **columns), 0)], by=planner)
    assert said in " ".join(done.refused[activity.pk].messages)
    assert not Expenditure.objects.exists()


def test_a_target_costs_nothing(target: PlanElement, planner: User) -> None:
    done = state_expenditures([(make_row(target), 0)], by=planner)
    assert done.refused[target.pk].messages == ["El gasto se registra por actividad."]


@pytest.mark.django_db(transaction=True)
def test_the_plan_may_be_edited_meanwhile(activity: PlanElement, planner: User) -> None:
    """Whoever waits for the municipality holds nothing that its holder needs."""
    stating = Meanwhile(lambda: state_expenditures([(make_row(activity), 0)], by=planner))
    terms = MeasuringTerms(element=activity, in_force_from=timezone.localdate(), reason="Acuerdo")
    with transaction.atomic():
        locked(activity.plan_id)
        stating.start()
        wait_for_a_lock()
        state_terms(terms, by=planner)
    stating.join(PATIENCE)
    assert stating.refused is None
    assert len(stored(activity)) == 1
