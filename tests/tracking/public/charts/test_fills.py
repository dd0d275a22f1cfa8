"""How the states of a bar are told apart."""

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracking.public.charts.geometry import assert_it_stays_inside, boxes, kinds, rendered
from tracking.choices import Stage
from tracking.public.charts.fills import EXPLAINED, ORDER, STEPS, filled
from tracking.public.charts.shapes import Box, Drawing, joined

BOX = Box(0, 0, 20, 20)
lengths = st.floats(3, 400)


def test_best_stands_first_and_silence_last() -> None:
    assert ORDER[:2] == ("funcionando", "alcanzada")
    assert ORDER[-3:] == ("sin-informe", "por-informar", "aun-no")
    assert len(ORDER) == len(Stage) + 3


def test_no_two_states_are_drawn_alike_even_without_their_tone() -> None:
    drawn = [
        [(kind.partition("-")[0], path) for kind, path in joined(filled(key, BOX))] for key in ORDER
    ]
    assert all(one != other for one, other in itertools.combinations(drawn, 2))


@pytest.mark.parametrize("sideways", [False, True])
def test_a_further_step_fills_more_from_the_floor_or_from_the_left(sideways: bool) -> None:
    far = []
    for key, (_share, tone) in STEPS.items():
        path = dict(joined(filled(key, BOX, sideways=sideways)))[tone]
        ((x, y, width, height),) = boxes(path)
        start, across = (x, height) if sideways else (20 - y - height, width)
        assert (start, across) == pytest.approx((0, 20))
        far.append(width if sideways else height)
    assert far == pytest.approx([20, 15, 10, 5, 2.8])


def test_a_state_that_nobody_knows_is_refused() -> None:
    with pytest.raises(KeyError):
        list(filled("cumplido", BOX))


def test_every_state_is_explained_in_order() -> None:
    page = rendered("bars_legend")
    explained = re.findall(r"</svg>\s*([^<]+?)\s*</li>", page)
    assert tuple(EXPLAINED) == ORDER
    assert explained == [str(words) for words in EXPLAINED.values()]


@given(st.sampled_from(ORDER), lengths, lengths, st.booleans())
def test_a_fill_stays_in_its_box(key: str, width: float, height: float, sideways: bool) -> None:
    shapes = joined(filled(key, Box(0, 0, width, height), sideways=sideways))
    assert kinds(shapes)
    assert_it_stays_inside(Drawing(width, height, shapes))
