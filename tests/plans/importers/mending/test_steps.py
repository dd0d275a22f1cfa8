"""Mending an outline, step by step: what each does, and what no step can break."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from plans.choices import ActivityKind, Dimension, Level, MeasureKind
from plans.importers.draft import TermsDraft
from plans.importers.mending import steps
from plans.importers.mending.arranging import MendRefused, above, in_tree_order
from plans.importers.mending.dividing import divide
from plans.importers.mending.kept import KeptOutline, packed_kept, unpacked_kept
from plans.importers.mending.quoting import word_starts
from plans.importers.mending.stating import set_terms
from plans.importers.outline import Doubt, DoubtKind, Item
from plans.source_text import SourceText, left_of
from tests.plans.importers.mended import LINES, SPARE, kept_of

DIMENSION, PROBLEM, OBJECTIVE, TARGET, TWO, GUIDELINE = range(1, 7)
KEPT = kept_of()
SOURCE = SourceText(KEPT.outline.source.text)


def one(kept: KeptOutline, key: int) -> Item:
    return next(item for item in kept.items if item.key == key)


def tree(kept: KeptOutline) -> list[tuple[int, int | None]]:
    return [(item.key, item.parent) for item in kept.items]


def test_what_hangs_follows_a_level_where_it_may() -> None:
    kept = steps.relevel(KEPT, OBJECTIVE, Level.ACTIVITY, ActivityKind.PROGRAMME)
    assert (one(kept, OBJECTIVE).level, one(kept, OBJECTIVE).parent) == (Level.ACTIVITY, PROBLEM)
    assert [one(kept, key).parent for key in (TARGET, TWO)] == [OBJECTIVE, OBJECTIVE]


def test_another_level_looks_for_what_may_hold_it() -> None:
    assert one(steps.relevel(KEPT, OBJECTIVE, Level.PROBLEM), OBJECTIVE).parent == DIMENSION
    kept = steps.relevel(KEPT, GUIDELINE, Level.TARGET)
    assert one(kept, GUIDELINE).parent == OBJECTIVE  # the nearest before it in the text


def test_nothing_to_hang_from_is_said() -> None:
    with pytest.raises(MendRefused, match="Antes de ese texto"):
        steps.relevel(KEPT, DIMENSION, Level.PROBLEM)


@pytest.mark.parametrize(
    ("level", "kind"), [("x", ""), (Level.DIMENSION, ""), (Level.ACTIVITY, "x")]
)
def test_an_unknown_level_or_kind_is_refused(level: str, kind: str) -> None:
    with pytest.raises(MendRefused):
        steps.relevel(KEPT, OBJECTIVE, level, kind)


def test_a_text_hangs_where_it_is_told_in_the_order_of_the_source() -> None:
    kept = steps.hang(KEPT, TWO, PROBLEM)
    kept = steps.hang(kept, TARGET, PROBLEM)
    assert tree(kept)[2:5] == [(OBJECTIVE, PROBLEM), (TARGET, PROBLEM), (TWO, PROBLEM)]


@pytest.mark.parametrize(
    ("key", "parent"), [(PROBLEM, OBJECTIVE), (PROBLEM, PROBLEM), (TARGET, GUIDELINE), (TARGET, 99)]
)
def test_no_text_hangs_from_itself_nor_from_what_cannot_hold_it(key: int, parent: int) -> None:
    with pytest.raises(MendRefused):
        steps.hang(KEPT, key, parent)


def test_up_and_down_change_places_with_a_neighbour() -> None:
    kept = steps.shift(KEPT, TWO, -1)
    assert [item.key for item in kept.items] == [1, 2, 3, TWO, TARGET, 6]
    assert steps.shift(kept, TWO, 1) == KEPT
    with pytest.raises(MendRefused, match="extremo"):
        steps.shift(kept, TWO, -1)


def test_a_text_is_cut_before_a_word() -> None:
    at = next(start for start, word in word_starts(one(KEPT, TWO), SOURCE) if word == "equipar")
    kept = steps.split(KEPT, TWO, at, SOURCE)
    assert one(kept, TWO).statement == "Construir 3 postas y"
    new = kept.items[5]
    assert (new.statement, new.parent, new.level) == (
        "equipar 12 botiquines",
        OBJECTIVE,
        Level.TARGET,
    )
    assert steps.join(kept, TWO, SOURCE) == KEPT


@pytest.mark.parametrize("at", [0, 10**6])
def test_a_text_is_cut_nowhere_else(at: int) -> None:
    with pytest.raises(MendRefused, match="Elija la palabra"):
        steps.split(KEPT, TWO, at, SOURCE)
    first, _word = word_starts(one(KEPT, TWO), SOURCE)[0]
    with pytest.raises(MendRefused):
        steps.split(KEPT, TWO, first, SOURCE)


def test_a_figure_goes_with_the_words_that_print_it() -> None:
    terms = TermsDraft(kind=MeasureKind.DELIVERY, goal=Decimal(12), unit_of_measure="botiquines")
    kept = set_terms(KEPT, TWO, terms)
    at = next(start for start, word in word_starts(one(kept, TWO), SOURCE) if word == "equipar")
    kept = steps.split(kept, TWO, at, SOURCE)
    assert (one(kept, TWO).terms, kept.items[5].terms) == (None, terms)


def test_a_figure_that_is_not_printed_is_refused() -> None:
    with pytest.raises(MendRefused, match="no está en el texto"):
        set_terms(KEPT, TARGET, TermsDraft(goal=Decimal(51)))


def test_joining_takes_the_words_that_come_next_and_what_hangs_from_them() -> None:
    kept = steps.join(KEPT, PROBLEM, SOURCE)
    assert one(kept, PROBLEM).statement == f"{LINES[1][-1]} {LINES[2][-1]}"
    assert one(kept, PROBLEM).spans == [[one(KEPT, 2).spans[0][0], one(KEPT, 3).spans[0][1]]]
    assert [one(kept, key).parent for key in (TARGET, TWO)] == [PROBLEM, PROBLEM]
    with pytest.raises(MendRefused, match="no hay otro"):
        steps.join(KEPT, GUIDELINE, SOURCE)


def test_what_is_dropped_stays_with_its_reason_and_comes_back() -> None:
    kept = steps.drop(KEPT, OBJECTIVE, " repetido ")
    assert [(each.item.key, each.reason) for each in kept.dropped] == [(OBJECTIVE, "repetido")]
    assert [one(kept, key).parent for key in (TARGET, TWO)] == [PROBLEM, PROBLEM]
    back = steps.restore(kept, OBJECTIVE)
    assert (back.dropped, one(back, OBJECTIVE).parent) == ((), PROBLEM)


def test_what_hangs_is_dropped_too_where_it_is_asked_for() -> None:
    kept = steps.drop(KEPT, DIMENSION, "no es del plan", with_what_hangs=True)
    assert [item.key for item in kept.items] == [GUIDELINE]
    with pytest.raises(MendRefused, match="cuelga de este texto"):
        steps.drop(KEPT, DIMENSION, "no es del plan")


def test_nothing_is_dropped_without_a_reason() -> None:
    with pytest.raises(MendRefused, match="por qué"):
        steps.drop(KEPT, TWO, " ")


def test_words_that_were_taken_meanwhile_do_not_come_back() -> None:
    kept = steps.drop(KEPT, TWO, "sobra")
    kept = steps.add(kept, "Construir 3 postas", SOURCE, level=Level.TARGET, parent=OBJECTIVE)
    with pytest.raises(MendRefused, match="ya son de otro"):
        steps.restore(kept, TWO)


def test_a_text_is_added_by_its_words() -> None:
    kept = steps.add(KEPT, SPARE, SOURCE, level=Level.GUIDELINE)
    assert (kept.items[-1].statement, kept.items[-1].where.words) == (SPARE, "línea 7")


@pytest.mark.parametrize("words", ["", "Que no está", LINES[3][-1], "la desnutrición"])
def test_words_that_do_not_stand_there_or_are_taken_are_refused(words: str) -> None:
    with pytest.raises(MendRefused):
        steps.add(KEPT, words, SOURCE, level=Level.GUIDELINE)


def test_one_text_is_one_published_element() -> None:
    kept = steps.pair(steps.pair(KEPT, TARGET, "S.1.1.2"), TWO, "S.1.1.2")
    assert [one(kept, key).ref for key in (TARGET, TWO)] == ["", "S.1.1.2"]


def test_a_doubt_is_settled_once() -> None:
    kept = kept_of(doubts={3: DoubtKind.CUT, 4: DoubtKind.CUT})
    (doubt,) = one(kept, TARGET).doubts
    kept = steps.settle(kept, TARGET, doubt)
    assert [item.key for item in kept.items if item.doubts] == [TWO]
    whole = replace(KEPT, outline=replace(KEPT.outline, doubts=(Doubt("x", "y"),)))
    assert steps.settle(whole, None, Doubt("x", "y")) == KEPT


@pytest.mark.parametrize(
    ("kind", "step"),
    [
        (DoubtKind.HEADING, lambda kept: steps.relevel(kept, TARGET, Level.OBJECTIVE)),
        (DoubtKind.UNPAIRED, lambda kept: steps.hang(kept, TARGET, PROBLEM)),
        (DoubtKind.CUT, lambda kept: steps.join(kept, TARGET, SOURCE)),
        (DoubtKind.UNREAD, lambda kept: set_terms(kept, TARGET, None)),
    ],
)
def test_what_mends_a_doubt_settles_it(
    kind: DoubtKind, step: Callable[[KeptOutline], KeptOutline]
) -> None:
    kept = kept_of(doubts={3: kind})
    assert not one(step(kept), TARGET).doubts
    assert one(steps.shift(kept, TARGET, 1), TARGET).doubts


@pytest.mark.parametrize("is_explained", [True, False])
def test_it_is_kept_and_read_again_as_it_was(is_explained: bool) -> None:
    kept = steps.drop(KEPT, TWO, "sobra")
    if is_explained:
        kept = steps.explain(kept, "S.1", "ya no está")
    assert unpacked_kept(packed_kept(kept), KEPT.outline.source.text) == kept


KEYS = st.integers(1, 12)
STEPS: st.SearchStrategy[Callable[[KeptOutline], KeptOutline]] = st.one_of(
    st.builds(lambda k, lv: lambda s: steps.relevel(s, k, *lv), KEYS, st.sampled_from([
        (Level.DIMENSION, Dimension.SOCIAL), (Level.PROBLEM, ""), (Level.OBJECTIVE, ""),
        (Level.ACTIVITY, ActivityKind.PROJECT), (Level.TARGET, ""), (Level.GUIDELINE, ""),
    ])),
    st.builds(lambda k, p: lambda s: steps.hang(s, k, p), KEYS, st.none() | KEYS),
    st.builds(lambda k, by: lambda s: steps.shift(s, k, by), KEYS, st.sampled_from([-1, 1])),
    st.builds(lambda k, n: lambda s: steps.split(s, k, _word(s, k, n), SOURCE), KEYS, KEYS),
    st.builds(lambda k, n: lambda s: divide(s, k, _word(s, k, n), SOURCE), KEYS, KEYS),
    st.builds(lambda k: lambda s: steps.join(s, k, SOURCE), KEYS),
    st.builds(lambda k, f: lambda s: steps.drop(s, k, "x", with_what_hangs=f), KEYS,
              st.booleans()),
    st.builds(lambda k: lambda s: steps.restore(s, k), KEYS),
    st.builds(lambda w, p: lambda s: steps.add(s, w, SOURCE, level=Level.TARGET, parent=p),
              st.sampled_from([SPARE, "las familias", "Gobernar"]), st.none() | KEYS),
)  # fmt: skip


def _word(kept: KeptOutline, key: int, number: int) -> int:
    starts = [word_starts(item, SOURCE) for item in kept.items if item.key == key]
    words = starts[0] if starts else []
    return words[number][0] if number < len(words) else -1


@given(st.lists(STEPS, max_size=12))
@example([lambda s: divide(s, TWO, _word(s, TWO, 4), SOURCE), lambda s: steps.join(s, 7, SOURCE)])
@example([lambda s: divide(s, TWO, _word(s, TWO, 4), SOURCE), lambda s: steps.hang(s, 8, PROBLEM)])
def test_no_step_breaks_the_tree_nor_shares_words(
    taken: list[Callable[[KeptOutline], KeptOutline]],
) -> None:
    kept = KEPT
    for step in taken:
        try:
            kept = step(kept)
        except MendRefused:
            continue
        items = kept.items
        assert items == in_tree_order(items)
        keys = [item.key for item in items] + [each.item.key for each in kept.dropped]
        assert len(keys) == len(set(keys))
        assert {item.parent for item in items} <= {None, *(item.key for item in items)}
        for one, other in combinations(items, 2):
            is_divided = one.level == other.level == Level.TARGET and one in above(items, other.key)
            assert is_divided or left_of(one.spans, other.spans) == one.spans
        for item in items:
            assert item.statement == SOURCE.quoted(item.spans)
