"""What an outline must hold to be published, and the draft that it becomes."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from plans.choices import Level
from plans.importers.draft import TermsDraft
from plans.importers.faults import FileRefused
from plans.importers.outline import Outline
from plans.importers.validation import Whose, validated
from plans.term import Term
from tests.plans.importers.outlines import ROWS, outline_of

WHOSE = Whose("210101", Term(2027, 2030), "Lista de prueba", "sin confirmar")


def faults(outline: Outline) -> list[tuple[int, str]]:
    with pytest.raises(FileRefused) as refused:
        validated(outline, WHOSE)
    return [(fault.where.order, fault.reason) for fault in refused.value.faults]


def mended(at: int, **changes: Any) -> Outline:
    outline = outline_of()
    items = list(outline.items)
    items[at] = replace(items[at], **changes)
    return replace(outline, items=tuple(items))


def test_an_outline_becomes_a_plan_that_quotes_its_text() -> None:
    draft = validated(outline_of(), WHOSE)
    text = draft.document.text
    assert [text[start:end] for each in draft.elements for start, end in each.spans] == [
        words for _parent, _level, words in ROWS
    ]
    assert [(each.ref, each.parent_ref, each.depth) for each in draft.elements][3] == (
        "S.1.1.1",
        "S.1.1",
        3,
    )
    assert draft.document.file_name == "plan.txt"


def test_a_plan_without_a_statement_is_none() -> None:
    reason = "no se reconoció ningún texto del plan: tome cada uno del documento leído."
    assert faults(outline_of([])) == [(0, reason)]


def test_a_level_hangs_only_from_one_that_may_hold_it() -> None:
    [(line, reason)] = faults(outline_of([*ROWS, (4, Level.PROBLEM, "Otro problema.")]))
    assert (line, reason) == (6, "Problema no puede colgar de meta del plan.")


def test_a_dimension_says_which_of_the_four_it_is() -> None:
    assert faults(mended(0, kind="")) == [
        (1, "diga cuál de las cuatro es, o que es propia del plan.")
    ]


def test_a_dimension_stands_once_in_a_plan() -> None:
    rows = [*ROWS, (None, Level.DIMENSION, "Otra vez lo social")]
    assert faults(outline_of(rows)) == [(6, "la dimensión social ya es de «Dimensión social».")]


def test_a_statement_stands_in_the_text_where_it_says() -> None:
    assert faults(mended(3, statement="Construir 13 aulas.")) == [
        (4, "no está, palabra por palabra, en su lugar.")
    ]


def test_no_two_statements_take_the_same_words() -> None:
    third = outline_of().items[3]
    shared = mended(4, statement=third.statement, spans=third.spans)
    assert faults(shared) == [(5, "esas palabras ya son de S.1.1.1, «Construir 12 aulas.».")]


@pytest.mark.parametrize("goal", [Decimal(12), None])
def test_a_goal_is_a_figure_of_the_text(goal: Decimal | None) -> None:
    draft = validated(mended(3, terms=TermsDraft(goal=goal)), WHOSE)
    assert draft.elements[3].terms == TermsDraft(goal=goal)


def test_a_goal_that_the_text_does_not_have_is_refused() -> None:
    assert faults(mended(3, terms=TermsDraft(goal=Decimal(13)))) == [
        (4, "esa cifra no está en el texto.")
    ]


def with_indicator(level: str) -> Outline:
    """The last line of the source is the indicator of what comes before it."""
    outline = outline_of([*ROWS[:3], (2, level, "Aulas."), (2, Level.TARGET, "13 de 40 aulas")])
    *items, last = outline.items
    items[-1] = replace(items[-1], indicator=last.statement, indicator_spans=last.spans)
    return replace(outline, items=tuple(items))


def test_a_goal_may_stand_in_the_indicator() -> None:
    outline = with_indicator(Level.TARGET)
    last = replace(outline.items[-1], terms=TermsDraft(goal=Decimal(13)))
    draft = validated(replace(outline, items=(*outline.items[:-1], last)), WHOSE)
    assert draft.elements[-1].indicator == "13 de 40 aulas"


def test_only_a_target_has_an_indicator() -> None:
    assert faults(with_indicator(Level.ACTIVITY)) == [
        (4, "solo lo lleva una meta."),
    ]


def test_an_indicator_stands_in_the_text_where_it_says() -> None:
    assert faults(mended(3, indicator="13 de 40 aulas")) == [
        (4, "no está, palabra por palabra, en su lugar.")
    ]


def test_a_text_that_turns_around_is_refused() -> None:
    rows: Sequence[Any] = [*ROWS, (2, Level.TARGET, "Llegar a \u202e21 aulas.")]
    assert faults(outline_of(rows)) == [(0, "tiene un carácter invisible: U+202E.")]


def test_every_fault_is_named_in_the_order_of_the_source() -> None:
    outline = mended(4, statement="Nada.")
    items = (replace(outline.items[0], kind=""), *outline.items[1:])
    assert [line for line, _ in faults(replace(outline, items=items))] == [1, 5]
