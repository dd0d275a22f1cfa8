"""Stating how a promise is measured: a new row each time, never a rewritten one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from plans.models import MeasuringTerms, Plan, PlanElement
from tests.conftest import SignIn
from tests.pages import admin_errors_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("planning_enters")]
LIST = reverse("admin:plans_measuringterms_changelist")
ADD = reverse("admin:plans_measuringterms_add")


@pytest.fixture
def target(puno_plan: Plan) -> PlanElement:
    return puno_plan.elements.get(ref="S.1.1.2")


def stated(element: PlanElement, **fields: Any) -> dict[str, Any]:
    return {
        "element": element.pk,
        "in_force_from": timezone.localdate().strftime("%d/%m/%Y"),
        "reason": "Lo pidió el concejo",
        "kind": "variacion",
        "unit_of_measure": "%",
        "goal": "50",
        "nature": "medida",
        "direction": "disminuir",
        "baseline": "31.5",
        "baseline_source": "ENDES 2018",
        "milestones": "2019-II: 10\n2020-i: 20.5",
        "schedule": "2019-I: 5\n2019-II: 12.50",
        **fields,
    }


def test_stated_terms_are_the_next_version_and_rule(
    browser: Client, target: PlanElement, planner: User
) -> None:
    answer = browser.post(ADD, stated(target))
    assert answer.status_code == 302, admin_errors_of(answer)
    first, second = target.terms.order_by("version")
    assert (first.version, second.version, second.by) == (1, 2, planner)
    assert second.milestones == {"2019-II": "10", "2020-I": "20.5"}
    assert second.schedule == {"2019-I": "5", "2019-II": "12.5"}
    rows = {each.version: each.rules for each in browser.get(LIST).context["cl"].result_list}
    assert rows == {1: False, 2: True}
    target.plan.refresh_from_db()
    assert target.plan.version == 2


def test_the_parts_of_a_delivery_are_lines(browser: Client, target: PlanElement) -> None:
    delivery = {"kind": "entrega", "goal": "", "schedule": "2019-I: 1"}
    answer = browser.post(
        ADD, stated(target, **delivery, parts="Posta de Coata\n\n Posta de Capachica ")
    )
    assert answer.status_code == 302, admin_errors_of(answer)
    assert target.terms.get(version=2).parts == ["Posta de Coata", "Posta de Capachica"]


def test_the_form_begins_with_what_rules(browser: Client, target: PlanElement) -> None:
    browser.post(ADD, stated(target))
    form = browser.get(ADD, {"element": target.pk}).context["adminform"].form
    assert form["goal"].initial == 50
    assert form["milestones"].value() == "2019-II: 10\n2020-I: 20.5"
    assert form["schedule"].value() == "2019-I: 5\n2019-II: 12.5"
    assert form["reason"].initial is None


def test_the_form_does_not_begin_with_what_rules_elsewhere(
    browser: Client, lamas_plan: Plan
) -> None:
    foreign = lamas_plan.elements.get(ref="S.1.1.2")
    form = browser.get(ADD, {"element": foreign.pk}).context["adminform"].form
    assert form["kind"].initial is None


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [  # of the page's own reading of them; what terms need is tried in test_terms_rules
        ({"goal": "1,500"}, "goal", "sin separador de miles"),
        ({"goal": "1" * 30}, "goal", "dígitos"),
        ({"milestones": "2019-III: 4"}, "milestones", "no es un semestre"),
        ({"milestones": "2019-I"}, "milestones", "clave: valor"),
        ({"parts": "a\na"}, "parts", "repetida"),
        ({"direction": "mantener"}, "direction", "aumenta o disminuye"),
        ({"kind": "otra"}, "kind", "otra"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    browser: Client, target: PlanElement, fields: dict[str, str], field: str, reason: str
) -> None:
    errors = admin_errors_of(browser.post(ADD, stated(target, **fields)))
    assert errors.keys() == {field}
    assert reason in errors[field][0]
    assert target.terms.count() == 1


@pytest.mark.parametrize("named", ["abc", "%00", "-1", "1e9", "99999999999999999999"])
def test_an_address_that_names_no_element_is_an_empty_form(
    signed_in: SignIn, planner: User, puno_plan: Plan, named: str
) -> None:
    client = signed_in(planner)
    address = f"/admin/plans/measuringterms/add/?element={named}"
    assert client.get(address).status_code == 200
    refused = client.post(address, {"element": "abc", "reason": "Sin objeto"})
    assert refused.status_code == 200
    assert "Escoja una opción válida" in refused.content.decode()


def test_a_problem_is_not_measured(browser: Client, puno_plan: Plan) -> None:
    problem = puno_plan.elements.get(ref="S.1")
    assert "no se miden" in admin_errors_of(browser.post(ADD, stated(problem)))["element"][0]


def test_what_was_withdrawn_is_not_measured(browser: Client, target: PlanElement) -> None:
    PlanElement.objects.filter(pk=target.pk).update(until_version=1)
    assert "Se retiró" in admin_errors_of(browser.post(ADD, stated(target)))["element"][0]


def test_a_row_is_read_and_not_changed(
    browser: Client, operator: User, target: PlanElement, signed_in: SignIn
) -> None:
    page = reverse("admin:plans_measuringterms_change", args=[target.terms.get().pk])
    for each in (browser, signed_in(operator)):
        assert each.get(page).status_code == 200
        assert each.post(page, stated(target)).status_code == 403
    assert MeasuringTerms.objects.get().kind == "variacion"


def test_a_search_finds_by_the_promises_words(browser: Client, target: PlanElement) -> None:
    found = browser.get(LIST, {"q": "desnutriciones"}).context["cl"].result_list
    assert [each.element for each in found] == [target]
    assert list(browser.get(LIST, {"q": "carretera"}).context["cl"].result_list) == []
