"""The course of a promise: its line, its gaps, its points and what it says."""

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plans.semester import Semester
from plans.term import Term
from tests.tracking.public.charts.geometry import assert_it_stays_inside, kinds, points, rendered
from tracking.public.charts.lines import FLOOR, TOP, Course, line
from tracking.public.charts.points import Point
from tracking.public.charts.shapes import Drawing

TERM = Semester.all_of(Term(2019, 2022))
values = st.none() | st.decimals(-(10**14), 10**14, places=4)
courses = st.builds(
    lambda told, planned, goal, baseline: Course(
        [
            Point(semester, value, plan, is_supported=index % 2 > 0, is_corrected=index % 3 > 0)
            for index, (semester, value, plan) in enumerate(zip(TERM, told, planned, strict=True))
        ],
        "%",
        goal,
        baseline,
    ),
    st.lists(values, min_size=8, max_size=8),
    st.lists(values, min_size=8, max_size=8),
    values,
    values,
)


def told(*given: str | None) -> list[Point]:
    return [
        Point(semester, None if value is None else Decimal(value))
        for semester, value in zip(TERM, given, strict=False)
    ]


def drawn(course: Course) -> Drawing:
    found = line(course)
    assert found
    return found


def shapes(course: Course) -> dict[str, str]:
    return dict(drawn(course).shapes)


def middles(path: str) -> list[tuple[float, float]]:
    """Where the round points of PATH stand."""
    found = [list(points(f"M{each}")) for each in path.split("M")[1:]]
    return [((each[0][0] + each[1][0]) / 2, each[0][1]) for each in found]


@given(courses)
def test_everything_stays_inside_and_takes_few_paths(course: Course) -> None:
    found = line(course)
    if found is None:
        return
    assert_it_stays_inside(found)
    assert len(found.shapes) == len(set(kinds(found.shapes))) <= 8
    assert line(course) == found


@given(courses)
def test_no_gap_is_ever_bridged(course: Course) -> None:
    """As many stretches as there are neighbours with a figure, and none reaches over a semester."""
    neighbours = [
        (one, other)
        for one, other in pairwise(course.points)
        if one.value is not None and other.value is not None
    ]
    trace = dict(found.shapes).get("trace", "") if (found := line(course)) else ""
    stretches = [list(points(f"M{each}")) for each in trace.split("M")[1:]]
    assert len(stretches) == len(neighbours)
    assert all(0 <= end[0] - start[0] < 320 / 8 for start, end in stretches)


def test_a_value_alone_is_a_point_without_a_line() -> None:
    found = shapes(Course(told(None, None, "20"), "%", Decimal(100)))
    assert "trace" not in found
    assert len(middles(found["dot"])) == 1


def test_a_point_stands_as_high_as_its_figure() -> None:
    found = middles(shapes(Course(told("0", "25", "100"), "%"))["dot"])
    heights = [y for _x, y in found]
    assert heights == pytest.approx([FLOOR, FLOOR - (FLOOR - TOP) / 4, TOP], abs=0.11)
    lefts = [x for x, _y in found]
    assert lefts[1] - lefts[0] == pytest.approx(lefts[2] - lefts[1], abs=0.11)


def test_a_regress_and_what_passes_the_goal_are_drawn() -> None:
    course = Course(told("-40", "130"), "%", Decimal(100))
    ((_x, below), (_x2, above)) = middles(shapes(course)["dot"])
    ((_x, goal), _end) = points(shapes(course)["goal"])
    ((_x, ground), _end) = points(shapes(course)["ground"])
    assert above < goal < ground < below


def test_what_has_no_support_is_hollow_and_what_was_corrected_has_no_corner() -> None:
    seen = [
        Point(TERM[0], Decimal(10)),
        Point(TERM[1], Decimal(20), is_supported=False),
        Point(TERM[2], Decimal(30), is_corrected=True),
    ]
    found = shapes(Course(seen))
    assert found["dot"].count("M") == 2
    assert found["dot"].endswith("h4l3 3v4h-7z")
    assert found["dot hollow"].count("M") == 1


def test_nothing_shines_through_a_hollow_point() -> None:
    seen = [Point(TERM[0], Decimal(10)), Point(TERM[1], Decimal(10), is_supported=False)]
    found = shapes(Course(seen))
    (_x, (end, _y)) = points(found["trace"])
    left = min(x for x, _y in points(found["dot hollow"]))
    assert end == pytest.approx(left, abs=0.11)


def test_a_plan_for_one_semester_alone_is_a_dash() -> None:
    seen = [Point(TERM[0]), Point(TERM[1], planned=Decimal(50)), Point(TERM[2])]
    (start, end) = points(shapes(Course(seen))["planned"])
    assert end[0] - start[0] == 16
    whole = [Point(semester, planned=Decimal(50)) for semester in TERM]
    assert len(list(points(shapes(Course(whole))["planned"]))) == 8


def words(drawing: Drawing) -> list[str]:
    return [text.words for text in drawing.texts]


def test_its_figures_carry_the_percent_and_its_semesters_their_names() -> None:
    found = words(drawn(Course(told("50", None), "%", Decimal(100), Decimal(0))))
    assert found[:6] == ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]
    assert found[6:] == ["I", "2019", "II", "meta", "línea de base"]
    assert words(drawn(Course(told("1500"), "soles")))[:4] == ["0", "500", "1,000", "1,500"]


def test_nothing_to_show_is_no_drawing() -> None:
    assert line(Course(told(*[None] * 8))) is None
    assert line(Course([], goal=Decimal(100))) is None
    page = rendered('line_chart points title="Agua"', points=told(None, None))
    assert "Sin cifras." in page
    assert "<svg" not in page


SEEN = [
    Point(TERM[0], Decimal("18.5"), Decimal(20), is_supported=False, is_corrected=True),
    *(Point(semester) for semester in TERM[1:4]),
    Point(TERM[4], Decimal(1500)),
    Point(TERM[5]),
]


def text_of(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def test_it_reads_as_text() -> None:
    tag = 'line_chart points title="Viviendas con agua" unit="viviendas" goal=goal baseline=none'
    page = rendered(tag, points=SEEN, goal=Decimal(2000), none=None)
    assert "<title>Viviendas con agua</title><desc>" in page
    assert (
        "<desc>2019-I: 18.5, sin sustento, corregido; 2019-II a 2020-II: sin cifra; "
        "2021-I: 1,500; 2021-II: sin cifra. Meta: 2,000 viviendas</desc>"
    ) in page
    assert "Viviendas con agua: 1,500 viviendas (2021-I) En viviendas" in text_of(page)


def key_of(page: str) -> list[str]:
    return [text_of(each) for each in re.findall(r"<li>(.*?)</li>", page, re.DOTALL)]


def test_only_what_it_shows_is_explained() -> None:
    page = rendered('line_chart points title="Agua" unit="%"', points=told("5"))
    assert key_of(page) == ["Informado"]
    page = rendered(
        'line_chart points title="Agua" unit="%" goal=goal baseline=goal',
        points=SEEN,
        goal=Decimal(8),
    )
    assert key_of(page) == [
        "Informado",
        "Declarado sin sustento",
        "Corregido",
        "Cronograma declarado",
        "Meta: 8 %",
        "Línea de base: 8 %",
    ]


def rows_of(page: str) -> list[list[str]]:
    rows = re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL)
    return [
        [text_of(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)] for row in rows
    ]


def test_the_table_says_the_same() -> None:
    page = rendered('line_chart points title="Agua" unit="%"', points=SEEN[:2])
    assert rows_of(page) == [
        ["Semestre", "Informado", "Cronograma", "Nota"],
        ["2019-I", "18.5 %", "20 %", "sin sustento, corregido"],
        ["2019-II", "sin cifra", "", ""],
    ]
    page = rendered('line_chart points title="Agua" unit="soles"', points=told("12.5"))
    assert rows_of(page)[1] == ["2019-I", "12.5", ""]


@pytest.mark.parametrize(
    ("unit", "given", "said"),
    [
        ("soles", ["5000000"], "En millones de soles"),
        ("", ["5000000"], "En millones"),
        ("", ["5"], None),
        ("%", ["5"], None),
    ],
)
def test_the_unit_of_its_figures_is_said(unit: str, given: Sequence[str], said: str | None) -> None:
    page = rendered('line_chart points title="Agua" unit=unit', points=told(*given), unit=unit)
    assert re.findall(r'<p class="fine muted">(.*?)</p>', page) == ([said] if said else [])


def test_an_axis_that_does_not_begin_at_zero_says_so() -> None:
    page = rendered('line_chart points title="Anemia" unit="%"', points=told("43.5", "40"))
    assert "El eje no empieza en cero" in page


def test_words_are_escaped_nothing_is_styled_and_what_is_simulated_says_so() -> None:
    tag = "line_chart points title=title unit=unit simulated=True"
    page = rendered(tag, points=told("1"), title="<i>&", unit="<script>")
    assert "<title>&lt;i&gt;&amp;</title>" in page
    assert "En &lt;script&gt;" in page
    assert "<script" not in page
    assert "style" not in page
    assert '<span class="simulated">simulado</span>' in page
