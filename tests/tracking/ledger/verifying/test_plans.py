"""Whoever changes what a plan says, with all that proves it, is found out by what was entered."""

import json

import pytest

from plans.choices import Standing
from plans.models import Plan, PlanElement, PlanVersion, Responsibility, SourceDocument
from plans.services.editing import save_element, save_plan, withdraw_elements
from plans.verification import faults_of
from tests.tracking.ledger.test_ledger import opened
from tests.tracking.ledger.verifying.scene import CHANGED, Scene, faults, reforged, verified
from tests.tracking.tampering import tampered
from tracking.ledger.kinds import PLANS
from tracking.models import LedgerEntry, PlanRecord

pytestmark = pytest.mark.usefixtures("scene")
OTHERWISE = "210101: el plan 2019-2022 ya no dice lo que publicó su versión 2: cambió "
TEXTS = f"{OTHERWISE}los textos, o lo que se dice del plan."
DOCUMENT = f"{OTHERWISE}el documento."


def test_a_promise_changed_in_statement_document_and_digest_is_found(scene: Scene) -> None:
    """It stands, word for word, in a document that has its digest."""
    tampered(PlanElement, "UPDATE {table} SET statement = replace(statement, '50 %%', '10 %%')")
    text = "replace(text, '50 %%', '10 %%')"
    tampered(
        SourceDocument,
        f"UPDATE {{table}} SET text = {text}, sha256 = encode(sha256(convert_to({text}, 'UTF8')), "
        "'hex')",
    )
    assert list(faults_of(Plan.objects.get())) == []
    assert faults() == [DOCUMENT, TEXTS]


@pytest.mark.parametrize(
    "change",
    [
        "statement = 'Otra cosa'",
        "note = 'Otra nota'",
        "printed_code = '9)'",
        "spans = '[[0, 3]]'",
        "until_version = 2",
    ],
)
def test_an_element_that_was_changed_is_found(change: str) -> None:
    tampered(PlanElement, f"UPDATE {{table}} SET {change} WHERE ref = 'S.1.1.2'")
    assert faults() == [TEXTS]


def test_another_office_that_answers_is_found(scene: Scene) -> None:
    Responsibility.objects.filter(element__ref="L").delete()
    assert faults() == [TEXTS]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("standing = 'lista no elegida'", "la condición."),
        ("standing_source = 'Otra acta, 7 de noviembre de 2018'", "la fuente de la condición."),
        ("organization = 'Otra lista'", "los textos, o lo que se dice del plan."),
        ("vision = 'Otra'", "los textos, o lo que se dice del plan."),
        ('labels = \'{{"target": "Compromiso"}}\'', "los textos, o lo que se dice del plan."),
    ],
)
def test_what_is_said_of_a_plan_and_was_changed_is_found(change: str, told: str) -> None:
    tampered(Plan, f"UPDATE {{table}} SET {change}")
    assert faults() == [OTHERWISE + told]


def test_a_document_that_names_another_source_is_found() -> None:
    tampered(SourceDocument, "UPDATE {table} SET provenance = 'De otra parte'")
    assert faults() == [TEXTS]


def test_a_record_that_was_changed_with_its_plan_is_found() -> None:
    """The record is what the entry has the digest of."""
    tampered(Plan, "UPDATE {table} SET standing = 'lista no elegida'")
    tampered(PlanRecord, "UPDATE {table} SET standing = 'lista no elegida'")
    version = PlanVersion.objects.get(number=2)
    told = faults()
    assert f"{CHANGED}Versión de un plan, 2019-2022 versión 2 (fila {version.pk})." in told


@pytest.mark.parametrize("change", ["changes = '[]'", "published_at = now()", "added = 100"])
def test_a_version_that_was_changed_is_found(change: str) -> None:
    tampered(PlanVersion, f"UPDATE {{table}} SET {change} WHERE number = 1")
    first = PlanVersion.objects.get(number=1)
    assert f"{CHANGED}Versión de un plan, 2019-2022 versión 1 (fila {first.pk})." in faults()


def test_a_plan_that_passes_for_another_version_is_found() -> None:
    tampered(Plan, "UPDATE {table} SET version = 3")
    assert faults() == ["210101: el plan 2019-2022 dice ser la versión 3, y no la hay."]


def test_a_plan_corrected_by_hand_is_what_its_newest_version_says(scene: Scene) -> None:
    guideline = PlanElement.objects.get(ref="L")
    guideline.note = "Es un lineamiento."
    save_element(guideline, by=scene.planner, units=[])
    withdraw_elements([guideline], by=scene.planner)
    plan = Plan.objects.get()
    plan.standing, plan.standing_source = Standing.UNCONFIRMED, ""
    save_plan(plan, by=scene.planner)
    assert verified() == "Registros: 1. Asientos: 12. Todo es lo que se asentó."
    titles = [entry.title for entry in LedgerEntry.objects.filter(number__gt=8).order_by("number")]
    assert titles == [
        "Plan de gobierno 2019-2022, versión 3",
        "Plan de gobierno 2019-2022, versión 4",
        "Plan de gobierno 2019-2022, versión 5",
        "Condición del plan de gobierno 2019-2022, versión 5",
    ]


def test_what_was_published_before_plans_were_entered_is_entered_late_and_proved(
    scene: Scene,
) -> None:
    """An installation of before: versions without records, and a chain that knows no plans."""
    tampered(PlanRecord, "DELETE FROM {table}")
    tampered(LedgerEntry, "DELETE FROM {table} WHERE act IN ('plan', 'condición')")
    for number in (5, 6, 7, 8):
        gap = 3
        tampered(
            LedgerEntry, "UPDATE {table} SET number = %s WHERE number = %s", number - gap, number
        )
    reforged(scene.puno)
    before = list(LedgerEntry.objects.order_by("number").values_list("number", "chain"))
    assert [fault.partition(" (fila")[0] for fault in faults()] == [
        "210101: sin asiento: Versión de un plan, 2019-2022 versión 1",
        "210101: sin asiento: Versión de un plan, 2019-2022 versión 2",
    ]
    assert opened() == "Municipalidad Provincial de Puno: asientos nuevos, 3\n"
    after = LedgerEntry.objects.order_by("number").values_list("number", "chain")
    assert list(after)[:5] == before
    assert verified() == "Registros: 1. Asientos: 8. Todo es lo que se asentó."
    contents = [PLANS.content(row.pk) for row in PlanVersion.objects.order_by("number")]
    standings = [json.loads(content or "")["condicion"] for content in contents]
    assert standings == [None, "autoridad elegida"]
