"""What goes badly has more words on paper than what goes well, and stands by who answers."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.template.loader import render_to_string

from plans.choices import Level
from tests.conftest import MakeOnce
from tests.tracking.accountability.printing.pdfs import pages_of
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.content import CauseSaid, Content, Promise, Spent, SupportSaid
from tracking.accountability.difficulties import hard_of
from tracking.accountability.edition import Edition
from tracking.accountability.printing.breadcrumbs import STEP, Crumb, in_order
from tracking.accountability.printing.difficulties import stoppage_item
from tracking.accountability.printing.paper import on_paper
from tracking.accountability.printing.pdf import SHEETS
from tracking.accountability.printing.rows import row_of, rows_of
from tracking.accountability.sustaining import sustaining
from tracking.models import AccountabilityReport

pytestmark = pytest.mark.django_db

LONG = " ".join(f"palabra{n}" for n in range(60))
LATE, VERY_LATE, ON_TIME = "con retraso", "muy retrasado", "al día"


@pytest.fixture(scope="module")
def issued(make_once: MakeOnce, accounted_once: Accounted) -> AccountabilityReport:
    return make_once(accounted_once.issue)


@pytest.fixture
def content(issued: AccountabilityReport) -> Content:
    return content_of(issued)


@pytest.fixture
def told(content: Content) -> Promise:
    return next(each for each in content.promises if each.report)


def said(told: Promise, ref: str = "", units: list[str] | None = None, **changed: Any) -> Promise:
    """TOLD as another promise, with what its report says CHANGED."""
    report = replace(told.report, **changed)  # type: ignore[type-var]
    return replace(
        told, ref=ref or told.ref, units=told.units if units is None else units, report=report
    )


def printed_row(content: Content, promise: Promise) -> str:
    edition = Edition(replace(content, promises=[promise]))
    return unescape(row_of(edition.lines[0]))


@pytest.mark.parametrize(
    ("changed", "is_whole"),
    [
        ({"signal": VERY_LATE}, True),
        ({"signal": ON_TIME, "halted_since": dt.date(2019, 2, 1), "halted_cause": ""}, True),
        ({"signal": LATE}, False),
    ],
)
def test_no_difficulty_of_what_is_far_behind_is_cut(
    content: Content, told: Promise, changed: dict[str, Any], is_whole: bool
) -> None:
    row = printed_row(content, said(told, difficulties=LONG, **changed))
    assert (LONG in row) is is_whole
    assert ("…" in row) is not is_whole


def test_a_halt_has_one_cause_in_its_row_and_what_else_was_difficult_in_its_chapter(
    content: Content, told: Promise
) -> None:
    day = dt.date(2019, 2, 1)
    stopped = said(told, halted_since=day, halted_cause="Litigio.", difficulties="Lluvias.")
    row = printed_row(content, stopped)
    assert "<b> ❚❚\u00a0Paralizada desde el 01/02/2019</b>" in row
    assert "Litigio." in row
    assert "Lluvias." not in row
    edition = Edition(replace(content, promises=[stopped]))
    item = stoppage_item(edition, edition.lines[0])
    assert "Causa: Litigio. Además, en el semestre: Lluvias." in item


def test_the_office_of_most_rows_is_named_once_in_the_head_of_their_table(
    content: Content, told: Promise
) -> None:
    names = [["Obras"]] * 3 + [["Salud"], []]
    promises = [said(told, f"S.{n}", units) for n, units in enumerate(names)]
    edition = Edition(replace(content, promises=promises))
    group = next(each for each in edition.groups if each.lines)
    assert group.usual_office == "Obras"
    rows = unescape(rows_of(group))
    assert [rows.count(each) for each in ("Obras", "Salud", "Sin oficina asignada")] == [0, 1, 1]
    page = render_to_string("accountability/_group.html", {"edition": edition, "group": group})
    assert "Si no dice otra oficina, responde Obras</th>" in page


def test_what_is_told_of_a_dimension_is_not_left_behind_by_its_table(
    content: Content, told: Promise
) -> None:
    """Paper keeps paragraphs with the table that follows them, and nothing but paragraphs."""
    root = replace(said(told, "S"), level=Level.DIMENSION, dimension="social", is_asked=False)
    below = replace(said(told, "S.1"), dimension="social")
    pages = []
    for lines in range(30, 54):
        edition = Edition(replace(content, promises=[root, below]))
        group = next(each for each in edition.groups if each.root)
        drawn = render_to_string("accountability/_group.html", {"edition": edition, "group": group})
        before = "<p>Antes.</p>" * lines
        pdf = on_paper(f'<html lang="es"><title>x</title>{before}{drawn}</html>', SHEETS)
        pages += [page for page in pages_of(pdf) if "Al 30/06/2019" in page]
    assert len(pages) == 24
    assert all("Promesa" in page for page in pages)


def test_no_row_breaks_after_its_first_word(content: Content, told: Promise) -> None:
    """WeasyPrint does so where a line ends between the words and the sign that follows them."""
    words = "Impulsar la agenda de desarrollo integral de la provincia en manejo"
    promises = [
        replace(said(told, f"S.{n}", signal=ON_TIME, schedule=""), statement=f"{words} {'i' * n}")
        for n in range(1, 41)
    ]
    edition = Edition(replace(content, promises=promises))
    group = next(each for each in edition.groups if each.lines)
    table = render_to_string("accountability/_group.html", {"edition": edition, "group": group})
    page = f'<html lang="es"><title>Filas</title>{table}</html>'
    lines = "\n".join(pages_of(on_paper(page, SHEETS))).splitlines()
    begun = [line for line in lines if "“Impulsar" in line]
    assert len(begun) == len(promises)
    assert not [line for line in begun if line.strip().endswith("“Impulsar")]


def test_a_figure_and_its_sign_stand_on_one_line() -> None:
    said = "".join(
        f"<p>{'i' * n} La cobertura de agua es de 50 % en la provincia.</p>" for n in range(200)
    )
    pages = pages_of(on_paper(f'<html lang="es"><title>Cifras</title>{said}</html>', SHEETS))
    lines = [line for page in pages for line in page.splitlines()]
    assert any(line.startswith("50") for line in lines)
    assert not [line for line in lines if line.startswith("%")]


def test_what_is_delivered_has_the_mark_that_page_2_gives_it(
    content: Content, told: Promise
) -> None:
    cell = replace(told.strip[-1], stage="funcionando")
    done = replace(said(told, signal=ON_TIME), strip=[cell])
    assert "<b> ■\u00a0Cumplida</b>" in printed_row(content, done)


def test_what_goes_well_is_short_and_says_who_answers(content: Content, told: Promise) -> None:
    promise = replace(said(told, signal=ON_TIME, narrative=LONG, difficulties=LONG), statement=LONG)
    row = printed_row(content, promise)
    assert "palabra20" not in row
    assert promise.units[0] in row
    assert "<b> ●\u00a0Al\u00a0día</b>" in row
    assert "1\u00a0sustento" in row


def test_a_statement_of_four_letters_is_as_it_is(content: Content, told: Promise) -> None:
    assert "“Agua”" in printed_row(content, replace(told, statement="Agua"))


def test_money_is_told_in_few_words_and_whole_where_it_goes_badly(
    content: Content, told: Promise
) -> None:
    spent = Spent(
        year=2019,
        pia=Decimal(0),
        pim=Decimal(400),
        accrued=Decimal(50),
        as_of=dt.date(2019, 6, 30),
        source="",
    )
    promise = replace(told, spending=[spent])
    well, badly = (
        printed_row(content, said(promise, signal=signal)) for signal in (ON_TIME, VERY_LATE)
    )
    assert "gastado 12.5 % del PIM" in well
    assert "devengado" not in well
    assert "2019, al 30/06/2019: devengado S/\u00a050 de un PIM de S/\u00a0400" in badly


def test_headings_that_follow_one_another_are_one_line(content: Content) -> None:
    edition = Edition(content)
    crumbs = [
        each
        for group in edition.groups
        for each in in_order(group.lines)
        if isinstance(each, Crumb)
    ]
    assert any(STEP in each.words for each in crumbs)
    rows = [line for group in edition.groups for line in group.lines if not line.is_heading]
    assert len(rows) == sum(
        not isinstance(each, Crumb) for group in edition.groups for each in in_order(group.lines)
    )


def test_a_stoppage_tells_its_days_as_of_the_edition(content: Content, told: Promise) -> None:
    day = content.as_of - dt.timedelta(days=149)
    stopped = said(told, halted_since=day, halted_cause="Litigio.", difficulties="")
    edition = Edition(replace(content, promises=[stopped]))
    item = stoppage_item(edition, edition.lines[0])
    assert f"Desde el {day:%d/%m/%Y}, 149 días. Causa: Litigio." in item
    page = render_to_string("accountability/_difficulties.html", {"edition": edition})
    assert f"Paralizadas: 1, con sus días al {content.as_of:%d/%m/%Y}" in page


def test_what_was_said_last_time_stands_beside_what_is_said_now(
    content: Content, told: Promise
) -> None:
    day = dt.date(2018, 12, 20)  # which only the table has
    last = CauseSaid(semester="2018-II", as_of=day, words="Lluvias.", next_steps="Licitar.")
    items = [
        stoppage_item(edition, edition.lines[0])
        for words in ("Huelga.", "Lluvias.")
        for edition in [
            Edition(replace(content, promises=[said(told, difficulties=words, said_before=last)]))
        ]
    ]
    assert "En 2018-II dijo: Lluvias. Seguía: Licitar." in items[0]
    assert "En 2018-II dijo lo mismo. Seguía: Licitar." in items[1]


def test_stoppages_come_first_then_each_office_with_what_is_behind_first(
    content: Content, told: Promise
) -> None:
    promises = [
        said(told, "S.1", ["Obras"], difficulties="Lluvias.", signal=ON_TIME),
        said(told, "S.2", ["Obras"], difficulties="", signal=VERY_LATE),
        said(told, "S.3", ["Salud", "Obras"], difficulties="Huelga."),
        said(told, "S.4", halted_since=dt.date(2019, 3, 1)),
        said(told, "S.5", halted_since=dt.date(2019, 2, 1)),
        said(told, "S.6", difficulties="", next_steps="Licitar.", signal=ON_TIME),
    ]
    whole: dict[str, Any] = {"level": Level.DIMENSION, "is_asked": False}
    dimensions = [
        replace(promises[-1], ref="S", **whole),
        replace(promises[0], ref="E", units=[], **whole),
    ]
    hard = hard_of(Edition(replace(content, promises=[*dimensions, *promises])))
    assert [each.promise.ref for each in hard.halted] == ["S.5", "S.4"]
    assert [(name, len(lines)) for name, lines in hard.by_office] == [
        ("Obras", 2),
        ("Dimensiones enteras", 1),
        ("Salud; Obras", 1),
    ]
    assert hard.planned == 1


def support(code: str, **changed: Any) -> SupportSaid:
    plain = {"media_type": "", "size": 0, "taken_on": dt.date(2019, 6, 1), "has_place": False}
    return SupportSaid(code=code, withheld_on=None, withheld_reason="", **{**plain, **changed})


def sustained(told: Promise, ref: str, *supports: SupportSaid) -> Promise:
    return said(told, ref, supports=list(supports))


def test_supports_are_judged_by_what_was_frozen_of_them(content: Content, told: Promise) -> None:
    old = support("b", taken_on=dt.date(2018, 12, 31), has_place=True)
    promises = [
        sustained(told, "S.1", support("a"), old),
        sustained(told, "S.2", support("a")),
        sustained(told, "S.3"),
    ]
    counted = sustaining(Edition(replace(content, promises=promises)))
    assert (counted.total, counted.promises, counted.bare, counted.reported) == (3, 2, 1, 3)
    assert (counted.shared, counted.older, counted.unplaced) == (1, ["S.1"], 2)


@pytest.mark.parametrize(
    ("media_type", "n", "words"),
    [("", 1, "1 enlace"), ("", 2, "2 enlaces"), ("image/png", 2, "2 imágenes PNG")],
)
def test_supports_of_a_kind_are_counted_in_words(
    content: Content, told: Promise, media_type: str, n: int, words: str
) -> None:
    supports = [support(str(each), media_type=media_type) for each in range(n)]
    counted = sustaining(Edition(replace(content, promises=[sustained(told, "S.1", *supports)])))
    assert counted.kinds == [words]


def test_nothing_is_said_of_places_that_were_not_frozen(content: Content, told: Promise) -> None:
    promise = sustained(told, "S.1", support("a", has_place=None))
    assert sustaining(Edition(replace(content, promises=[promise]))).unplaced is None
