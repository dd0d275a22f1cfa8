"""What a person should look at in a statement before it is published."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Level
from plans.importers.draft import TermsDraft
from plans.importers.mending.flags import doubts_of, looked_over, open_sign
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.term import Term
from tests.plans.importers.outlines import outline_of

TERM = Term(2027, 2030)


def kinds(statement: str, level: str = Level.TARGET) -> list[str]:
    return [doubt.kind for doubt in doubts_of(statement, level, TERM)]


@pytest.mark.parametrize(
    "statement",
    [
        "Construir aulas en los distritos de",
        "Aulas, postas y",
        "Mejorar la...",
        "Aulas (",
        "Aulas,",
    ],
)
def test_a_statement_that_ends_in_mid_sentence_looks_cut(statement: str) -> None:
    assert DoubtKind.CUT in kinds(statement)


@pytest.mark.parametrize(
    ("statement", "sign"),
    [
        ("Construir (en el centro aulas.", "("),
        ("Programa «Aulas para todos.", "«"),
        ('Programa "Aulas para todos.', '"'),
        ("Programa “Aulas (nuevas) para todos.", "“"),
        ("Aulas (a cargo de la UGEL [1].", "("),
        ("a) Construir aulas. b) Reparar techos.", ""),
        ("Construir aulas (12) y «techos».", ""),
        ("Reducir la anemia (41,3 % en 2025).", ""),
        ("Aulas nuevas (20 por mes).", ""),
    ],
)
def test_what_is_opened_and_not_closed_is_named(statement: str, sign: str) -> None:
    assert open_sign(statement) == sign
    assert (DoubtKind.OPEN in kinds(statement)) == bool(sign)


def test_a_year_outside_the_term_is_doubted_where_something_is_promised() -> None:
    assert kinds("Construir 12 aulas al 2026.") == [DoubtKind.DATE]
    assert kinds("Construir 12 aulas al 2030.") == []
    assert kinds("Desde 2024 faltan aulas.", Level.PROBLEM) == []


def test_the_same_words_twice_are_doubted_once_with_the_place_of_the_first() -> None:
    rows = (
        (None, Level.DIMENSION, "Dimensión social"),
        (0, Level.OBJECTIVE, "Que haya aulas."),
        (1, Level.TARGET, "Construir 12 aulas."),
        (1, Level.TARGET, "construir  12 aulas."),
    )
    *_before, first, second = looked_over(outline_of(rows).items, TERM)
    assert first.doubts == ()
    assert second.doubts == (Doubt(DoubtKind.REPEATED, "Ya está en línea 3."),)


def test_a_target_gets_what_its_words_propose_and_nothing_else_does() -> None:
    items = looked_over(outline_of().items, TERM)
    goals = [item.terms.goal if item.terms else None for item in items]
    assert goals == [None, None, None, 12, 30]


def test_a_figure_of_before_the_term_is_no_goal() -> None:
    rows = ((None, Level.OBJECTIVE, "Que haya."), (0, Level.TARGET, "40 % de los hogares en 2025."))
    looked = looked_over(outline_of(rows).items, TERM)
    assert looked[1].terms is None
    assert [doubt.kind for doubt in looked[1].doubts] == [DoubtKind.DATE, DoubtKind.BASELINE]
    assert looked_over(looked, TERM) == looked


def test_the_term_says_whether_an_indicator_states_what_is_to_come() -> None:
    item = Item(0, None, Level.TARGET, "Bajar", [[0, 5]], indicator="Anemia al 2030: 30 %")
    [without] = looked_over([item])
    assert [doubt.kind for doubt in without.doubts] == [DoubtKind.UNREAD]
    [looked] = looked_over([item], TERM)
    assert looked.terms is not None
    assert (looked.terms.goal, looked.doubts) == (Decimal(30), ())


def test_the_unit_that_a_source_says_is_that_of_the_figure_and_alone_is_no_proposal() -> None:
    said = TermsDraft(unit_of_measure="aula")
    item = Item(0, None, Level.TARGET, "Construir 12", [[0, 12]], terms=said)
    [looked] = looked_over([item], TERM)
    assert looked.terms is not None
    assert (looked.terms.goal, looked.terms.unit_of_measure) == (Decimal(12), "aula")
    assert looked_over([replace(item, statement="Construir")], TERM)[0].terms is None


def test_what_a_reader_knows_of_a_cut_comes_before_what_words_suggest() -> None:
    known = Doubt(DoubtKind.CUT, "Mida el PDF.")
    item = Item(0, None, Level.GUIDELINE, "Aulas y", [[0, 7]], doubts=(known,))
    assert looked_over([item])[0].doubts == (known,)


@given(st.text(max_size=200), st.sampled_from(Level.values))
def test_no_text_breaks_a_rule_and_none_is_changed(text: str, level: str) -> None:
    item = Item(0, None, level, text, [[0, len(text)]], indicator=text)
    (looked,) = looked_over([item], TERM)
    assert (looked.statement, looked.spans, looked.indicator) == (text, item.spans, text)
    assert len({doubt.kind for doubt in looked.doubts}) == len(looked.doubts)
