"""A statement that stands under two parents, in a draft: said by hand, or found there twice."""

from dataclasses import replace

import pytest

from plans.choices import Level
from plans.importers.differences import Differences, differences
from plans.importers.mending.also_under import (
    fault_of,
    further_parents,
    may_hold_too,
    merge,
    stand_no_more,
    stand_under,
    twin_of,
)
from plans.importers.mending.arranging import MendRefused
from plans.importers.mending.flags import looked_over
from plans.importers.mending.kept import KeptOutline, begun, packed_kept, unpacked_kept
from plans.importers.mending.steps import hang, join, restore
from plans.importers.outline import DoubtKind, Item
from plans.importers.refs import Published, with_refs
from plans.source_text import SourceText
from plans.term import Term
from tests.plans.importers.outlines import outline_of

ROWS = (
    (None, Level.DIMENSION, "Dimensión social"),
    (0, Level.PROBLEM, "Faltan aulas."),
    (1, Level.OBJECTIVE, "Construir aulas con agua."),
    (2, Level.TARGET, "Construir 12 aulas."),
    (0, Level.PROBLEM, "Falta agua."),
    (4, Level.OBJECTIVE, "construir aulas con agua."),
    (5, Level.TARGET, "Construir 12 aulas."),
    (5, Level.ACTIVITY, "Cavar pozos."),
)
"""The rows of the form, in which one objective is given under two problems."""
EARLY = ROWS[:5]


@pytest.fixture
def kept() -> KeptOutline:
    outline = outline_of(ROWS)
    return begun(replace(outline, items=looked_over(outline.items, Term(2027, 2030))))


@pytest.fixture
def apart() -> KeptOutline:
    return begun(outline_of(EARLY))


DIMENSION, PROBLEM, OBJECTIVE, TARGET, OTHER, COPY, SAME, WELLS = range(8)


def one(kept: KeptOutline, key: int) -> Item:
    return next(item for item in kept.items if item.key == key)


def places(kept: KeptOutline, key: int) -> list[int]:
    return [each.key for each in further_parents(kept.items, one(kept, key))]


def published(items: tuple[Item, ...], **further: tuple[str, ...]) -> list[Published]:
    refs = {item.key: item.ref for item in items}
    return [
        Published(
            item.ref,
            "" if item.parent is None else refs[item.parent],
            item.level,
            "social",
            item.statement,
            also_under=further.get(item.ref.replace(".", ""), ()),
        )
        for item in items
    ]


def test_the_same_objective_under_two_problems_is_asked_and_not_taken_for_one(
    kept: KeptOutline,
) -> None:
    [doubt] = one(kept, COPY).doubts
    assert doubt.kind == DoubtKind.REPEATED
    assert doubt.reason == "Ya está en línea 3, bajo otro texto: ¿es uno solo, que está en los dos?"
    assert one(kept, COPY).also_under is None


def test_what_hangs_from_both_is_not_asked_a_second_time(kept: KeptOutline) -> None:
    assert one(kept, SAME).statement == one(kept, TARGET).statement
    assert one(kept, SAME).doubts == ()


def test_one_of_two_hangs_from_the_first_and_holds_what_hung_from_either(kept: KeptOutline) -> None:
    merged = merge(kept, COPY, one(kept, OBJECTIVE))
    assert places(merged, OBJECTIVE) == [OTHER]
    assert [(item.key, item.parent) for item in merged.items] == [
        *((DIMENSION, None), (PROBLEM, 0), (OBJECTIVE, 1), (TARGET, 2), (WELLS, 2), (OTHER, 0))
    ]
    assert [each.item.key for each in merged.dropped] == [COPY, SAME]
    assert {each.reason for each in merged.dropped} == {"Es el mismo texto que ya está en línea 3."}
    assert unpacked_kept(packed_kept(merged), merged.outline.source.text) == merged


def test_what_was_made_one_can_come_back(kept: KeptOutline) -> None:
    back = restore(merge(kept, COPY, one(kept, OBJECTIVE)), COPY)
    assert one(back, COPY).parent == OTHER


def test_only_what_is_below_something_else_is_a_twin(kept: KeptOutline) -> None:
    assert [twin_of(kept.items, item) for item in kept.items[:COPY]] == [None] * COPY
    beside = kept.with_items(
        tuple(replace(item, parent=PROBLEM) if item.key == COPY else item for item in kept.items)
    )
    assert twin_of(beside.items, one(beside, COPY)) is None
    with pytest.raises(MendRefused):
        merge(beside, COPY, one(beside, OBJECTIVE))


def test_a_place_is_said_and_taken_back(apart: KeptOutline) -> None:
    said = stand_under(apart, one(apart, OBJECTIVE), OTHER)
    assert places(said, OBJECTIVE) == [OTHER]
    assert one(said, OBJECTIVE).parent == PROBLEM
    assert places(stand_no_more(said, one(said, OBJECTIVE), OTHER), OBJECTIVE) == []


@pytest.mark.parametrize(
    ("key", "parent", "why"),
    [
        (OBJECTIVE, OBJECTIVE, "mismo"),
        (OBJECTIVE, PROBLEM, "ya cuelga"),
        (OBJECTIVE, DIMENSION, "ya cuelga"),
        (OBJECTIVE, TARGET, "no puede colgar"),
        (OTHER, PROBLEM, "no puede colgar"),
    ],
)
def test_what_cannot_be_a_second_place_is_refused(
    apart: KeptOutline, key: int, parent: int, why: str
) -> None:
    assert parent not in {each.key for each in may_hold_too(apart.items, one(apart, key))}
    with pytest.raises(MendRefused, match=why):
        stand_under(apart, one(apart, key), parent)


def test_nothing_stands_in_what_hangs_from_it() -> None:
    rows = (*EARLY[:3], (2, Level.OBJECTIVE, "Cavar pozos."))
    items = outline_of(rows).items
    assert fault_of(items, items[2], items[3]) == "eso cuelga de este texto."


def test_what_is_offered_is_what_may_hold_it_and_does_not(apart: KeptOutline) -> None:
    assert [each.key for each in may_hold_too(apart.items, one(apart, OBJECTIVE))] == [OTHER]
    said = stand_under(apart, one(apart, OBJECTIVE), OTHER)
    assert may_hold_too(said.items, one(said, OBJECTIVE)) == []


def test_what_hangs_from_its_second_place_now_stands_there_once(apart: KeptOutline) -> None:
    said = stand_under(apart, one(apart, OBJECTIVE), OTHER)
    assert places(hang(said, OBJECTIVE, OTHER), OBJECTIVE) == []


def test_a_place_that_is_joined_with_another_is_that_one() -> None:
    rows = (*EARLY, (0, Level.PROBLEM, "Y la que hay no es limpia."))
    apart = begun(outline_of(rows))
    last = len(rows) - 1
    said = stand_under(apart, one(apart, OBJECTIVE), last)
    joined = join(said, OTHER, SourceText(said.outline.source.text))
    assert places(joined, OBJECTIVE) == [OTHER]


def test_the_next_reading_keeps_what_nobody_took_back(apart: KeptOutline) -> None:
    before = with_refs(apart.items)
    known = published(before, S11=("S.2", "S.9"))
    after = with_refs(apart.items, known)
    assert after[OBJECTIVE].also_under == (OTHER,)
    assert differences(after, known) == Differences(same=len(after))
    none = stand_no_more(apart, after[OBJECTIVE], OTHER)
    told = differences(with_refs(none.items, known), known)
    assert [(each.item.key, each.left, each.added) for each in told.shared] == [
        (OBJECTIVE, ["Falta agua."], [])
    ]
    assert told.same == len(apart.items) - 1


def test_the_next_reading_keeps_no_place_where_a_copy_stands_now(
    apart: KeptOutline, kept: KeptOutline
) -> None:
    known = published(with_refs(apart.items), S11=("S.2",))
    assert not with_refs(kept.items, known)[OBJECTIVE].also_under
