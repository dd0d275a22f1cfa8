"""Correcting, adding and withdrawing what a plan says, by hand."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Unit, User
from plans.models import Plan, PlanElement, Responsibility
from plans.verification import faults_of
from tests.conftest import SignIn
from tests.factories import make_plan, make_unit
from tests.pages import admin_errors_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
LIST = reverse("admin:plans_planelement_changelist")
ADD = reverse("admin:plans_planelement_add")
LIST_QUERIES = 7  # session, person, roles, plans, municipalities, count, rows


@pytest.fixture
def browser(planner: User, puno_plan: Plan, lamas_plan: Plan, signed_in: SignIn) -> Client:
    return signed_in(planner)


@pytest.fixture
def target(puno_plan: Plan) -> PlanElement:
    return puno_plan.elements.get(ref="S.1.1.2")


def change(element: PlanElement) -> str:
    return reverse("admin:plans_planelement_change", args=[element.pk])


def written(element: PlanElement, **fields: Any) -> dict[str, Any]:
    """What the browser sends when nothing but FIELDS is touched."""
    line = element.plan.document.text.splitlines().index(element.statement) + 1
    names = ("printed_code", "statement", "note", "activity_kind", "cui", "field")
    return {name: getattr(element, name) for name in names} | {"lineas": str(line)} | fields


def new(plan: Plan, **fields: Any) -> dict[str, Any]:
    objective = plan.elements.get(ref="S.1.1")
    return {
        "plan": plan.pk,
        "parent": objective.pk,
        "level": "activity",
        "activity_kind": "proyecto",
        "ref": "S.1.1.3",
        "statement": "Construir dos postas en Puno",
        "lineas": "7",
        **fields,
    }


def test_the_form_begins_with_the_place_in_the_document(
    browser: Client, target: PlanElement
) -> None:
    form = browser.get(change(target)).context["adminform"].form
    assert form["lineas"].initial == "5"
    assert "ref" not in form.fields


def test_nobody_was_quicker_with_what_is_new(browser: Client, puno_plan: Plan) -> None:
    address = reverse("admin:plans_planelement_add")
    assert browser.post(address, new(puno_plan, seen="0" * 64)).status_code == 302
    assert puno_plan.elements.filter(ref="S.1.1.3").exists()


def test_a_note_is_a_new_version_of_the_plan(browser: Client, target: PlanElement) -> None:
    answer = browser.post(change(target), written(target, note="Dice Puno por Juliaca"))
    assert answer.status_code == 302
    target.refresh_from_db()
    assert (target.note, target.plan.version) == ("Dice Puno por Juliaca", 2)


def test_a_statement_copied_with_its_marks_is_kept_without_them(
    browser: Client, puno_plan: Plan
) -> None:
    copied = new(puno_plan, statement="• Construir **dos** postas en Puno")
    assert browser.post(ADD, copied).status_code == 302
    assert puno_plan.elements.get(ref="S.1.1.3").statement == "Construir dos postas en Puno"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"statement": "Lo que nadie escribió"}, "statement", "No está, palabra por palabra"),
        ({"lineas": "2"}, "lineas", "El texto está en la línea 5 del documento."),
        ({"lineas": "900"}, "lineas", "El documento termina en la línea 8."),
        ({"lineas": "la quinta"}, "lineas", "Escriba las líneas como 78"),
        ({"lineas": ""}, "lineas", "obligatorio"),
        ({"printed_code": "4.2"}, "printed_code", "No está impresa delante del texto."),
        ({"cui": "2345678"}, "cui", "Solo lo lleva: actividad."),
        ({"field": "Salud"}, "field", "Solo lo lleva: lineamiento."),
        (
            {"statement": "Alta desnutrición infantil en Puno", "lineas": "2"},
            "lineas",
            "Esas palabras ya son de: S.1.",
        ),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    browser: Client, target: PlanElement, fields: dict[str, str], field: str, reason: str
) -> None:
    errors = admin_errors_of(browser.post(change(target), written(target, **fields)))
    assert errors.keys() == {field}
    assert reason in errors[field][0]
    target.plan.refresh_from_db()
    assert target.plan.version == 1


SPARE = "Texto que nadie ha recogido en Puno"


def test_an_indicator_is_proven_as_a_statement_is(browser: Client, target: PlanElement) -> None:
    fields = written(target, indicator=f"• {SPARE}", lineas_indicador="8")
    assert browser.post(change(target), fields).status_code == 302
    target.refresh_from_db()
    assert (target.indicator, target.plan.version) == (SPARE, 2)
    assert list(faults_of(target.plan)) == []
    again = browser.get(change(target)).context["adminform"].form
    assert again["lineas_indicador"].initial == "8"


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"indicator": SPARE}, "lineas_indicador", "Diga en qué líneas está el indicador."),
        ({"indicator": SPARE, "lineas_indicador": "7"}, "lineas_indicador", "está en la línea 8"),
        ({"indicator": "Nada", "lineas_indicador": "8"}, "indicator", "No está, palabra por"),
        (
            {"indicator": "Alta desnutrición infantil en Puno", "lineas_indicador": "2"},
            "lineas_indicador",
            "Esas palabras ya son de: S.1.",
        ),
    ],
)
def test_an_indicator_that_is_not_there_is_told_beside_its_field(
    browser: Client, target: PlanElement, fields: dict[str, str], field: str, reason: str
) -> None:
    errors = admin_errors_of(browser.post(change(target), written(target, **fields)))
    assert errors.keys() == {field}
    assert reason in errors[field][0]


def test_an_added_element_stands_after_its_parents_last_descendant(
    browser: Client, puno_plan: Plan
) -> None:
    answer = browser.post(ADD, new(puno_plan))
    assert answer.status_code == 302, admin_errors_of(answer)
    refs = puno_plan.elements.in_document_order().values_list("ref", flat=True)
    assert list(refs) == ["S", "S.1", "S.1.1", "S.1.1.1", "S.1.1.2", "S.1.1.3", "L"]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"ref": "S.1"}, "__all__", "Este plan ya tiene un elemento con ese código."),
        ({"ref": "s-1"}, "ref", "Una letra y números"),
        ({"parent": ""}, "parent", "cuelga de"),
        ({"level": "guideline", "activity_kind": ""}, "parent", "cuelga de: lineamiento, nada."),
        ({"level": "dimension", "activity_kind": ""}, "parent", "cuelga de: nada."),
        ({"dimension": "economica"}, "dimension", "la toma de donde cuelga"),
        ({"activity_kind": ""}, "activity_kind", "Diga qué clase de actividad es."),
        ({"level": "nada"}, "level", "nada"),
    ],
)
def test_a_misfit_is_not_added(
    browser: Client, puno_plan: Plan, fields: dict[str, str], field: str, reason: str
) -> None:
    errors = admin_errors_of(browser.post(ADD, new(puno_plan, **fields)))
    assert reason in errors[field][0]
    assert puno_plan.elements.count() == 6


def test_a_second_dimension_of_a_kind_is_not_added(browser: Client, puno_plan: Plan) -> None:
    fields = {"parent": "", "level": "dimension", "activity_kind": "", "dimension": "social"}
    errors = admin_errors_of(browser.post(ADD, new(puno_plan, ref="T", **fields)))
    assert errors == {"dimension": ["El plan ya tiene esa dimensión."]}


def test_the_operator_cannot_hang_it_from_another_plan(
    operator: User, puno_plan: Plan, lamas_plan: Plan, signed_in: SignIn
) -> None:
    foreign = lamas_plan.elements.get(ref="S.1.1")
    answer = signed_in(operator).post(ADD, new(puno_plan, parent=foreign.pk))
    assert admin_errors_of(answer) == {"parent": ["Ese elemento es de otro plan."]}


def test_the_units_offered_are_the_open_ones_of_the_municipality(
    browser: Client, target: PlanElement, puno_unit: Unit, lamas_unit: Unit
) -> None:
    make_unit(puno_unit.municipality, "Gerencia suprimida", closed_on="2020-01-01")
    form = browser.get(change(target)).context["adminform"].form
    assert list(form.fields["responsible"].queryset) == [puno_unit]
    answer = browser.post(change(target), written(target, responsible=[lamas_unit.pk]))
    assert admin_errors_of(answer).keys() == {"responsible"}
    browser.post(change(target), written(target, responsible=[puno_unit.pk]))
    assert Responsibility.objects.get().unit == puno_unit


def test_a_search_finds_by_stem_and_by_code(browser: Client, puno_plan: Plan) -> None:
    def found(words: str) -> list[str]:
        rows = browser.get(LIST, {"q": words}).context["cl"].result_list
        return [element.ref for element in rows]

    assert found("reducciones desnutricion") == []
    assert set(found("DESNUTRICIONES")) == {"S.1", "S.1.1", "S.1.1.2"}
    assert found("s.1.1") == ["S.1.1", "S.1.1.1", "S.1.1.2"]
    assert found("' OR 1=1 --") == []
    assert found("x" * 10_000) == []
    assert browser.get(LIST, {"q": "a\x00b"}).status_code == 200


def test_withdrawing_asks_first_and_takes_what_hangs_from_it(
    browser: Client, puno_plan: Plan
) -> None:
    objective = puno_plan.elements.get(ref="S.1.1")
    chosen = {"action": "withdraw", "_selected_action": objective.pk}
    page = browser.post(LIST, chosen)
    assert [element.ref for element in page.context["going"]] == ["S.1.1", "S.1.1.1", "S.1.1.2"]
    assert puno_plan.elements.current().count() == 6
    assert browser.post(LIST, {**chosen, "confirm": "1"}).status_code == 302
    assert [each.ref for each in puno_plan.elements.current()] == ["S", "S.1", "L"]
    assert puno_plan.elements.count() == 6


def test_a_foreign_element_is_not_withdrawn(browser: Client, lamas_plan: Plan) -> None:
    foreign = lamas_plan.elements.get(ref="S")
    browser.post(LIST, {"action": "withdraw", "_selected_action": foreign.pk, "confirm": "1"})
    assert lamas_plan.elements.current().count() == 6


def test_what_was_withdrawn_is_read_only(browser: Client, target: PlanElement) -> None:
    PlanElement.objects.filter(pk=target.pk).update(until_version=1)
    assert browser.get(change(target)).status_code == 200
    assert browser.post(change(target), written(target, note="x")).status_code == 403


@pytest.mark.parametrize(
    ("trouble", "said"),
    [
        (ValidationError("S.1 se retiró del plan."), "S.1 se retiró del plan."),
        (IntegrityError("duplicate key"), "Otra persona acaba de guardar algo"),
    ],
)
def test_what_is_refused_while_it_is_written_is_said(
    browser: Client,
    target: PlanElement,
    monkeypatch: pytest.MonkeyPatch,
    trouble: Exception,
    said: str,
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise trouble

    monkeypatch.setattr("plans.admin.elements.save_element", refuse)
    answer = browser.post(change(target), written(target, note="x"), follow=True)
    assert answer.redirect_chain == [(change(target), 302)]
    page = answer.content.decode()
    assert "No se guardó nada:" in page
    assert said in page
    assert "duplicate key" not in page


def test_a_list_asks_the_same_whatever_its_length(
    browser: Client,
    puno_plan: Plan,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    browser.get(LIST)
    with django_assert_num_queries(LIST_QUERIES):
        browser.get(LIST)
    make_plan(puno_plan.municipality, more=40)
    with django_assert_num_queries(LIST_QUERIES):
        assert len(browser.get(LIST).context["cl"].result_list) == 46


def test_who_writes_second_is_told_and_loses_nothing(browser: Client, target: PlanElement) -> None:
    seen = browser.get(change(target)).context["adminform"].form["seen"].initial
    PlanElement.objects.filter(pk=target.pk).update(note="De otra persona")
    answer = browser.post(change(target), written(target, note="Mía", seen=seen))
    (reason,) = admin_errors_of(answer)["__all__"]
    assert "Otra persona lo cambió mientras usted escribía" in reason
    assert "De otra persona" in reason
    form = answer.context["adminform"].form
    assert form["note"].value() == "Mía"
    target.refresh_from_db()
    assert target.note == "De otra persona"
    again = browser.post(change(target), written(target, note="Mía", seen=form["seen"].value()))
    assert again.status_code == 302
    target.refresh_from_db()
    assert target.note == "Mía"
