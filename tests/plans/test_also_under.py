"""One objective of two problems: published once, counted once, and named under both."""

from pathlib import Path

import pytest

from accounts.models import User
from plans.choices import Level
from plans.importers.draft import PlanDraft
from plans.importers.faults import FileRefused
from plans.models import CrossReference, Plan
from plans.services.editing import withdraw_elements
from plans.services.importing import published_of
from plans.services.publishing import publish
from plans.summary import level_counts
from plans.tree import current_tree
from plans.version_notes import notes_of
from tests.plans.written import make_coata, written_plan

pytestmark = pytest.mark.django_db

TEXT = "\n".join(
    (
        *("Social", "Faltan aulas", "Construir aulas con agua", "Hacer 12 aulas", "Falta agua"),
        *("Económica", "Falta riego", ""),
    )
)
ELEMENTS = """\
- dimension: S
  tipo: social
  texto: Social
  linea: 1
  hijos:
  - problema: S.1
    texto: Faltan aulas
    linea: 2
    hijos:
    - objetivo: S.1.1
      texto: Construir aulas con agua
      linea: 3
      {also}
      hijos:
      - meta: S.1.1.1
        texto: Hacer 12 aulas
        linea: 4
  - problema: S.2
    texto: Falta agua
    linea: 5
- dimension: E
  tipo: economica
  texto: Económica
  linea: 6
  hijos:
  - problema: E.1
    texto: Falta riego
    linea: 7
"""
NONE = "nota: sola"


def drafted(folder: Path, also: str) -> PlanDraft:
    return written_plan(folder, TEXT, ELEMENTS.format(also=also))


@pytest.fixture
def shared(tmp_path: Path) -> Plan:
    make_coata()
    return publish(drafted(tmp_path, "tambien_en: [S.2, E.1]")).plan


def references(plan: Plan) -> set[tuple[str, str]]:
    rows = CrossReference.objects.filter(plan=plan)
    return set(rows.values_list("element__ref", "parent__ref"))


def test_it_is_published_under_each_and_is_one_of_one_dimension(shared: Plan) -> None:
    assert references(shared) == {("S.1.1", "S.2"), ("S.1.1", "E.1")}
    assert shared.elements.get(ref="S.1.1").dimension == "social"


def test_it_is_counted_once_and_what_is_below_it_too(shared: Plan) -> None:
    tree = current_tree(shared)
    walked = [branch.element.ref for root in tree for branch in root.walk()]
    assert walked == ["S", "S.1", "S.1.1", "S.1.1.1", "S.2", "E", "E.1"]
    counts = {str(each.level): each.count for each in level_counts(shared, tree)}
    assert (counts[Level.OBJECTIVE], counts[Level.TARGET]) == (1, 1)
    assert [each.ref for each in shared.elements.reportable()] == ["S.1.1.1"]


def test_both_problems_know_it(shared: Plan) -> None:
    branches = {each.element.ref: each for root in current_tree(shared) for each in root.walk()}
    assert [each.element.ref for each in branches["S.1.1"].further] == ["S.2", "E.1"]
    assert [[each.element.ref for each in branches[ref].referred] for ref in ("S.2", "E.1")] == [
        *(["S.1.1"], ["S.1.1"])
    ]


def test_the_same_file_again_changes_nothing(shared: Plan, tmp_path: Path) -> None:
    again = publish(drafted(tmp_path, "tambien_en: [E.1, S.2]"))
    assert (again.plan.version, again.changed) == (1, 0)


def test_another_place_is_a_change_that_is_told(shared: Plan, tmp_path: Path) -> None:
    again = publish(drafted(tmp_path, "tambien_en: S.2"))
    assert references(again.plan) == {("S.1.1", "S.2")}
    [note] = notes_of(again.plan.versions.get(number=2))
    assert (note.ref, note.sentence) == ("S.1.1", "está también en: «E.1, S.2» → «S.2»")


def test_what_is_withdrawn_is_nowhere_any_more(shared: Plan, planner: User) -> None:
    withdraw_elements([shared.elements.get(ref="S.2")], by=planner)
    assert references(shared) == {("S.1.1", "E.1")}
    told = {each["ref"]: each["what"] for each in shared.versions.get(number=2).changes}
    assert told == {"S.2": "withdrawn", "S.1.1": "changed"}
    withdraw_elements([shared.elements.get(ref="S.1")], by=planner)
    assert references(shared) == set()
    told = {each["ref"]: each["what"] for each in shared.versions.get(number=3).changes}
    assert told == dict.fromkeys(("S.1", "S.1.1", "S.1.1.1"), "withdrawn")


def test_it_goes_with_a_new_version_that_has_it_no_more(shared: Plan, tmp_path: Path) -> None:
    [before, _rest] = ELEMENTS.format(also=NONE).split("  - problema: S.2")
    publish(written_plan(tmp_path, TEXT, before))
    assert references(shared) == set()


def test_a_source_that_is_silent_about_it_is_told_what_is_published(shared: Plan) -> None:
    further = {each.ref: each.also_under for each in published_of(shared) if each.also_under}
    assert further == {"S.1.1": ("S.2", "E.1")}


@pytest.mark.parametrize(
    ("also", "line", "why"),
    [
        ("tambien_en: S.9", 19, "no hay ningún elemento «S.9»"),
        ("tambien_en: [S.2, S.2]", 19, "S.2 está dos veces"),
        ("tambien_en: {a: b}", 19, "una lista de ellos"),
        ("tambien_en: S.1", 16, "S.1: ya cuelga de ahí"),
        ("tambien_en: S.1.1", 16, "S.1.1: es el mismo texto"),
        ("tambien_en: S.1.1.1", 16, "no puede colgar de meta"),
    ],
)
def test_what_cannot_be_is_refused_with_its_line(
    tmp_path: Path, also: str, line: int, why: str
) -> None:
    with pytest.raises(FileRefused, match=why) as refused:
        drafted(tmp_path, also)
    assert {fault.where.words for fault in refused.value.faults} == {f"línea {line}"}
