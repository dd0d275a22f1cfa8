"""An edition in short, and its chapters, each with an address of its own."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.template.loader import render_to_string
from django.test import Client

from plans.choices import Level, MeasureKind
from tests.pages import shown
from tests.tracking.issued import Accounted, content_of
from tracking.accountability.chapters import SLUGS, Chapters
from tracking.accountability.edition import Edition
from tracking.choices import Stage, Verdict
from tracking.models import AccountabilityReport
from tracking.reading.editions import CHAPTERS

pytestmark = pytest.mark.django_db

PAGE = "/m/puno/2019-2022/rendicion/2019-I/"
ANCHORS = {
    *("resumen", "indice", "cambios", "institucional", "social", "dificultades", "oficinas"),
    *("presupuesto", "sin-informe", "sustentos", "calculo", "glosario"),
}
"""Where links could lead when a report was one page; then there was a row for each promise."""


def test_what_was_hard_in_a_whole_dimension_is_no_promise_that_lacks_an_office(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    assert told.report
    hard = replace(told, report=replace(told.report, difficulties="Lluvias."))
    whole = replace(hard, ref="S", level=Level.DIMENSION, is_asked=False, units=[])
    edition = Edition(replace(content, promises=[whole, hard]))
    assert edition.hard_count == 1
    context = {"edition": edition, "chapters": Chapters(edition, is_whole=True), "sub": "h2"}
    page = render_to_string("tracking/accountability/_dificultades.html", context)
    assert "Las que se informaron, de 1 promesa." in page
    assert page.count("Lluvias.") == 2
    assert page.index("Dimensiones enteras") < page.rindex("Lluvias.")
    assert "Sin oficina asignada" not in page


def test_every_address_of_the_one_long_page_is_on_the_short_one(
    client: Client, report: AccountabilityReport
) -> None:
    found = re.findall(r' id="([^"]+)"', shown(client, PAGE))
    assert len(found) == len(set(found))
    edition = Edition.of(report)
    groups = {group.anchor for group in edition.groups}
    assert groups
    rows = {f"p-{ref}" for ref in edition.placed}
    assert (ANCHORS - {"institucional", "social"}) | groups | rows <= set(found)


def test_a_promise_leads_to_its_row(client: Client, report: AccountabilityReport) -> None:
    chapters = Chapters(Edition.of(report), PAGE)
    for ref, address in chapters.rows.items():
        page, _, anchor = address.partition("#")
        assert anchor == f"p-{ref}"
        assert f'id="{anchor}"' in shown(client, page)


def test_each_chapter_is_a_page_that_leads_on(client: Client, report: AccountabilityReport) -> None:
    chapters = Chapters(Edition.of(report), PAGE).all
    assert set(CHAPTERS) <= {each.slug for each in chapters} <= SLUGS
    for chapter, after in zip(chapters, [*chapters[1:], None], strict=True):
        page = shown(client, f"{PAGE}{chapter.slug}/")
        assert page.count("<h1") == 1
        assert f"<h1>{chapter.title}</h1>" in page
        assert (f'rel="next" href="{PAGE}{after.slug}/"' in page) if after else True
        assert f'<section aria-labelledby="{chapter.slug}">' in shown(client, f"{PAGE}todo/")


def test_search_engines_are_told_of_those_that_each_edition_has(
    client: Client, report: AccountabilityReport
) -> None:
    told = re.findall(r"<loc>[^<]*?(/m/[^<]*)</loc>", shown(client, "/sitemap-capitulos.xml"))
    assert told == [f"{PAGE}{slug}/" for slug in CHAPTERS]


@pytest.mark.parametrize(
    ("chapter", "told"),
    [
        ("nada", "Ninguna rendición de cuentas tiene un capítulo con ese nombre."),
        ("presupuesto", "Esta edición no tiene ese capítulo"),
        ("edicion-anterior", "Esta edición no tiene ese capítulo"),
    ],
)
def test_a_chapter_that_is_not_there_says_so(
    client: Client, report: AccountabilityReport, chapter: str, told: str
) -> None:
    for base in (PAGE, f"{PAGE}edicion-1/"):
        answer = client.get(f"{base}{chapter}/")
        assert answer.status_code == 404
        page = unescape(answer.content.decode())
        assert told in page
        assert f'href="{base}"' in page


def test_an_edition_that_nobody_issued_leads_to_those_that_were(
    client: Client, report: AccountabilityReport
) -> None:
    answer = client.get(f"{PAGE}edicion-2/dificultades/")
    assert answer.status_code == 404
    page = unescape(answer.content.decode())
    assert "De ese semestre no se emitió esa rendición de cuentas." in page
    assert 'href="/m/puno/2019-2022/rendicion/"' in page


def test_an_edition_that_was_replaced_keeps_its_chapters(
    client: Client, accounted: Accounted
) -> None:
    accounted.issue()
    accounted.correct()
    accounted.issue(2, "Se corrigió.")
    group = next(iter(Edition.of(AccountabilityReport.objects.get(edition=2)).groups)).anchor
    old, new = (shown(client, f"{PAGE}{edition}{group}/") for edition in ("edicion-1/", ""))
    assert "<b>en ejecución</b>" in old
    assert f'href="{PAGE}edicion-1/#indice"' in old
    assert "<b>entregado en parte</b>" in new


def test_how_it_went_is_said_by_what_was_frozen(report: AccountabilityReport) -> None:
    content = content_of(report)
    told = next(each for each in content.promises if each.report)
    assert told.report
    halted = replace(told, report=replace(told.report, halted_since=content.as_of))
    cell = replace(told.strip[-1], stage=Stage.REACHED)
    reached = replace(told, strip=[cell])
    lasting = replace(reached, kind=MeasureKind.PERMANENT)
    kept = replace(reached, terms="nivel: mantener 60 %")
    verdicts = [
        Edition(replace(content, promises=[each])).lines[0].known.verdict
        for each in (halted, reached, lasting, kept)
    ]
    assert verdicts == [Verdict.HALTED, Verdict.DONE, Verdict.ON_TIME, Verdict.ON_TIME]


def test_of_a_semester_in_which_nothing_was_asked_it_says_that(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    promises = [replace(each, is_asked=False, report=None, strip=[]) for each in content.promises]
    edition = Edition(replace(content, promises=promises, standings=[]))
    assert (edition.sentence, edition.worst) == ("", [])
