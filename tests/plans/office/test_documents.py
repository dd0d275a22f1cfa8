"""Adding a document to a plan, and what it says, without a shell."""

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from plans.models import Plan
from plans.verification import faults_of

pytestmark = pytest.mark.django_db
PAGE = reverse("office_plans:documents", args=["puno", "2019-2022"])
ADDED = reverse("office_plans:document", args=["puno", "2019-2022", 2])
TEXT = "PLAN OPERATIVO\r\n• Programa de huertos\r\nescolares\r\nSembrar 40 huertos\r\n"


def a_document(**fields: str) -> dict[str, str]:
    return {
        "title": "Plan Operativo 2020",
        "provenance": "Oficina de Planeamiento",
        "added_on": "2020-03-12",
        "added_by": "el Concejo Municipal",
        "text": TEXT,
        **fields,
    }


def an_element(**fields: str) -> dict[str, str]:
    return {
        "level": "activity",
        "activity_kind": "programa",
        "parent": "S.1.1",
        "statement": "Programa de huertos escolares",
        "lineas": "2-3",
        **fields,
    }


@pytest.fixture
def with_document(browser: Client, puno_plan: Plan) -> Client:
    assert browser.post(PAGE, a_document()).status_code == 302
    return browser


def test_a_document_and_what_it_adds_become_public_under_the_name_of_who_added_it(
    with_document: Client, puno_plan: Plan, planner: User
) -> None:
    document = puno_plan.documents.get(number=2)
    assert (document.added_on, document.added_by) == (
        dt.date(2020, 3, 12),
        "el Concejo Municipal",
    )
    assert with_document.post(ADDED, an_element()).status_code == 302
    element = puno_plan.elements.get(ref="S.1.1.3")
    assert (element.statement, element.document) == ("Programa de huertos escolares", document)
    plan = Plan.objects.get(pk=puno_plan.pk)
    assert list(faults_of(plan)) == []
    assert [version.by for version in plan.versions.filter(number__gt=1)] == [planner, planner]
    assert "S.1.1.3" in with_document.get(ADDED).content.decode()


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"text": " \n"}, "text", "vacío"),
        ({"added_by": ""}, "added_by", "obligatorio"),
        ({"added_on": "2999-01-01"}, "added_on", "Un acto por venir"),
        ({"added_on": "0020-03-12"}, "added_on", "Revise el año"),
        ({"added_on": "ayer"}, "added_on", "válida"),
    ],
)
def test_a_document_that_does_not_say_enough_is_refused_and_nothing_typed_is_lost(
    browser: Client, puno_plan: Plan, fields: dict[str, str], field: str, reason: str
) -> None:
    answer = browser.post(PAGE, a_document(**fields))
    assert answer.status_code == 422
    assert reason in answer.context["form"].errors[field][0]
    assert "Oficina de Planeamiento" in answer.content.decode()
    assert puno_plan.documents.count() == 1


def test_the_same_document_twice_is_refused(with_document: Client, puno_plan: Plan) -> None:
    answer = with_document.post(PAGE, a_document(title="Otra vez"))
    assert answer.status_code == 422
    assert "ya está en el plan" in answer.context["form"].errors["text"][0]


@pytest.mark.parametrize(
    ("fields", "field", "reason"),
    [
        ({"lineas": "1"}, "lineas", "El texto está en la línea 2"),
        ({"parent": "S.1.1.2"}, "parent", "Eso cuelga de"),
        ({"parent": "Z.9"}, "parent", "válida"),
    ],
)
def test_what_does_not_fit_is_told_beside_its_field(
    with_document: Client, puno_plan: Plan, fields: dict[str, str], field: str, reason: str
) -> None:
    answer = with_document.post(ADDED, an_element(**fields))
    assert answer.status_code == 422
    assert reason in answer.context["form"].errors[field][0]
    assert not puno_plan.elements.filter(document__number=2).exists()


def test_only_to_what_was_added_can_anything_be_added(browser: Client, puno_plan: Plan) -> None:
    filed = reverse("office_plans:document", args=["puno", "2019-2022", 1])
    assert browser.get(filed).status_code == 404
