"""A target with two figures is two measures; an objective may hang from another, and more."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from plans.choices import Level
from plans.document_page import document_lines
from plans.importers.faults import FileRefused
from plans.models import Plan, PlanElement
from plans.services.editing import save_element
from plans.services.publishing import publish
from plans.summary import undeclared
from plans.tree import current_tree
from plans.verification import faults_of
from tests.plans.written import make_coata, written_plan

pytestmark = pytest.mark.django_db

TEXT = """\
Dimensión social
Vivir sin miedo
Barrios seguros
Patrullas en cada barrio
Bajar 5 % los robos y subir a 70 % la confianza
"""
ELEMENTS = """\
- dimension: S
  tipo: social
  texto: Dimensión social
  linea: 1
  hijos:
  - objetivo: S.1
    texto: Vivir sin miedo
    linea: 2
    hijos:
    - objetivo: S.1.1
      texto: Barrios seguros
      linea: 3
      hijos:
      - actividad: S.1.1.1
        tipo: programa
        texto: Patrullas en cada barrio
        linea: 4
        hijos:
        - meta: S.1.1.1.1
          texto: Bajar 5 % los robos y subir a 70 % la confianza
          linea: 5
          hijos:
          - meta: S.1.1.1.1.1
            texto: Bajar 5 % los robos
            linea: 5
            medicion: {clase: variacion, valor: 5, unidad: "%", sentido: disminuir}
          - meta: S.1.1.1.1.2
            texto: subir a 70 % la confianza
            linea: 5
            medicion: {clase: nivel, valor: 70, unidad: "%", sentido: aumentar}
"""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    make_coata()
    return publish(written_plan(tmp_path, TEXT, ELEMENTS)).plan


def test_each_figure_is_a_measure_of_its_own(plan: Plan) -> None:
    reported = plan.elements.reportable().in_document_order()
    assert [each.ref for each in reported] == ["S.1.1.1", "S.1.1.1.1.1", "S.1.1.1.1.2"]
    goals = {each.ref: terms.goal for each in reported for terms in each.terms.all()}
    assert goals == {"S.1.1.1.1.1": 5, "S.1.1.1.1.2": 70}


def test_what_a_smaller_target_takes_of_the_larger_is_no_fault(plan: Plan) -> None:
    assert list(faults_of(plan)) == []


def test_nobody_else_takes_words_of_a_target_or_of_its_parts(tmp_path: Path) -> None:
    strange = ELEMENTS + ("  - meta: S.2\n    texto: Bajar 5 % los robos y subir\n    linea: 5\n")
    with pytest.raises(FileRefused) as refused:
        written_plan(tmp_path, TEXT, strange)
    said = {fault.reason.partition(",")[0] for fault in refused.value.faults}
    assert {"esas palabras ya son de S.1.1.1.1", "esas palabras ya son de S.1.1.1.1.1"} <= said


def test_the_same_words_twice_below_one_target_are_refused(tmp_path: Path) -> None:
    twice = ELEMENTS.replace(
        "subir a 70 % la confianza\n            linea: 5\n            medicion:"
        " {clase: nivel, valor: 70",
        "los robos y subir a 70 % la confianza\n            linea: 5\n"
        "            medicion: {clase: nivel, valor: 70",
    )
    with pytest.raises(FileRefused, match=r"ya son de S\.1\.1\.1\.1\.1"):
        written_plan(tmp_path, TEXT, twice)


def test_the_document_marks_the_words_as_those_of_the_smaller_target(plan: Plan) -> None:
    elements = plan.elements.current().in_document_order()
    *_others, last = document_lines(plan.document.text, elements)
    (cell,) = last.cells
    assert [(piece.text, piece.element and piece.element.ref) for piece in cell] == [
        ("Bajar 5 % los robos", "S.1.1.1.1.1"),
        ("y", "S.1.1.1.1"),
        ("subir a 70 % la confianza", "S.1.1.1.1.2"),
    ]


def test_planning_may_divide_a_target_by_hand(plan: Plan, planner: User) -> None:
    whole = plan.elements.get(ref="S.1.1.1.1.2")
    start = plan.document.text.index("70 % la confianza")
    part = PlanElement(
        plan=plan,
        level=Level.TARGET,
        ref="S.1.1.1.1.2.1",
        statement="70 % la confianza",
        spans=[[start, start + len("70 % la confianza")]],
    )
    part.parent = plan.elements.get(ref="S.1")
    with pytest.raises(ValidationError, match="ya son de"):
        save_element(part, by=planner)
    part.parent = whole
    save_element(part, by=planner)
    assert list(faults_of(plan)) == []


def test_the_whole_is_not_said_to_lack_what_its_parts_say(plan: Plan) -> None:
    assert not [each for each in undeclared(plan, current_tree(plan)) if "cifra" in each]
