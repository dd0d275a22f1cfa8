"""The bar of one measured promise: its progress, its goal and the elapsed term."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tracking.public.charts.geometry import (
    assert_it_stays_inside,
    boxes,
    kinds,
    points,
    rendered,
)
from tracking.public.charts.own_bar import own_bar

percents = st.none() | st.decimals(-(10**20), 10**20, places=6) | st.decimals(-2, 102, places=6)


def shapes(percent: str | None, elapsed: str | None = None) -> dict[str, str]:
    given = (None if each is None else Decimal(each) for each in (percent, elapsed))
    return dict(own_bar(*given).shapes)


def ends(percent: str) -> tuple[float, float]:
    """From where to where PERCENT is filled, its arrow and its gaps included."""
    found = [
        each for kind, path in shapes(percent).items() if "tone" in kind for each in points(path)
    ]
    return min(x for x, _y in found), max(x for x, _y in found)


@given(percents, st.none() | st.decimals(0, 100, places=2))
def test_it_stays_inside(percent: Decimal | None, elapsed: Decimal | None) -> None:
    drawing = own_bar(percent, elapsed)
    assert_it_stays_inside(drawing)
    assert len(kinds(drawing.shapes)) == len(set(kinds(drawing.shapes)))
    assert own_bar(percent, elapsed) == drawing


@given(st.decimals(0, 100, places=6), st.decimals(0, 100, places=6))
def test_more_is_never_drawn_as_less(one: Decimal, other: Decimal) -> None:
    less, more = sorted((one, other))
    if less:
        assert ends(str(less))[1] <= ends(str(more))[1]


def test_nothing_known_and_nothing_reached_are_an_empty_bar() -> None:
    assert set(shapes(None)) == set(shapes("0")) == {"outline", "goal"}


def test_the_fill_is_as_long_as_the_progress() -> None:
    assert ends("50") == (1, 160)
    assert ends("100") == (1, 319)


@pytest.mark.parametrize(("percent", "end"), [("0.000001", 2.5), ("99.999999", 317.5)])
def test_what_is_something_shows_and_what_is_not_all_is_not_full(percent: str, end: float) -> None:
    assert ends(percent)[1] == end


def test_what_passes_the_goal_goes_beyond_its_mark() -> None:
    ((mark, _y), _end) = points(shapes("130")["goal"])
    inside, beyond = boxes(shapes("130")["tone-2"])
    assert inside[0] + inside[2] == pytest.approx(mark, abs=0.11)
    assert beyond[0] - mark == pytest.approx(2, abs=0.11)
    assert mark == pytest.approx(1 + 318 / 1.3, abs=0.11)
    assert ends("130")[1] == 319


def test_a_regress_lies_before_the_beginning_in_another_tone() -> None:
    found = shapes("-40")
    ((outline, *_rest),) = boxes(found["outline"])
    assert "tone-2" not in found
    assert ends("-40")[1] < outline
    assert [text.words for text in own_bar(Decimal(-40)).texts] == ["meta", "inicio"]


@pytest.mark.parametrize(("percent", "more"), [("200", "1e20"), ("-100", "-1e20")])
def test_past_the_double_an_arrow_says_that_there_is_more(percent: str, more: str) -> None:
    tone = "tone-2" if percent == "200" else "tone-4"
    assert shapes(more)[tone].count("l") == 1
    assert "l" not in shapes(percent)[tone]
    assert ends(more) == ends(percent)


def test_the_elapsed_term_is_a_mark_below_and_nothing_else() -> None:
    found = shapes("20", "75")
    ((x, y), *_rest) = points(found.pop("chosen"))
    assert (x, y) == pytest.approx((1 + 318 * 0.75, 34), abs=0.11)
    assert found == shapes("20")


def test_it_reads_as_text() -> None:
    page = rendered(
        "own_bar percent elapsed=elapsed", percent=Decimal("33.333333"), elapsed=Decimal(75)
    )
    assert (
        'role="img"><title>Avance: 33.3 %. Al informarlo había pasado el 75 % del periodo</title>'
        in page
    )
    assert "<figcaption>Avance: <b>33.3 %</b></figcaption>" in page
    assert page.count("Al informarlo había pasado el 75 % del periodo") == 2
    page = rendered("own_bar percent", percent=None)
    assert "<title>Avance: sin cifra</title>" in page
    assert "periodo" not in page


def test_a_regress_is_called_so() -> None:
    assert "<b>-40 %</b> <span" in rendered("own_bar percent", percent=Decimal(-40))
    assert "(retroceso)" in rendered("own_bar percent", percent=Decimal(-40))
    assert "retroceso" not in rendered("own_bar percent", percent=Decimal(0))


def test_words_are_escaped_nothing_is_styled_and_what_is_simulated_says_so() -> None:
    page = rendered("own_bar percent title=title simulated=True", percent=None, title="<i>&")
    assert "<title>&lt;i&gt;&amp;: sin cifra</title>" in page
    assert "<i>" not in page
    assert "style" not in page
    assert '<span class="simulated">simulado</span>' in page
