"""The course of a promise as small as a word."""

from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from plans.semester import Semester
from plans.term import Term
from tests.tracking.public.charts.geometry import assert_it_stays_inside, points, rendered
from tracking.public.charts.points import Point
from tracking.public.charts.sparks import ACROSS, spark

TERM = Semester.all_of(Term(2019, 2022))


def told(*given: float | Decimal | None) -> list[Point]:
    return [
        Point(semester, None if value is None else Decimal(value))
        for semester, value in zip(TERM, given, strict=False)
    ]


def shapes(seen: list[Point]) -> dict[str, str]:
    found = spark(seen)
    assert found
    return dict(found.shapes)


@given(st.lists(st.none() | st.decimals(-(10**14), 10**14, places=4), min_size=8, max_size=8))
def test_it_stays_inside_and_bridges_no_gap(given: list[Decimal | None]) -> None:
    found = spark(told(*given))
    if found is None:
        assert given == [None] * 8
        return
    assert_it_stays_inside(found)
    assert spark(told(*given)) == found
    lines = dict(found.shapes).get("trace thin", "").split("M")[1:]
    slot = ACROSS / 8
    for each in lines:
        for (one, _y), (other, _y2) in pairwise(points(f"M{each}")):
            assert 0 < other - one <= slot + 0.11


def test_its_last_point_is_marked_and_one_between_gaps_is_small() -> None:
    found = shapes(told(10, None, 30, 40, None))
    assert found["trace thin"].count("M") == 1
    assert [path[:3] for path in found["dot"].split("a")[1::2]] == ["1.2", "2.4"]


def test_a_last_point_without_support_is_hollow() -> None:
    found = shapes([Point(TERM[0], Decimal(1), is_supported=False)])
    assert set(found) == {"ground", "dot hollow"}


def test_it_has_a_text_for_whoever_does_not_see_it() -> None:
    page = rendered('spark points unit="%"', points=told(20, None))
    assert 'class="spark" viewBox="0 0 64 18"' in page
    assert 'role="img"><title>2019-I: 20 %; 2019-II: sin cifra</title>' in page
    assert "style" not in page


def test_nothing_is_drawn_of_nothing() -> None:
    assert rendered("spark points", points=told(None, None)).strip() == ""
    assert rendered("spark points", points=[]).strip() == ""
