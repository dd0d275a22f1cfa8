"""The bar of a group: how it is divided, and what it says."""

import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracking.public.charts.geometry import assert_it_stays_inside, boxes, kinds, rendered
from tracking.public.charts.bars import GAP, LEAST, Segment, bar, shares
from tracking.public.charts.fills import ORDER
from tracking.public.charts.shapes import WIDTH

MOST = 10**12
counts = st.lists(st.integers(1, MOST), min_size=1, max_size=len(ORDER))


def segments(**given: int) -> list[Segment]:
    return [
        Segment(key, key.replace("-", " ").capitalize(), count)
        for key, count in ((name.replace("_", "-"), count) for name, count in given.items())
    ]


FIVE = segments(sin_informe=4, funcionando=2, en_parte=1, alcanzada=0, en_ejecucion=5)


@given(counts)
def test_the_parts_make_the_whole_and_none_is_too_small_to_see(given: list[int]) -> None:
    found = shares(given, WIDTH, LEAST)
    assert sum(found) == pytest.approx(WIDTH)
    assert min(found) >= LEAST


@given(counts)
def test_what_is_more_is_never_drawn_as_less(given: list[int]) -> None:
    found = sorted(zip(given, shares(given, WIDTH, LEAST), strict=True))
    assert [share for _count, share in found] == pytest.approx(sorted(share for _c, share in found))


def test_a_count_of_one_among_hundreds_takes_its_place_from_the_large_one() -> None:
    assert shares([1, 198, 1], 100, 5) == [5, 90, 5]
    assert shares([50, 50], 100, 5) == [50, 50]


def test_parts_for_which_there_is_no_room_are_all_the_same() -> None:
    assert shares([1, 2, 3, 4], 20, 8) == [5, 5, 5, 5]


def test_the_parts_stand_in_order_with_paper_between_them() -> None:
    shapes = dict(bar(segments(en_ejecucion=1, en_parte=1, funcionando=2)).shapes)
    lefts = [boxes(shapes[tone])[0] for tone in ("tone-1", "tone-2", "tone-3")]
    ends = [x + width for x, _y, width, _height in lefts]
    assert lefts[0][0] == 0
    assert ends[-1] == WIDTH
    assert [lefts[1][0] - ends[0], lefts[2][0] - ends[1]] == pytest.approx([GAP, GAP], abs=0.11)


@given(st.dictionaries(st.sampled_from(ORDER), st.integers(0, MOST)), st.randoms())
def test_it_stays_in_its_place_and_the_order_it_came_in_changes_nothing(
    given: dict[str, int], chance: random.Random
) -> None:
    found = [Segment(key, key, count) for key, count in given.items()]
    drawing = bar(found)
    assert_it_stays_inside(drawing)
    chance.shuffle(found)
    assert bar(found) == drawing


def test_a_state_takes_one_path_for_each_class() -> None:
    found = kinds(bar(segments(**{key: 1 for key in ORDER})).shapes)
    assert len(found) == len(set(found)) == 8


def test_nothing_is_an_empty_outlined_bar() -> None:
    assert kinds(bar([]).shapes) == kinds(bar(segments(funcionando=0)).shapes) == ["outline"]
    assert "<title>De 0 metas: nada que contar</title>" in rendered(
        'stacked_bar segments title="De 0 metas"', segments=[]
    )


def test_each_count_stands_below_its_part() -> None:
    texts = [text.words for text in bar(segments(funcionando=1, en_parte=1998, aun_no=1)).texts]
    assert texts == ["1", "1,998", "1"]
    assert [text.words for text in bar(segments(funcionando=MOST, aun_no=MOST)).texts] == [
        "1,000,000,000,000",
        "1,000,000,000,000",
    ]
    crowded = segments(**{key: 10_000 for key in ORDER})
    assert bar(crowded).texts == []


def test_it_reads_as_text() -> None:
    page = rendered('stacked_bar segments title="De 12 metas"', segments=FIVE)
    assert (
        'role="img"><title>De 12 metas: 2 funcionando, 1 en parte, 5 en ejecucion, 4 sin informe'
        "</title>"
    ) in page


def told(page: str) -> list[str]:
    """The list of counts, as text."""
    rows = re.findall(r"<li>(.*?)</li>", page, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in rows]


def test_the_list_beside_it_says_the_same() -> None:
    page = rendered('stacked_bar segments title="De 12 metas"', segments=FIVE)
    assert told(page) == ["2 Funcionando", "1 En parte", "5 En ejecucion", "4 Sin informe"]


def test_a_count_is_a_link_where_it_has_an_address() -> None:
    found = [
        Segment("funcionando", "Funcionando", 1234, "?estado=funcionando&orden=nombre"),
        Segment("aun-no", "Aún no corresponde", 0, "?", is_current=True),
    ]
    page = rendered('stacked_bar segments title="De 1,234 metas"', segments=found)
    assert '<a href="?estado=funcionando&amp;orden=nombre"><svg class="swatch"' in page
    assert '<a href="?" aria-current="true">' in page
    assert told(page) == ["1,234 Funcionando", "0 Aún no corresponde"]


def test_the_chosen_part_is_marked_in_the_bar() -> None:
    found = [Segment("en-parte", "En parte", 1), Segment("aun-no", "", 1, "?", is_current=True)]
    drawn = dict(bar(found).shapes)
    ((x, _y, width, _height),) = boxes(drawn["chosen"])
    ((outline_x, _y, outline_width, _height),) = boxes(drawn["outline dotted"])
    assert (x, width) == (outline_x - 0.5, outline_width + 1)


def test_in_a_list_it_may_stand_without_its_words() -> None:
    page = rendered('stacked_bar segments title="De 12 metas" keyed=False', segments=FIVE)
    assert "<ul" not in page
    assert "2 funcionando" in page


def test_what_is_simulated_says_so() -> None:
    page = rendered('stacked_bar segments title="De 12 metas" simulated=True', segments=FIVE)
    assert '<span class="simulated">simulado</span>' in page


def test_words_are_escaped_and_nothing_is_styled_in_place() -> None:
    nasty = Segment("en-parte", '<b title="x">& más</b>', 3, '"><script>')
    page = rendered("stacked_bar segments title=title", segments=[nasty], title="<De 3>")
    assert "<figcaption>&lt;De 3&gt;</figcaption>" in page
    assert "<title>&lt;De 3&gt;: 3 &lt;b title=" in page
    assert "<script" not in page
    assert "<b title" not in page
    assert "style" not in page
