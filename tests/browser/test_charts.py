"""Every chart with its extremes, on a page with the portal's own frame and style sheet."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.template import Context, Template
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from plans.semester import Semester
from plans.term import Term
from tests.browser.checks import assert_it_fits, assert_it_is_accessible
from tracking.choices import Stage
from tracking.public.charts.bars import Segment
from tracking.public.charts.columns import Column
from tracking.public.charts.fills import AHEAD, DUE, ORDER, SILENT
from tracking.public.charts.points import Point

ADDRESS = "http://graficos.test/"
STATES = {
    **dict(Stage.choices),
    SILENT: "Sin informe",
    DUE: "Por informar",
    AHEAD: "Aún no corresponde",
}


def segments(**counts: int) -> list[Segment]:
    """Counts by state, each a link, "sin_informe" the chosen one."""
    return [
        Segment(key, str(STATES[key]), count, f"?estado={key}", is_current=key == SILENT)
        for key, count in ((name.replace("_", "-"), count) for name, count in counts.items())
    ]


LONG = "Entregado en parte según lo que la municipalidad informó en la audiencia pública"
BARS = [
    (
        "De 16 metas",
        segments(funcionando=2, en_parte=1, en_ejecucion=5, en_preparacion=4, sin_informe=4),
    ),
    ("De 0 metas", []),
    ("De 1 meta", segments(en_palabras=1)),
    (
        "De 200 metas",
        segments(
            funcionando=1, alcanzada=1, en_parte=195, sin_actividad=1, sin_informe=1, aun_no=1
        ),
    ),
    ("De 1,000,000,000,000 de metas", segments(funcionando=10**12 - 1, sin_informe=1)),
    (
        "De 2 metas con palabras largas",
        [Segment(Stage.PARTLY, LONG, 2), Segment(DUE, LONG, 0, "", is_current=True)],
    ),
]
TERM = Semester.all_of(Term(2019, 2022))
ASKED = [(0, 0, 3, 10), (0, 3, 3, 10), (1, 4, 3, 8), None, (2, 5, 5, 5), (4, 7, 3, 4), (6, 8, 2, 1)]


def term(counted: Sequence[Sequence[int] | None]) -> list[Column]:
    """A column for each semester of the term; COUNTED for the first of them."""
    states = ("funcionando", "en_ejecucion", "en_preparacion", "sin_informe")
    given = [segments(**dict(zip(states, each or (), strict=False))) for each in counted]
    padded = [*given, *[[]] * (len(TERM) - len(given))]
    return [
        Column(semester, found, f"?semestre={semester}", is_current=semester == TERM[5])
        for semester, found in zip(TERM, padded, strict=True)
    ]


EVERY = segments(**{key: index + 1 for index, key in enumerate(ORDER)})
COLUMNS = [
    ("Metas por semestre", term(ASKED)),
    ("Ocho semestres sin nada", term([])),
    ("Ningún semestre", []),
    ("De una a muchas", term([(1,), (1, 198, 0, 1), (0, 0, 0, 10**12)])),
    ("Todos los estados", [Column(each, EVERY) for each in TERM]),
]


def course(*values: float | None, title: str, unit: str = "%", **seen: Any) -> dict[str, Any]:
    """A line of the term: VALUES, what was PLANNED, where it is hollow and where corrected."""
    planned, hollow, corrected = (seen.pop(key, ()) for key in ("planned", "hollow", "corrected"))
    points = [
        Point(
            semester,
            None if value is None else Decimal(str(value)),
            None if plan is None else Decimal(plan),
            is_supported=index not in hollow,
            is_corrected=index in corrected,
        )
        for index, (semester, value, plan) in enumerate(
            zip_longest(TERM, values, planned, fillvalue=None)
        )
        if semester
    ]
    levels = {key: Decimal(str(seen[key])) if key in seen else None for key in ("goal", "baseline")}
    return {"title": title, "points": points, "unit": unit, **levels}


LINES = [
    course(
        *(10, 18.5, None, None, 40, 46.2, 62.5),
        title="Familias con agua segura",
        planned=(10, 20, 35, 45, 55, 70, 85, 100),
        hollow={1, 5},
        corrected={4, 5},
        goal=100,
    ),
    course(43.5, 42, None, 41.2, 40.4, title="Anemia infantil", goal=40, baseline=43.5),
    course(*[None] * 8, title="Ocho semestres sin cifra"),
    course(*[None] * 8, title="Solo la meta", unit="viviendas", goal=1500, planned=(None, 300)),
    course(None, None, 20, title="Una sola cifra", hollow={2}, goal=100),
    course(*(-40, -10, 0, 15, 60, 120, 180, 130), title="Retroceso y más de la meta", goal=100),
    course(5e9, None, 2e11, 1e12, title="Presupuesto", unit="soles", goal=8e11, baseline=0),
    course(*[0] * 8, title="Todo en cero", goal=100),
    course(1001000, 1002500, None, 1009000, title="Lejos de cero", unit="personas", goal=1010000),
    course(
        1, None, 2, None, 3, None, 4, title=LONG, unit="sesiones de concejo abiertas al público"
    ),
]


def gallery() -> str:
    """The page, rendered as any other is."""
    template = Template((Path(__file__).parent / "charts.html").read_text())
    context: dict[str, Any] = {
        "request": RequestFactory().get("/"),
        "bars": BARS,
        "columns": COLUMNS,
        "lines": LINES,
        "every": EVERY,
        "term": term(ASKED),
    }
    return template.render(Context(context))


def served(route: Route) -> None:
    """The gallery, and the static files as they lie in the project."""
    path = route.request.url.removeprefix(ADDRESS)
    if path.startswith("static/"):
        route.fulfill(path=settings.BASE_DIR / path)
    else:
        route.fulfill(body=gallery(), content_type="text/html; charset=utf-8")


@pytest.fixture
def page(browser: Browser, width: int) -> Iterator[Page]:
    with browser.new_context(viewport={"width": width, "height": 780}) as context:
        opened = context.new_page()
        opened.route("**/*", served)
        opened.goto(ADDRESS)
        yield opened


def test_they_fit_and_axe_finds_no_violation_in_light_or_dark(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    assert_it_fits(page)
    assert_it_is_accessible(page)


def test_a_count_and_a_semester_can_be_tapped(page: Page) -> None:
    heights = page.locator(".key a").evaluate_all(
        "links => links.map(link => link.getBoundingClientRect().height)"
    )
    assert len(heights) > 20
    assert min(heights) >= 24


def test_text_in_a_drawing_can_be_read_on_a_telephone(page: Page) -> None:
    heights = page.locator(".chart svg text").evaluate_all(
        "texts => texts.map(text => text.getScreenCTM().d * 11)"
    )
    assert min(heights) >= 10


def test_on_paper_the_ink_is_grey_and_every_table_is_open(page: Page) -> None:
    page.emulate_media(media="print")
    expect(page.locator("path.tone-3").first).to_have_css("fill", "rgb(81, 81, 81)")
    tables = page.locator(".figures")
    for index in range(tables.count()):
        expect(tables.nth(index)).to_be_visible()
