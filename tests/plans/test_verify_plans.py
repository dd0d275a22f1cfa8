"""The proof that each statement stands in its document fails when it should."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError

from accounts.models import Municipality
from plans.models import Plan, PlanElement, SourceDocument
from tests.factories import make_plan
from tests.real_plans import publish_real_plan


@pytest.fixture
def otuzco(db: None) -> Plan:
    return publish_real_plan("otuzco")


def complaints() -> list[str]:
    err = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_plans", stdout=StringIO(), stderr=err)
    return [line.partition(": ")[2] for line in err.getvalue().splitlines()]


def test_one_changed_word_is_found(otuzco: Plan) -> None:
    element = otuzco.elements.get(ref="S.1")
    PlanElement.objects.filter(pk=element.pk).update(statement=f"{element.statement} siempre")
    assert complaints() == ["S.1 no está en el documento, en el lugar que nombra."]


def test_the_right_words_at_another_place_are_found(otuzco: Plan) -> None:
    spans = otuzco.elements.get(ref="S.2").spans
    PlanElement.objects.filter(plan=otuzco, ref="S.1").update(spans=spans)
    assert complaints() == [
        "S.1 no está en el documento, en el lugar que nombra.",
        "S.1 y S.2 toman las mismas palabras.",
    ]


def test_a_statement_without_a_place_is_impossible(otuzco: Plan) -> None:
    with pytest.raises(IntegrityError, match="element_stands_in_its_document"):
        PlanElement.objects.filter(plan=otuzco, ref="S.1").update(spans=[])


def test_a_changed_indicator_is_found(puno: Municipality) -> None:
    plan = make_plan(puno, indicators={"S.1.1.2": "Tasa de desnutrición"})
    plan.elements.filter(ref="S.1.1.2").update(indicator="Otra tasa")
    assert complaints() == ["S.1.1.2 no está en el documento, en el lugar que nombra."]


def test_a_changed_document_is_found(otuzco: Plan) -> None:
    document = otuzco.document
    SourceDocument.objects.filter(pk=document.pk).update(text=document.text + " ")
    assert complaints() == ["el documento no tiene el código de verificación con que se publicó."]


def test_a_changed_vision_is_found(otuzco: Plan) -> None:
    Plan.objects.update(vision="Otra visión")
    assert complaints() == ["la visión no está en el documento."]
