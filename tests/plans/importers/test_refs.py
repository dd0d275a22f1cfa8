"""The references that statements are given, and those that they keep."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from plans.choices import Dimension, Level
from plans.importers.outline import Item
from plans.importers.refs import Published, with_refs
from tests.plans.importers.outlines import ROWS, Row, outline_of


def refs(items: Sequence[Item]) -> list[str]:
    return [item.ref for item in items]


def published(items: Sequence[Item]) -> list[Published]:
    ref_of = {item.key: item.ref for item in items}
    return [
        Published(
            ref=item.ref,
            parent_ref=ref_of[item.parent] if item.parent is not None else "",
            level=item.level,
            dimension=Dimension.SOCIAL,
            statement=item.statement,
        )
        for item in items
    ]


def test_a_new_plan_is_numbered_below_each_of_its_parents() -> None:
    assert refs(with_refs(outline_of().items)) == ["S", "S.1", "S.1.1", "S.1.1.1", "S.1.1.2"]


def test_guidelines_have_a_letter_of_their_own() -> None:
    rows: list[Row] = [(None, Level.GUIDELINE, "Rendir cuentas."), (0, Level.GUIDELINE, "Dos.")]
    assert refs(with_refs(outline_of(rows).items)) == ["L.1", "L.1.1"]


def test_the_same_words_keep_their_reference_where_others_come_before_them() -> None:
    before = with_refs(outline_of().items)
    rows = [*ROWS[:3], (2, Level.TARGET, "Pintar 9 patios."), *ROWS[3:]]
    after = with_refs(outline_of(rows).items, published(before))
    assert refs(after) == ["S", "S.1", "S.1.1", "S.1.1.3", "S.1.1.1", "S.1.1.2"]


def test_words_that_were_mended_keep_their_reference() -> None:
    before = with_refs(outline_of().items)
    rows = [*ROWS[:3], (2, Level.TARGET, "Construir 12 aulas"), ROWS[4]]
    assert refs(with_refs(outline_of(rows).items, published(before))) == refs(before)


def test_what_only_resembles_takes_nothing_from_what_has_the_same_words() -> None:
    rows = [*ROWS[:3], (2, Level.TARGET, "Construir 12 aulas."), (2, Level.TARGET, "Otra.")]
    before = with_refs(outline_of(rows).items)
    swapped = [
        *ROWS[:3],
        (2, Level.TARGET, "Construir 13 aulas."),
        (2, Level.TARGET, "Construir 12 aulas."),
    ]
    after = with_refs(outline_of(swapped).items, published(before))
    assert refs(after)[3:] == ["S.1.1.3", "S.1.1.1"]


def test_a_statement_that_moves_keeps_its_reference() -> None:
    before = with_refs(outline_of().items)
    rows = [*ROWS[:4], (1, Level.TARGET, "Reparar 30 techos.")]
    assert refs(with_refs(outline_of(rows).items, published(before))) == refs(before)


def test_what_was_withdrawn_gives_its_reference_to_nobody_else() -> None:
    gone = Published("S.1.1.1", "S.1.1", Level.TARGET, Dimension.SOCIAL, "Otra cosa.", True)
    after = with_refs(outline_of().items, [gone])
    assert refs(after)[3:] == ["S.1.1.2", "S.1.1.3"]


def test_what_comes_back_is_called_as_it_was() -> None:
    gone = Published("S.9", "S", Level.TARGET, Dimension.SOCIAL, "Construir 12 aulas.", True)
    assert refs(with_refs(outline_of().items, [gone]))[3] == "S.9"


def test_a_reference_that_a_person_gave_stands() -> None:
    items = list(outline_of().items)
    items[3] = replace(items[3], ref="S.1.1.2")
    assert refs(with_refs(items))[3:] == ["S.1.1.2", "S.1.1.1"]


@given(st.lists(st.sampled_from(["Uno.", "Dos.", "Tres."]), max_size=8), st.integers(0, 8))
def test_no_reference_is_given_twice(words: list[str], known: int) -> None:
    rows: list[Row] = [*ROWS[:3], *((2, Level.TARGET, each) for each in words)]
    earlier = with_refs(outline_of(rows[: 3 + known]).items)
    given_now = refs(with_refs(outline_of(rows).items, published(earlier)))
    assert len(set(given_now)) == len(given_now)
    assert set(refs(earlier)) <= set(given_now)


def test_what_moved_to_another_dimension_is_another_thing() -> None:
    before = with_refs(outline_of().items)
    moved = [replace(item, kind=Dimension.ECONOMIC, ref="") if item.parent is None else item
             for item in outline_of().items]  # fmt: skip
    assert refs(with_refs(moved, published(before))) == ["E", "E.1", "E.1.1", "E.1.1.1", "E.1.1.2"]
