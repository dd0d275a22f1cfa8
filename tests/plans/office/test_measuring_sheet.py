"""How many promises are measured, in a sheet of the browser."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from plans.choices import Level, MeasureKind
from plans.models import MeasuringTerms, Plan, PlanElement
from tests.conftest import SignIn
from tests.factories import SMALL_PLAN, make_municipality, make_plan, state
from tests.pages import told

pytestmark = pytest.mark.django_db
PAGE = "/gestion/plan/puno/2019-2022/hoja/"
ACTIVITY, TARGET = "S.1.1.1", "S.1.1.2"
REASON = "Se acordó al preparar el periodo."


@pytest.fixture
def desk(planner: User, puno_plan: Plan, signed_in: SignIn) -> Client:
    return signed_in(planner)


def typed(desk: Client, address: str = PAGE) -> dict[str, str]:
    """What the page's form would send back untouched."""
    page = desk.get(address)
    sent = {"ofrecido": f"{ACTIVITY} {TARGET}", "reason": REASON, "accion": "todo"}
    for row in page.context["sheet"].rows:
        for field in row.form:
            value = field.value()
            shown = getattr(value, "text", value)
            sent[field.html_name] = "" if shown is None or shown is False else str(shown)
    return {name: value for name, value in sent.items() if not name.endswith("-leave")}


def in_force(ref: str) -> MeasuringTerms:
    found: MeasuringTerms = MeasuringTerms.objects.filter(element__ref=ref).latest("version")
    return found


def text(answer: Any) -> str:
    return " ".join(unescape(answer.content.decode()).split())


def test_what_changed_is_saved_under_one_reason_and_one_version_of_the_plan(
    desk: Client, puno_plan: Plan, planner: User
) -> None:
    before = puno_plan.version
    said = typed(desk) | {
        f"{ACTIVITY}-kind": "entrega",
        f"{ACTIVITY}-schedule-2019-I": "1",
        f"{ACTIVITY}-schedule-2022-II": "4",
        f"{TARGET}-kind": "nivel",
        f"{TARGET}-goal": "50",
        f"{TARGET}-unit_of_measure": "porcentaje",
        f"{TARGET}-nature": "parte",
        f"{TARGET}-direction": "disminuir",
        f"{TARGET}-baseline": "62.5",
        f"{TARGET}-baseline_source": "Censo de prueba, 2018",
    }
    answer = desk.post(PAGE, said)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert told(answer) == ["Se guardó cómo se miden 2 promesas."]
    activity, target = in_force(ACTIVITY), in_force(TARGET)
    assert activity.schedule == {"2019-I": "1", "2022-II": "4"}
    assert (target.kind, target.unit_of_measure, str(target.baseline)) == (
        "nivel",
        "%",
        "62.5000",
    )
    assert {(each.reason, each.by) for each in (activity, target)} == {(REASON, planner)}
    puno_plan.refresh_from_db()
    assert puno_plan.version == before + 1


def test_sent_back_untouched_nothing_is_stated(desk: Client) -> None:
    versions = MeasuringTerms.objects.count()
    answer = desk.post(PAGE, typed(desk) | {"reason": ""})
    assert told(answer) == ["No cambió nada: ninguna fila dice otra cosa."]
    assert MeasuringTerms.objects.count() == versions


def test_good_rows_are_saved_and_others_wait_with_what_was_typed(desk: Client) -> None:
    said = typed(desk) | {
        f"{ACTIVITY}-kind": "entrega",
        f"{TARGET}-kind": "nivel",
        f"{TARGET}-goal": "1,500",
        f"{TARGET}-unit_of_measure": "postas de salud",
    }
    answer = desk.post(PAGE, said)
    assert answer.status_code == 422
    page = text(answer)
    assert "lo que estaba bien se guardó" in page
    assert "Elija qué quiso decir" in page
    assert 'value="postas de salud"' in page
    assert in_force(ACTIVITY).kind == "entrega"
    assert in_force(TARGET).kind == "variacion"
    meant = re.search(r'name="S.1.1.2-goal_como" value="(1500:[^"]*)"', page)
    assert meant
    desk.post(PAGE, said | {f"{TARGET}-goal_como": meant[1], f"{ACTIVITY}-seen": "1"})
    assert in_force(TARGET).goal == 1500


def test_a_row_is_held_to_the_rules_of_its_own_page(desk: Client) -> None:
    said = typed(desk) | {
        f"{TARGET}-kind": "variacion",
        f"{TARGET}-goal": "150",
        f"{TARGET}-unit_of_measure": "%",
        f"{TARGET}-direction": "disminuir",
    }
    page = text(desk.post(PAGE, said))
    assert "Diga qué % es" in page
    said |= {f"{TARGET}-nature": "parte"}
    assert "Nada disminuye más de 100 %." in text(desk.post(PAGE, said))
    falls = said | {f"{TARGET}-schedule-2019-I": "50", f"{TARGET}-schedule-2019-II": "40"}
    assert "El cronograma no baja" in text(desk.post(PAGE, falls))


def test_without_a_reason_nothing_is_saved_and_nothing_lost(desk: Client) -> None:
    answer = desk.post(PAGE, typed(desk) | {f"{ACTIVITY}-kind": "permanente", "reason": " "})
    assert answer.status_code == 422
    assert 'value="permanente" selected' in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref=ACTIVITY).exists()


def test_what_a_colleague_saved_meanwhile_is_told_and_not_overwritten(
    desk: Client, puno_plan: Plan, colleague: User, activity: PlanElement
) -> None:
    said = typed(desk)
    state(activity, colleague, kind=MeasureKind.PERMANENT)
    untouched = desk.post(PAGE, said)
    assert told(untouched) == ["No cambió nada: ninguna fila dice otra cosa."]
    answer = desk.post(PAGE, said | {f"{ACTIVITY}-kind": "entrega"})
    assert answer.status_code == 422
    assert "Otra persona cambió esta forma de medir" in text(answer)
    assert in_force(ACTIVITY).kind == "permanente"
    again = said | {f"{ACTIVITY}-kind": "entrega", f"{ACTIVITY}-seen": "1"}
    assert desk.post(PAGE, again).status_code == 302
    assert in_force(ACTIVITY).version == 2


def test_what_the_row_does_not_ask_stays(
    desk: Client, activity: PlanElement, colleague: User
) -> None:
    state(activity, colleague, parts=["Norte", "Sur"])
    desk.post(PAGE, typed(desk) | {f"{ACTIVITY}-schedule-2022-II": "100"})
    assert in_force(ACTIVITY).parts == ["Norte", "Sur"]
    assert in_force(ACTIVITY).schedule == {"2022-II": "100"}


def test_a_shape_fills_in_a_timetable_without_saving_it(desk: Client) -> None:
    said = typed(desk) | {f"{ACTIVITY}-kind": "entrega", "shape": "lineal", "accion": "rellenar"}
    answer = desk.post(PAGE, said)
    assert answer.status_code == 200
    rows = {row.element.ref: row.form for row in answer.context["sheet"].rows}
    steps = [field.value().text for _semester, field in rows[ACTIVITY].schedule]
    assert steps == ["0", "1", "1", "2", "2", "3", "3", "4"]
    assert "obligatorio" not in text(answer)
    assert not MeasuringTerms.objects.filter(element__ref=ACTIVITY).exists()


def test_a_row_asks_for_its_own_shape_as_it_is_saved(desk: Client) -> None:
    desk.post(PAGE, typed(desk) | {f"{ACTIVITY}-kind": "entrega", f"{ACTIVITY}-shape": "anual"})
    assert in_force(ACTIVITY).schedule == {
        "2019-II": "1",
        "2020-II": "2",
        "2021-II": "3",
        "2022-II": "4",
    }


def test_what_the_text_suggests_is_filled_in_to_be_confirmed(desk: Client) -> None:
    said = typed(desk, f"{PAGE}?proponer=1")
    assert said[f"{ACTIVITY}-kind"] == "entrega"
    assert not MeasuringTerms.objects.filter(element__ref=ACTIVITY).exists()
    desk.post(PAGE, said | {f"{ACTIVITY}-leave": "on"})
    assert not MeasuringTerms.objects.filter(element__ref=ACTIVITY).exists()
    desk.post(PAGE, said)
    assert in_force(ACTIVITY).kind == "entrega"


def test_what_is_left_as_it_was_stays_so_while_another_row_is_mended(desk: Client) -> None:
    said = typed(desk, f"{PAGE}?proponer=1") | {f"{ACTIVITY}-leave": "on", f"{TARGET}-goal": "x"}
    page = text(desk.post(PAGE, said))
    assert re.search(r'name="S\.1\.1\.1-leave"[^>]*checked', page)
    assert not MeasuringTerms.objects.filter(element__ref=ACTIVITY).exists()


def test_the_rest_of_the_plan_is_on_further_pages_and_the_filter_stays(
    planner: User, puno: Any, signed_in: SignIn
) -> None:
    many = [
        (f"S.2.{n}", "S", Level.ACTIVITY, "proyecto", f"Obra número {n} de {{place}}")
        for n in range(1, 25)
    ]
    make_plan(puno, rows=(*SMALL_PLAN, *many))
    desk = signed_in(planner)
    assert len(desk.get(PAGE).context["sheet"].rows) == 20
    assert len(desk.get(f"{PAGE}?pagina=2").context["sheet"].rows) == 6
    answer = desk.post(
        f"{PAGE}?nivel=activity",
        {"ofrecido": "S.2.1", "accion": "siguiente", "siguiente": "2", "S.2.1-seen": "0"},
    )
    assert answer["Location"] == f"{PAGE}?nivel=activity&pagina=2"


def test_what_is_no_code_is_no_row(desk: Client) -> None:
    said = {"ofrecido": f"\x00 {ACTIVITY} {ACTIVITY}\x00", "accion": "rellenar"}
    rows = desk.post(PAGE, said).context["sheet"].rows
    assert [row.element.ref for row in rows] == [ACTIVITY]


def test_a_page_costs_the_same_however_many_rows_it_saves(
    planner: User, puno: Any, signed_in: SignIn, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    many = [
        (f"S.2.{n}", "S", Level.ACTIVITY, "proyecto", f"Obra número {n} de {{place}}")
        for n in range(1, 13)
    ]
    make_plan(puno, rows=(*SMALL_PLAN, *many))
    desk = signed_in(planner)
    for refs in (["S.2.1"], [f"S.2.{n}" for n in range(2, 13)]):
        said = {"ofrecido": " ".join(refs), "reason": REASON, "accion": "todo"}
        for ref in refs:
            said |= {f"{ref}-seen": "0", f"{ref}-kind": "entrega", f"{ref}-shape": "lineal"}
        with django_assert_num_queries(33):
            assert desk.post(PAGE, said).status_code == 302
    with django_assert_num_queries(10):
        desk.get(PAGE)


def test_of_another_place_it_is_not_found(
    puno_plan: Plan, outsider: User, reporter: User, operator: User, signed_in: SignIn
) -> None:
    make_municipality("Tarata", "230401")
    for person, status in ((outsider, 404), (reporter, 403), (operator, 200)):
        assert signed_in(person).get(PAGE).status_code == status


@pytest.fixture
def activity(puno_plan: Plan) -> PlanElement:
    found: PlanElement = puno_plan.elements.get(ref=ACTIVITY)
    return found
