"""The columns of a group: its counts semester by semester."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.semester import Semester
from plans.term import Term
from tests.tracking.public.charts.geometry import assert_it_stays_inside, boxes, kinds, rendered
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import ACROSS, FOOT, LEAST, TALLEST, Column, columns
from tracking.public.charts.fills import ORDER

TERM = Semester.all_of(Term(2019, 2022))
counts = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 10**12))


def column(index: int, counted: dict[str, int], address: str = "") -> Column:
    found = [Segment(key, key.capitalize(), count) for key, count in counted.items()]
    return Column(TERM[index], found, address)


def told(given: list[dict[str, int]]) -> list[Column]:
    return [column(index, counted) for index, counted in enumerate(given)]


TWO = told([{"funcionando": 2, "sin-informe": 6}, {}])


@given(st.lists(counts, min_size=1, max_size=8))
def test_they_stay_inside_and_take_few_paths(given: list[dict[str, int]]) -> None:
    drawing = columns(told(given))
    assert_it_stays_inside(drawing)
    assert len(kinds(drawing.shapes)) == len(set(kinds(drawing.shapes)))
    assert columns(told(given)) == drawing


def test_a_column_is_as_high_as_what_was_asked_for() -> None:
    shapes = dict(columns(told([{"funcionando": 8}, {"funcionando": 16}, {"aun-no": 4}])).shapes)
    full, half = boxes(shapes["tone-1"])[1], boxes(shapes["tone-1"])[0]
    assert (full[3], half[3]) == (TALLEST, TALLEST / 2)
    assert full[1] + full[3] == half[1] + half[3] == FOOT
    ((_x, _y, _width, height),) = boxes(shapes["outline dotted"])
    assert height == pytest.approx(TALLEST / 4 - 1, abs=0.11)


@given(st.dictionaries(st.sampled_from(["en-parte", "funcionando"]), st.integers(1, 10**12)))
def test_every_state_keeps_a_place_that_can_be_seen(given: dict[str, int]) -> None:
    shapes = dict(columns(told([given, {"funcionando": 10**12}])).shapes)
    found = [box for kind in ("tone-1", "tone-2") for box in boxes(shapes.get(kind, ""))]
    assert len(found) == len(given) + 1
    assert min(height for _x, _y, _width, height in found) >= LEAST - 0.1


def test_best_stands_at_the_foot_and_silence_on_top() -> None:
    every = {key: 10 for key in ("sin-informe", "en-parte", "funcionando", "en-ejecucion")}
    shapes = dict(columns(told([every])).shapes)
    fills = [boxes(shapes[kind])[0] for kind in ("tone-1", "tone-2", "tone-3")]
    silent = boxes(shapes["outline"])[-1]
    tops = [y for _x, y, _width, _height in (*fills, silent)]
    assert all(lower > upper for lower, upper in pairwise(tops))


def test_a_semester_of_which_nothing_is_known_is_an_empty_dotted_place() -> None:
    assert kinds(columns(told([{}, {"funcionando": 0}])).shapes) == ["outline dotted"]
    page = rendered('columns semesters title="Metas"', semesters=TWO)
    assert "<desc>2019-I, de 8: 2 funcionando, 6 sin-informe; 2019-II: sin datos</desc>" in page


def test_it_carries_its_totals_and_its_semesters() -> None:
    words = [text.words for text in columns(told([{"funcionando": 1998}, {}, {}, {}])).texts]
    assert words == ["1,998", "I", "2019", "II", "I", "2020", "II"]


def test_the_chosen_semester_is_marked() -> None:
    chosen = [*told([{"funcionando": 1}]), Column(TERM[1], is_current=True)]
    ((x, y, width, _height),) = boxes(dict(columns(chosen).shapes)["chosen"])
    ((place, *_rest),) = boxes(dict(columns(chosen).shapes)["outline dotted"])
    assert (x, width) == (place - 0.5, ACROSS)
    assert y > FOOT


def table(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[re.sub(r"<[^>]+>", "", cell).strip() for cell in row] for row in cells]


def test_the_table_says_the_same() -> None:
    page = rendered('columns semesters title="Metas"', semesters=TWO)
    assert table(page) == [
        ["", "2019"],
        ["I", "II"],
        ["Funcionando", "2", "–"],
        ["Sin-informe", "6", "–"],
        ["Total", "8", "–sin datos"],
    ]
    assert "<details" not in page


def test_beside_a_bar_the_table_may_be_folded() -> None:
    page = rendered('columns semesters title="Metas" keyed=False', semesters=TWO)
    folded = (
        r'<details class="fine"><summary>Ver como tabla</summary>\s*<div class="scrolls"><table'
    )
    assert re.search(folded, page)


def test_a_semester_is_a_link_where_it_has_an_address() -> None:
    found = [
        column(0, {"en-parte": 1}, "?semestre=2019-I&q=1"),
        Column(TERM[1], (), "?semestre=2019-II", is_current=True),
        column(2, {}),
    ]
    page = rendered('columns semesters title="Metas"', semesters=found)
    assert re.findall(r"<a .*?</a>", page) == [
        '<a href="?semestre=2019-I&amp;q=1">2019-I</a>',
        '<a href="?semestre=2019-II" aria-current="true">2019-II</a>',
    ]
    assert "<ul" not in rendered('columns semesters title="Metas"', semesters=TWO)


def test_no_semester_at_all_is_said() -> None:
    page = rendered('columns semesters title="Metas"', semesters=[])
    assert "Sin datos." in page
    assert "<svg" not in page


def test_words_are_escaped_nothing_is_styled_and_what_is_simulated_says_so() -> None:
    nasty = [Column(TERM[0], [Segment("aun-no", "<script>", 1, '"')])]
    page = rendered("columns semesters title=title simulated=True", semesters=nasty, title="<i>")
    assert "<title>&lt;i&gt;</title>" in page
    assert "<script" not in page
    assert "style" not in page
    assert '<span class="simulated">simulado</span>' in page
