"""Dimensions in the plan's own words; and headings of the form that a document does not print."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from accounts.models import Municipality, User
from plans.choices import Level
from plans.importers.faults import FileRefused
from plans.models import Plan
from plans.services.editing import save_element
from plans.services.publishing import publish
from plans.verification import faults_of
from tests.factories import make_plan, plan_draft
from tests.plans.written import make_coata, written_plan

pytestmark = pytest.mark.django_db

WORDS = ("Seguridad", "Agua", "Salud", "Turismo", "Riesgos", "Vías")
ROWS = tuple(
    row
    for letter, words in zip("BCDFGH", WORDS, strict=True)
    for row in (
        (letter, "", Level.DIMENSION, "", words),
        (f"{letter}.1", letter, Level.OBJECTIVE, "", f"Mejorar: {words.lower()}"),
    )
)
KINDS = ["Social", "Económica", "Ambiental", "Institucional"]


@pytest.fixture
def plan(puno: Municipality) -> Plan:
    return make_plan(puno, rows=ROWS)


def keys(plan: Plan) -> dict[str, str]:
    return dict(plan.elements.current().values_list("ref", "dimension"))


def test_they_stand_after_the_four_in_the_plans_order_and_words(plan: Plan) -> None:
    assert [label for _key, label in plan.dimensions] == [*KINDS, *WORDS]
    below = plan.elements.select_related("plan").get(ref="C.1")
    assert (below.dimension, below.get_dimension_display()) == ("propia-2", "Agua")


def test_each_keeps_its_key_when_another_comes_before_it(plan: Plan, puno: Municipality) -> None:
    before = keys(plan)
    new = (("J", "", Level.DIMENSION, "", "Cultura"), *ROWS[2:])
    again = publish(plan_draft(puno, rows=new)).plan
    after = keys(again)
    assert after.pop("J") == "propia-7"
    assert after == {ref: key for ref, key in before.items() if not ref.startswith("B")}
    assert [label for _key, label in again.dimensions][4:6] == ["Cultura", "Agua"]
    assert again.dimension_name("propia-1") == "Seguridad"


def test_a_corrected_heading_names_its_dimension(plan: Plan, planner: User) -> None:
    text = plan.document.text
    heading = plan.elements.get(ref="C")
    heading.statement = "Agu"
    start = text.index("Agua")
    heading.spans = [[start, start + 3]]
    done = save_element(heading, by=planner)
    assert done.plan.dimension_name("propia-2") == "Agu"


def test_a_plan_of_the_four_has_none_of_its_own(puno_plan: Plan) -> None:
    assert puno_plan.own_dimensions == {}
    assert [label for _key, label in puno_plan.dimensions] == KINDS


@pytest.mark.parametrize("key", ["propia", "propia-0", "propia-100", "propia-x", "otra"])
def test_no_other_key_is_a_dimension(plan: Plan, key: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.elements.filter(ref__startswith="C").update(dimension=key)


FILE = """\
- dimension: B
  tipo: propia
  texto: Seguridad
  linea: 1
- dimension: C
  tipo: propia
  texto: Agua
  linea: 2
- dimension: S
  tipo: social
  texto: Dimensión social
  impresa: no
  hijos:
  - objetivo: S.1
    texto: Vivir mejor
    linea: 3
"""
TEXT = "Seguridad\nAgua\nVivir mejor\n"


def test_a_plan_file_has_them_and_headings_that_are_not_printed(tmp_path: Path) -> None:
    make_coata()
    plan = publish(written_plan(tmp_path, TEXT, FILE)).plan
    assert keys(plan) == {"B": "propia-1", "C": "propia-2", "S": "social", "S.1": "social"}
    heading = plan.elements.get(ref="S")
    assert (heading.is_printed, heading.spans) == (False, [])
    assert list(faults_of(plan)) == []


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("impresa: no", "impresa: no\n  linea: 3", "linea"),
        ("tipo: social", "tipo: propia", "impresa"),
        ("impresa: no", "impresa: quizá", "impresa"),
        ("    linea: 3", "    impresa: no", "impresa"),
        ("impresa: no", "nota: sin línea", "linea"),
    ],
)
def test_what_may_not_be_missing_in_the_document_is_refused(
    tmp_path: Path, old: str, new: str, field: str
) -> None:
    with pytest.raises(FileRefused) as refused:
        written_plan(tmp_path, TEXT, FILE.replace(old, new))
    assert field in {fault.field for fault in refused.value.faults}


def test_a_heading_that_is_printed_after_all_gets_its_place(tmp_path: Path) -> None:
    make_coata()
    draft = written_plan(tmp_path, TEXT, FILE)
    publish(draft)
    text = f"{TEXT}Dimensión social\n"
    printed = FILE.replace("impresa: no", "linea: 4")
    plan = publish(written_plan(tmp_path, text, printed)).plan
    assert plan.elements.get(ref="S").is_printed
    publish(replace(draft, file_sha256=""))
    assert not plan.elements.get(ref="S").is_printed


@pytest.mark.parametrize("ref", ["S.1", "B"])
def test_the_database_lets_no_promise_stand_without_a_place(tmp_path: Path, ref: str) -> None:
    make_coata()
    plan = publish(written_plan(tmp_path, TEXT, FILE)).plan
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.elements.filter(ref=ref).update(is_printed=False, spans=[])


def test_an_officer_may_note_what_is_not_printed(tmp_path: Path, planner: User) -> None:
    make_coata()
    heading = publish(written_plan(tmp_path, TEXT, FILE)).plan.elements.get(ref="S")
    heading.note = "La trae el formulario."
    assert save_element(heading, by=planner).changed == 1
