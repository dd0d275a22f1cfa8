"""The first two pages of the printed report: the second is one page for any plan."""

import datetime as dt
import re
from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import strip_tags

from tests.tracking.accountability.printing.pdfs import pages_of, print_out, squeezed
from tests.tracking.issued import content_of
from tracking.accountability.brief import Brief
from tracking.accountability.content import (
    Answering,
    CauseSaid,
    Content,
    HearingSaid,
    Promise,
)
from tracking.accountability.edition import Edition
from tracking.accountability.printing.front_rows import fell_silent, grave_item
from tracking.accountability.printing.paper import on_paper
from tracking.accountability.printing.pdf import SHEETS
from tracking.accountability.printing.picture import VERY_LATE, key, kind_of, picture
from tracking.choices import Signal, Verdict
from tracking.models import AccountabilityReport
from tracking.reading.strips import Arrival

pytestmark = pytest.mark.django_db


def many(content: Content) -> list[Promise]:
    """400 long promises in capitals: a quarter halted, very late, silent and delivered."""
    (told,) = (each for each in content.promises if each.report)
    (silent,) = (each for each in content.promises if each.is_silent)
    assert told.report
    words = "CONSTRUCCIÓN Y MEJORAMIENTO " * 6
    cell = told.strip[-1]
    late: Any = {"signal": Signal.VERY_LATE, "schedule": "entregado y funcionando", "narrative": ""}
    kinds = [
        replace(
            told,
            report=replace(
                told.report, halted_since=dt.date(2019, 2, 1), halted_cause=words, narrative=""
            ),
        ),
        replace(told, report=replace(told.report, **late)),
        silent,
        replace(told, strip=[replace(cell, stage="funcionando")]),
    ]
    return [replace(kinds[n % 4], ref=f"S.{n}.10.10.10", statement=words) for n in range(400)]


def test_page_2_is_one_page_of_400_promises_and_says_how_many_more(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    edition = Edition(replace(content, promises=many(content)), report.code, report.sha256)
    context = {"content": edition.content, "edition": edition, "picture": picture(edition)}
    brief = {"brief": Brief(edition), "code": report.printed_code}
    page = render_to_string("accountability/_brief.html", context | brief)
    (printed,) = pages_of(on_paper(f'<html lang="es"><title>2</title>{page}</html>', SHEETS))
    printed = squeezed(printed)
    assert squeezed("En una página") in printed
    assert squeezed("Sin informe: 100") in printed
    assert squeezed("más, por oficina") in printed
    assert squeezed(f"Municipalidad Provincial de Puno · semestre {content.semester}") in printed
    assert report.printed_code in printed


def test_how_a_halt_is_counted_is_said_where_there_is_one(report: AccountabilityReport) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    assert told.report
    halted = replace(told, report=replace(told.report, halted_since=dt.date(2019, 2, 1)))
    pages = []
    for promise in (told, halted):
        edition = Edition(replace(content, promises=[promise]))
        context = {"content": edition.content, "edition": edition, "brief": Brief(edition)}
        pages.append(render_to_string("accountability/_summary.html", context))
    assert ["Lo paralizado cuenta aquí también" in page for page in pages] == [False, True]


def test_the_key_tells_how_many_are_far_behind_each_with_its_mark(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    assert told.report
    late = [
        replace(
            told,
            strip=[replace(told.strip[-1], signal=signal)],
            report=replace(told.report, signal=signal),
        )
        for signal in (Signal.LATE, Signal.VERY_LATE)
    ]
    edition = Edition(replace(content, promises=late))
    assert [kind_of(each) for each in edition.asked] == [Verdict.LATE, VERY_LATE]
    (said,) = key(Brief(edition))
    assert " ".join(strip_tags(said).split()) == "2 van tarde, de ellas 1 muy retrasada"


def test_a_halt_that_nobody_told_of_again_is_not_lost(report: AccountabilityReport) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    (cell,) = told.strip
    strip = [
        replace(cell, is_halted=True),
        replace(cell, semester="2019-II", told=Arrival.MISSING),
    ]
    silent = [replace(told, ref=f"S.{n}", strip=strip, report=None) for n in range(6)]
    edition = Edition(replace(content, semester="2019-II", promises=silent))
    said = " ".join(strip_tags(fell_silent(Brief(edition))).split())
    assert said == "6 más estaban paralizadas y no informaron: S.0 S.1 S.2 S.3 y 2 más"


def test_page_1_says_which_report_gave_a_cause_that_is_of_before(
    report: AccountabilityReport,
) -> None:
    content = content_of(report)
    (told,) = (each for each in content.promises if each.report)
    assert told.report
    earlier = CauseSaid(semester="2018-II", as_of=dt.date(2018, 12, 31), words="Faltó personal.")
    late = replace(
        told.report,
        signal=Signal.VERY_LATE,
        schedule="60 %",
        difficulties="",
        cause_before=earlier,
    )
    brief = Brief(Edition(replace(content, promises=[replace(told, report=late)])))
    (line,) = brief.worst
    assert ". En 2018-II dijo: Faltó personal.</i>" in grave_item(brief, line)


def test_page_1_names_who_answers_and_the_hearing(report: AccountabilityReport) -> None:
    who = Answering(name="Nombre de Prueba", office="Alcaldesa", source="Credencial del JNE")
    hearing = HearingSaid(held_on=dt.date(2019, 9, 20), place="")
    content = replace(content_of(report), answering=who, hearing=hearing)
    page = squeezed(pages_of(print_out(content, report))[0])
    for said in (
        "Nombre de Prueba, Alcaldesa. Fuente: Credencial del JNE",
        "20 de setiembre de 2019. Lugar por fijar",
        report.sha256,
    ):
        assert squeezed(said) in page


def test_wherever_a_line_ends_the_page_that_it_names_is_not_broken() -> None:
    items = "".join(f'<li><a href="#a">{"i" * n} fin<i> </i></a></li>' for n in range(170, 310))
    page = f'<ul class="lines">{items}</ul><h2 id="a">Fin</h2>'
    pages = pages_of(on_paper(f'<html lang="es"><title>x</title>{page}</html>', SHEETS))
    lines = [line for each in pages for line in each.splitlines() if "p." in line]
    assert len(lines) == 140
    assert [line for line in lines if not re.search(r"·\sp\.\s\d+$", line)] == []


@pytest.mark.parametrize("sign", ["%", "·"])
def test_no_line_begins_with_a_sign_that_ends_what_stands_before_it(sign: str) -> None:
    items = "".join(f"<li>{'i' * n} fin {sign} de la línea</li>" for n in range(170, 310))
    pages = pages_of(on_paper(f'<html lang="es"><title>x</title><ul>{items}</ul></html>', SHEETS))
    lines = [line.strip() for each in pages for line in each.splitlines()]
    assert sum(f"fin\u00a0{sign}" in line for line in lines) > 100
    assert [line for line in lines if line.startswith(f"{sign} de")] == []
