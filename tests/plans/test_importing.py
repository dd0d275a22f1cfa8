"""Publishing what a reader understood, over what is there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from accounts.models import Municipality
from plans.choices import Level, MeasureKind
from plans.importers.draft import TermsDraft
from plans.importers.faults import FileRefused
from plans.importers.outline import Outline
from plans.importers.validation import Whose
from plans.models import Plan
from plans.services.importing import publish_outline
from plans.term import Term
from plans.verification import faults_of
from tests.factories import make_municipality
from tests.plans.importers.outlines import ROWS, outline_of

TERMS = TermsDraft(kind=MeasureKind.LEVEL, goal=Decimal(12), unit_of_measure="aulas")


@pytest.fixture
def place(db: None) -> Municipality:
    return make_municipality("Coata", "210103")


@pytest.fixture
def whose(place: Municipality) -> Whose:
    return Whose(place.inei, Term(2027, 2030), "Lista de prueba", "sin confirmar")


@pytest.fixture
def plan(whose: Whose) -> Plan:
    return publish_outline(measured(outline_of()), whose, None).plan


def measured(outline: Outline, terms: TermsDraft | None = TERMS) -> Outline:
    items = (*outline.items[:3], replace(outline.items[3], terms=terms), *outline.items[4:])
    return replace(outline, items=items)


def statements(plan: Plan) -> dict[str, str]:
    rows = plan.elements.current().in_document_order()
    return dict(rows.values_list("ref", "statement"))


def test_a_first_outline_is_a_plan_that_says_what_its_document_says(plan: Plan) -> None:
    assert list(statements(plan).values()) == [words for _parent, _level, words in ROWS]
    assert list(faults_of(plan)) == []


def test_the_same_outline_again_changes_nothing(plan: Plan, whose: Whose) -> None:
    again = publish_outline(measured(outline_of()), whose, plan)
    assert (again.added, again.changed, again.withdrawn, again.unchanged) == (0, 0, 0, len(ROWS))
    assert again.plan.version == 1


def test_what_stays_keeps_its_reference_in_another_document(plan: Plan, whose: Whose) -> None:
    rows = [*ROWS[:3], (2, Level.TARGET, "Pintar 9 patios."), *ROWS[3:]]
    done = publish_outline(outline_of(rows), whose, plan)
    assert (done.added, done.withdrawn) == (1, 0)
    assert statements(plan)["S.1.1.1"] == "Construir 12 aulas."


def test_a_note_of_planning_outlives_the_next_document(plan: Plan, whose: Whose) -> None:
    plan.elements.filter(ref="S.1.1.1").update(note="En la zona alta.")
    publish_outline(outline_of(), whose, plan)
    assert plan.elements.get(ref="S.1.1.1").note == "En la zona alta."


def test_what_is_known_of_a_figure_stays_where_a_reader_says_nothing(
    plan: Plan, whose: Whose
) -> None:
    publish_outline(outline_of(), whose, plan)
    [terms] = plan.elements.get(ref="S.1.1.1").terms.all()
    assert terms.goal == Decimal(12)


def test_a_figure_that_was_taken_out_by_hand_goes(plan: Plan, whose: Whose) -> None:
    publish_outline(measured(outline_of(), TermsDraft()), whose, plan)
    newest = plan.elements.get(ref="S.1.1.1").terms.order_by("-version").first()
    assert newest is not None
    assert newest.goal is None


def test_an_outline_with_a_fault_writes_nothing(whose: Whose) -> None:
    with pytest.raises(FileRefused):
        publish_outline(outline_of([*ROWS, (4, Level.PROBLEM, "Otro.")]), whose, None)
    assert not Plan.objects.exists()
