"""A target with two figures becomes two measures of one target, and one target again."""

from dataclasses import replace
from decimal import Decimal

import pytest

from plans.choices import Level, MeasureKind
from plans.importers.draft import TermsDraft
from plans.importers.mending import steps
from plans.importers.mending.arranging import MendRefused
from plans.importers.mending.dividing import divide, measures_of, proposed_division
from plans.importers.mending.kept import KeptOutline, begun
from plans.importers.mending.quoting import numbered_lines, word_starts
from plans.importers.mending.stating import set_terms
from plans.importers.outline import DoubtKind, Item
from plans.importers.proposing import proposed
from plans.importers.refs import Published
from plans.importers.validation import Whose, validated
from plans.source_text import SourceText
from plans.term import Term
from tests.plans.importers.mended import doubt, kept_of
from tests.plans.importers.outlines import ROWS, outline_of

SAFETY = "Bajar 5 % los robos y subir a 70 % la confianza, y construir 3 puestos"
KEPT = begun(outline_of([*ROWS, (2, Level.TARGET, SAFETY)]))
SOURCE = SourceText(KEPT.outline.source.text)
WHOLE, FIRST, SECOND = 5, 6, 7
WHOSE = Whose("210101", Term(2027, 2030), "Lista de prueba", "sin confirmar")


def one(kept: KeptOutline, key: int) -> Item:
    return next(item for item in kept.items if item.key == key)


def word(kept: KeptOutline, key: int, wanted: str) -> int:
    return next(at for at, word in word_starts(one(kept, key), SOURCE) if word == wanted)


def divided(kept: KeptOutline = KEPT, key: int = WHOLE, at: str = "subir") -> KeptOutline:
    return divide(kept, key, word(kept, key, at), SOURCE)


def words(kept: KeptOutline) -> list[str]:
    return [each.statement for each in measures_of(kept.items, one(kept, WHOLE))]


def test_each_measure_proposes_its_own_figure_and_the_target_none() -> None:
    said = TermsDraft(goal=Decimal(5), unit_of_measure="%", kind=MeasureKind.LEVEL)
    doubts = (doubt(DoubtKind.FIGURES), doubt(DoubtKind.CUT))
    items = (replace(item, doubts=doubts, terms=said) if item.key == WHOLE else item
             for item in KEPT.items)  # fmt: skip
    kept = divided(KEPT.with_items(tuple(items)))
    whole, first, second = (one(kept, key) for key in (WHOLE, FIRST, SECOND))
    assert (whole.statement, whole.terms, whole.doubts) == (SAFETY, None, doubts[1:])
    assert (first.statement, first.terms) == ("Bajar 5 % los robos", said)
    assert (second.terms, second.doubts) == proposed(second.statement)
    assert {first.parent, second.parent} == {WHOLE}


def test_a_measure_that_is_divided_gives_two_of_the_same_target() -> None:
    kept = divided(divided(), SECOND, "construir")
    assert words(kept) == [
        "Bajar 5 % los robos", "subir a 70 % la confianza", "construir 3 puestos",
    ]  # fmt: skip
    assert [each.terms.goal for each in measures_of(kept.items, one(kept, WHOLE)) if each.terms] \
        == [5, 70, 3]  # fmt: skip


@pytest.mark.parametrize(("key", "message"), [(2, "Solo una meta"), (WHOLE, "ya está dividida")])
def test_nothing_else_is_divided(key: int, message: str) -> None:
    with pytest.raises(MendRefused, match=message):
        divide(divided(), key, 0, SOURCE)
    with pytest.raises(MendRefused, match="Elija la palabra"):
        divide(KEPT, WHOLE, word(KEPT, WHOLE, "Bajar"), SOURCE)


def test_measures_that_are_joined_take_what_lies_between_and_the_last_two_are_the_target() -> None:
    kept = steps.join(divided(divided(), SECOND, "construir"), SECOND, SOURCE)
    assert words(kept) == ["Bajar 5 % los robos", one(divided(), SECOND).statement]
    kept = steps.join(kept, FIRST, SOURCE)
    assert [each.key for each in kept.items] == [each.key for each in KEPT.items]
    assert one(kept, WHOLE).terms == one(divided(), FIRST).terms


def test_a_measure_is_joined_with_no_text_of_another_target() -> None:
    with pytest.raises(MendRefused, match="no hay otro"):
        steps.join(divided(), SECOND, SOURCE)


def test_what_comes_next_is_the_target_and_not_its_measure() -> None:
    kept = divided(KEPT)
    before = kept.items[-4]
    following = steps.next_in_source(kept, before)
    assert (before.key, following and following.key) == (4, WHOLE)


@pytest.mark.parametrize("key", [WHOLE, FIRST])
def test_a_target_and_its_measures_stay_together(key: int) -> None:
    with pytest.raises(MendRefused, match="solo una meta y sus medidas"):
        steps.relevel(divided(), key, Level.ACTIVITY, "accion")


def test_a_measure_hangs_from_no_other_place() -> None:
    with pytest.raises(MendRefused, match="solo una meta y sus medidas"):
        steps.hang(divided(), FIRST, 2)


def test_a_figure_is_said_of_the_measures_only() -> None:
    with pytest.raises(MendRefused, match="está dividida"):
        set_terms(divided(), WHOLE, TermsDraft(goal=Decimal(5)))


def test_a_measure_that_was_dropped_comes_back_to_its_target() -> None:
    kept = steps.drop(divided(), FIRST, "sobra")
    assert steps.restore(kept, FIRST).items == divided().items


def test_a_measure_that_was_not_seen_is_added_by_its_words() -> None:
    kept = steps.drop(divided(), FIRST, "sobra")
    kept = steps.add(kept, "los robos", SOURCE, level=Level.TARGET, parent=WHOLE)
    assert set(words(kept)) == {"los robos", one(divided(), SECOND).statement}


def test_the_document_marks_the_words_of_each_measure() -> None:
    *_lines, (_number, pieces) = numbered_lines(SOURCE.text, divided().items)
    assert [(words.strip(), item and item.key) for words, item in pieces] == [
        ("Bajar 5 % los robos", FIRST),
        ("y", WHOLE),
        ("subir a 70 % la confianza, y construir 3 puestos", SECOND),
    ]


def test_it_can_be_published_and_what_was_published_of_the_target_gives_it_no_figure() -> None:
    terms = TermsDraft(goal=Decimal(5), unit_of_measure="%")
    before = Published("S.1.1.3", "S.1.1", Level.TARGET, "social", SAFETY, terms=terms)
    elements = validated(divided(divided(), SECOND, "construir").outline, WHOSE, [before]).elements
    assert [(each.ref, each.terms and each.terms.goal) for each in elements[-4:]] == [
        ("S.1.1.3", None),
        ("S.1.1.3.1", 5),
        ("S.1.1.3.2", 70),
        ("S.1.1.3.3", 3),
    ]


@pytest.mark.parametrize(
    ("statement", "measures"),
    [
        ("Bajar 5 % los robos y subir a 70 % la confianza",
         ("Bajar 5 % los robos", "subir a 70 % la confianza")),
        ("1. Llegar a 24 barrios. 2. Bajar 30 % la espera.",
         ("1. Llegar a 24 barrios.", "Bajar 30 % la espera.")),
        ("Capacitar a 100 docentes y 200 alumnos", ("Capacitar a 100 docentes", "200 alumnos")),
        ("Instalar 5 cámaras; 12 postes nuevos", ("Instalar 5 cámaras", "12 postes nuevos")),
        ("Construir 3 postas, equipar 12 botiquines",
         ("Construir 3 postas", "equipar 12 botiquines")),
        ("Bajar la anemia de 40 % a 20 %", None),
        ("Atender entre 5 y 10 %", None),
        ("Construir entre 5 y 10 postas", None),
        ("Bajar la anemia y la desnutrición de 40 % a 20 %", None),
        ("Instalar 5 cámaras en 10 barrios de Acora y Coata", None),
        ("Construir 3 postas", None),
    ],
)  # fmt: skip
def test_where_a_second_thing_begins_is_proposed_and_nothing_else(
    statement: str, measures: tuple[str, str] | None
) -> None:
    outline = outline_of([(None, Level.GUIDELINE, statement)])
    found = proposed_division(outline.items[0], SourceText(outline.source.text))
    assert (found and (found.first, found.second)) == measures


def test_of_an_outline_that_shares_words_already_every_other_step_can_be_taken() -> None:
    items = kept_of().items
    shared = replace(items[1], spans=items[0].spans, statement=items[0].statement)
    kept = kept_of().with_items((items[0], shared, *items[2:]))
    assert one(steps.relevel(kept, 3, Level.PROBLEM), 3).level == Level.PROBLEM
